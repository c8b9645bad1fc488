import type { PersonMask } from '../../../src/tracking/tracker.ts';
import { ContactSheet } from '../../lab/contact-sheet.ts';
import type { Overlap, PhotoFrame, WornFrame } from '../worn-figures.ts';

/** Coverage (0..255) from which a pixel belongs to a mask. */
const HALF = 128;
/** Number of frames that a sheet shows. */
const SHOWN_FRAMES = 6;
/** Share of the frame's own brightness beside the colours of the masks. */
const PICTURE_SHARE = 0.45;

/** The pictures (RGBA) and masks (coverage 0..255) of a judged frame, all in the film's size. */
export interface WornPictures {
  /** Number of the frame, and its figures. */
  figures: WornFrame;
  /** The drawn garment, the naive overlay (`drawNaive`), and the true garment. */
  garment: PersonMask;
  naive: PersonMask;
  truth: PersonMask;
  /** What the room shows, the film in the garment, and the film in the own clothes. */
  shown: ImageData;
  worn: ImageData;
  own: ImageData;
}

/** The same for a frame given alone as a photo. */
export type PhotoPictures = Pick<WornPictures, 'garment' | 'truth' | 'own'> & {
  figures: PhotoFrame;
};

/** The sheets of a pair, PNG files; null where nothing was added. */
export interface SheetFiles {
  film: Blob | null;
  naive: Blob | null;
  photos: Blob | null;
}

/** Encodes pixels as a picture file. */
async function toBlob(pixels: ImageData): Promise<Blob> {
  const canvas = new OffscreenCanvas(pixels.width, pixels.height);
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  return canvas.convertToBlob();
}

/** Paints the drawn garment red and the true garment green on the darkened picture: yellow where they agree. */
function overlay(picture: ImageData, drawn: PersonMask, truth: PersonMask): ImageData {
  const painted = new ImageData(picture.width, picture.height);
  for (let i = 0; i < truth.data.length; i++) {
    const color = [drawn.data[i] >= HALF ? 255 : 0, truth.data[i] >= HALF ? 255 : 0, 0];
    for (let k = 0; k < 3; k++) {
      painted.data[4 * i + k] = PICTURE_SHARE * picture.data[4 * i + k] + (1 - PICTURE_SHARE) * color[k];
    }
    painted.data[4 * i + 3] = 255;
  }
  return painted;
}

/** Returns the figures of a drawn garment as text. */
function caption({ iou, width, edge }: Overlap): string {
  return `IoU ${iou.toFixed(3)}, width ${width?.ratio.toFixed(2) ?? '–'}, edge ${edge?.toFixed(1) ?? '–'} px`;
}

/**
 * Contact sheets of a pair (one person filmed in own clothes and in a garment), for people, in the film's size.
 *
 * - `film`: for some frames the overlay of drawn (red) and true (green) garment, the picture that the room shows, the
 *   film in the garment, and the film in the own clothes;
 * - `naive`: the overlay of the naive garment in these frames;
 * - `photos`: the overlay of every frame given as a photo.
 */
export class WornSheets {
  readonly #chosen: ReadonlySet<number>;
  readonly #layout: { cellWidth: number; cellHeight: number };
  readonly #photoCount: number;
  #film: ContactSheet | null = null;
  #naive: ContactSheet | null = null;
  #photos: ContactSheet | null = null;

  /** `frames`: numbers of the judged frames; `width`, `height`: size of the film, pixels. */
  constructor(frames: readonly number[], { width, height }: { width: number; height: number }) {
    const count = Math.min(SHOWN_FRAMES, frames.length);
    const step = (frames.length - 1) / Math.max(1, count - 1);
    this.#chosen = new Set(Array.from({ length: count }, (_, i) => frames[Math.round(i * step)]));
    this.#layout = { cellWidth: width, cellHeight: height };
    this.#photoCount = frames.length;
  }

  /** Adds a judged frame of the film, if it is one of those that the sheets show. */
  async addFrame({ figures, garment, naive, truth, shown, worn, own }: WornPictures): Promise<void> {
    const { frame, deltaE, naive: naiveFigures } = figures;
    if (!this.#chosen.has(frame)) return;
    this.#film ??= new ContactSheet(4 * this.#chosen.size, { columns: 4, ...this.#layout });
    await this.#film.add(await toBlob(overlay(own, garment, truth)), `frame ${frame}: ${caption(figures)}`);
    await this.#film.add(await toBlob(shown), `the room; ΔE ${deltaE.toFixed(1)}`);
    await this.#film.add(await toBlob(worn), 'the film in the garment');
    await this.#film.add(await toBlob(own), 'the film in the own clothes');
    this.#naive ??= new ContactSheet(this.#chosen.size, { columns: this.#chosen.size, ...this.#layout });
    await this.#naive.add(await toBlob(overlay(own, naive, truth)), `naive, frame ${frame}: ${caption(naiveFigures)}`);
  }

  /** Adds a frame given as a photo. */
  async addPhoto({ figures, garment, truth, own }: PhotoPictures): Promise<void> {
    this.#photos ??= new ContactSheet(this.#photoCount, { columns: 4, ...this.#layout });
    await this.#photos.add(
      await toBlob(overlay(own, garment, truth)),
      `frame ${figures.frame} as a photo: ${caption(figures)}`,
    );
  }

  /** Encodes the sheets. */
  async toFiles(): Promise<SheetFiles> {
    return {
      film: (await this.#film?.toPng()) ?? null,
      naive: (await this.#naive?.toPng()) ?? null,
      photos: (await this.#photos?.toPng()) ?? null,
    };
  }
}

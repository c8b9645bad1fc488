import type { PosedBody } from '../../../src/body/body.ts';
import type { Frame } from '../../../src/capture/frame-source.ts';
import type { WornGarment } from '../../../src/garment/garment.ts';
import type { Mannequin } from '../../../src/mannequin/mannequin.ts';
import { createStage } from '../../../src/scene/create-stage.ts';
import type { Stage } from '../../../src/scene/stage.ts';
import { createOutfit, type Outfit } from '../../../src/session/create-outfit.ts';
import { type Clip, clipArrays, partOf, THUMBNAIL_SIDE, type TrueMasks, trackedOf, trueMaskOf } from '../clip.ts';
import { loadPiece } from '../load-piece.ts';
import type { SentBody } from '../solve-clip.ts';
import { compareMasks, type MaskAgreement } from './compare-masks.ts';
import { FitSheet } from './fit-sheet.ts';
import { drawNaive } from './naive-garment.ts';
import { readAlpha } from './read-alpha.ts';

export interface CompareOptions {
  /** URL of the garment. */
  garment: string;
  /** Solved bodies, by frame. */
  bodies: readonly SentBody[];
  /** Whether the garment is also put on as demos do, by landmarks in the plane of the picture. */
  hasNaive: boolean;
  hasSheet: boolean;
}

export interface Comparison {
  /** Drawn garment and true garment, in each frame that has a true mask. */
  agreements: [frame: number, MaskAgreement][];
  /** Intersection over union of the naive garment and the true garment, in the same frames. */
  naive: number[];
  sheet: Blob | null;
}

/** Share of the frame's sides at which the scene is drawn where only the garment's alpha is read. */
const UNSEEN_SCALE = 0.1;
/** A stage draws a shape anew when its version is another number; each clip's own versions stay below this. */
const VERSIONS_PER_CLIP = 1e6;

/** Draws garments on solved bodies and compares them with the true garments. One stage serves all clips: its shaders take seconds. */
export class ClipComparer {
  readonly #mannequin: Mannequin;
  readonly #stage: Stage;
  readonly #worn = new Map<string, Promise<{ outfit: Outfit; garment: WornGarment }>>();
  #clips = 0;

  constructor(mannequin: Mannequin) {
    this.#mannequin = mannequin;
    this.#stage = createStage({ mannequin });
  }

  /**
   * Compares a clip in the frames that `masks` has. Only the garment's alpha is drawn at full size there. With a sheet the
   * whole scene is drawn too, and all frames before, in thumbnails, since the room's light follows them.
   */
  async compare(clip: Clip, masks: TrueMasks, options: CompareOptions): Promise<Comparison> {
    const { bodies, hasNaive, hasSheet } = options;
    const { outfit, garment } = await this.#wear(options.garment);
    const compared = new Set(masks.value.frames);
    const sheet = hasSheet ? new FitSheet(masks.value.frames) : null;
    const comparison: Comparison = { agreements: [], naive: [], sheet: null };
    const firstVersion = VERSIONS_PER_CLIP * this.#clips++;
    this.#stage.setScale(hasSheet ? 1 : UNSEEN_SCALE);
    this.#stage.wear([garment]);
    for (let frame = 0; frame < bodies.length; frame++) {
      if (!compared.has(frame) && !hasSheet) continue;
      const tracked = trackedOf(clip, frame);
      const body = receiveBody(bodies[frame], firstVersion);
      outfit.fit(body.shape, body.shapeVersion);
      const shown = await openFrame(clip, frame, compared.has(frame));
      this.#stage.draw(shown, tracked, body);
      shown.image?.close();
      if (!compared.has(frame)) continue;
      const expected = trueMaskOf(masks, frame);
      const picture = await createImageBitmap(await this.#stage.snapshot({ layers: 'garment' }));
      const drawn = readAlpha(picture, expected.width, expected.height);
      picture.close();
      const agreement = compareMasks(drawn, expected);
      comparison.agreements.push([frame, agreement]);
      if (hasNaive) {
        const isFound = tracked.score > 0;
        const naive = isFound ? drawNaive(garment.garment, this.#mannequin, tracked) : null;
        comparison.naive.push(naive ? compareMasks(naive, expected).iou : 0);
      }
      await sheet?.add(await this.#stage.snapshot(), drawn, expected, { frame, iou: agreement.iou });
    }
    comparison.sheet = (await sheet?.toPng()) ?? null;
    return comparison;
  }

  #wear(url: string): Promise<{ outfit: Outfit; garment: WornGarment }> {
    const known = this.#worn.get(url);
    if (known) return known;
    const wearing = loadPiece(new URL(url, document.baseURI).href, this.#mannequin).then((piece) => {
      const outfit = createOutfit(this.#mannequin);
      outfit.wear([piece]);
      const { garment, size, fit } = piece;
      return { outfit, garment: { id: url, garment, size, color: garment.colors[0] ?? null, fit } };
    });
    this.#worn.set(url, wearing);
    return wearing;
  }
}

function receiveBody(body: SentBody, firstVersion: number): PosedBody {
  const { positions, rotations, shape, confidence, shapeVersion } = body;
  return {
    ...body,
    positions: Float32Array.from(positions),
    rotations: Float32Array.from(rotations),
    shape: Float32Array.from(shape),
    confidence: Float32Array.from(confidence),
    shapeVersion: firstVersion + shapeVersion,
  };
}

/** A frame with its picture, or with its thumbnail. */
async function openFrame(clip: Clip, frame: number, isWhole: boolean): Promise<Frame> {
  const { timesMs, thumbnails } = clipArrays(clip);
  const timeMs = timesMs[frame];
  if (isWhole) {
    const file = clip.arrays[`picture-${frame}`] as Uint8Array<ArrayBuffer>;
    const image = await createImageBitmap(new Blob([file], { type: 'image/png' }));
    return { image, width: clip.value.width, height: clip.value.height, timeMs };
  }
  const pixels = partOf(thumbnails, frame, timesMs.length) as Uint8ClampedArray<ArrayBuffer>;
  const image = await createImageBitmap(new ImageData(pixels, THUMBNAIL_SIDE, THUMBNAIL_SIDE));
  return { image, width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE, timeMs };
}

// Draws a garment on the solved bodies of a clip (a filmed and tracked person) and compares its pixels with the true
// garment.
// 1. The outfit is fitted to the body of the frame, and the product's stage draws frame, body and garment.
// 2. The garment's alpha, drawn alone, is compared with the true mask.
// 3. For a contact sheet the whole scene is drawn, too. Its light depends on all frames before, which the stage
//    therefore gets as thumbnails.
import type { PosedBody } from '../../../src/body/body.ts';
import { createPosedBody } from '../../../src/body/create-posed-body.ts';
import { createOutfit, type Outfit } from '../../../src/cloth/create-outfit.ts';
import type { WornGarment } from '../../../src/garment/garment.ts';
import type { Mannequin } from '../../../src/mannequin/mannequin.ts';
import { createStage } from '../../../src/scene/create-stage.ts';
import type { Stage } from '../../../src/scene/stage.ts';
import { type Clip, clipArrays, partOf, THUMBNAIL_SIDE, type TrueMasks, trackedOf, trueMaskOf } from '../clip.ts';
import { loadPiece } from '../load-piece.ts';
import type { SentBody } from '../solve-clip.ts';
import { compareMasks, type MaskAgreement } from './compare-masks.ts';
import { FitSheet } from './fit-sheet.ts';
import { openPicture } from './open-picture.ts';
import { readAlpha } from './read-alpha.ts';

/** The garment to draw, the bodies to draw it on, and whether the pictures are kept. */
export interface CompareOptions {
  /** URL of the garment. */
  garment: string;
  /** Solved bodies (camera space, metres) of the frames with a true mask, in rising order of frame numbers. */
  bodies: readonly (readonly [frame: number, SentBody])[];
  /** Whether a contact sheet is wanted, for people to look at. */
  hasSheet: boolean;
}

/** The result of a comparison. */
export interface Comparison {
  /** Overlap of the drawn and the true garment, 0..1, missed and extra area, in each frame with a true mask. */
  agreements: [frame: number, MaskAgreement][];
  /** Contact sheet (PNG), null unless it was asked for. */
  sheet: Blob | null;
}

/**
 * Scale at which the scene is drawn without a sheet: it is not read then. The garment's alpha is always drawn at full
 * size.
 */
const UNSEEN_SCALE = 0.1;
/**
 * Offset between the shape versions of two clips. The stage detects a changed shape by its version (a count of
 * changes), so the versions of two clips must differ.
 */
const VERSIONS_PER_CLIP = 1e6;

/**
 * Compares garments on solved bodies with the truth. All clips share one stage, since compiling its shaders takes
 * seconds.
 */
export class ClipComparer {
  readonly #mannequin: Mannequin;
  readonly #stage: Stage;
  readonly #worn = new Map<string, Promise<{ outfit: Outfit; garment: WornGarment }>>();
  readonly #emptyBody = createPosedBody();
  #clips = 0;

  /** `mannequin`: the body of which the solved bodies are shapes. */
  constructor(mannequin: Mannequin) {
    this.#mannequin = mannequin;
    this.#stage = createStage({ mannequin });
  }

  /** Draws the garment on the frames of `masks` and compares it with these masks: coverage 0..255, the clip's size. */
  async compare(clip: Clip, masks: TrueMasks, options: CompareOptions): Promise<Comparison> {
    const { hasSheet } = options;
    const bodies = new Map(options.bodies);
    const { outfit, garment } = await this.#wear(options.garment);
    const sheet = hasSheet ? new FitSheet(masks.value.frames) : null;
    const comparison: Comparison = { agreements: [], sheet: null };
    const firstVersion = VERSIONS_PER_CLIP * this.#clips++;
    this.#stage.setScale(hasSheet ? 1 : UNSEEN_SCALE);
    this.#stage.wear([garment]);
    const [first] = masks.value.frames;
    for (let frame = hasSheet ? 0 : first; frame < clipArrays(clip).timesMs.length; frame++) {
      const tracked = trackedOf(clip, frame);
      const sent = bodies.get(frame);
      if (!sent) {
        if (hasSheet) await this.#estimateLight(clip, frame);
        continue;
      }
      const body = receiveBody(sent, firstVersion);
      outfit.fit(body, tracked.timeMs);
      const picture = await openPicture(clip, frame);
      this.#stage.draw(picture, tracked, body);
      picture.image?.close();
      const expected = trueMaskOf(masks, frame);
      const alone = await createImageBitmap(await this.#stage.snapshot({ layers: 'garment' }));
      const drawn = readAlpha(alone, expected.width, expected.height);
      alone.close();
      const agreement = compareMasks(drawn, expected);
      comparison.agreements.push([frame, agreement]);
      await sheet?.add(await this.#stage.snapshot(), drawn, expected, { frame, iou: agreement.iou });
    }
    comparison.sheet = (await sheet?.toPng()) ?? null;
    return comparison;
  }

  /** Lets the stage estimate the light of a frame, from its thumbnail and without a body. */
  async #estimateLight(clip: Clip, frame: number): Promise<void> {
    const { timesMs, thumbnails } = clipArrays(clip);
    const pixels = partOf(thumbnails, frame, timesMs.length) as Uint8ClampedArray<ArrayBuffer>;
    const image = await createImageBitmap(new ImageData(pixels, THUMBNAIL_SIDE, THUMBNAIL_SIDE));
    const thumbnail = { image, width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE, timeMs: timesMs[frame] };
    this.#stage.draw(thumbnail, trackedOf(clip, frame), this.#emptyBody);
    image.close();
  }

  /** Loads a garment, once, and puts it on. */
  #wear(url: string): Promise<{ outfit: Outfit; garment: WornGarment }> {
    const loaded = this.#worn.get(url);
    if (loaded) return loaded;
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

/** A body as the stage needs it. Its version is moved to the range that begins at `firstVersion`. */
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

// Plays a clip (a filmed and tracked person) as a fitting room does, and gives the pixels of chosen frames.
// 1. `solveFrame` solves the body of each frame and fits the garment to it, by a solver that has learned nothing yet.
// 2. The product's stage draws chosen frames. The picture that it shows is read, and then the garment, drawn alone.
// 3. The stage gets the frames between as thumbnails, since its light depends on all frames before.
import type { PosedBody } from '../../../src/body/body.ts';
import { createPosedBody } from '../../../src/body/create-posed-body.ts';
import { createOutfit, type OutfitPiece } from '../../../src/cloth/create-outfit.ts';
import type { Mannequin } from '../../../src/mannequin/mannequin.ts';
import { createStage } from '../../../src/scene/create-stage.ts';
import type { Stage } from '../../../src/scene/stage.ts';
import { createFrameSolver, solveFrame } from '../../../src/session/solve-frame.ts';
import type { PersonMask, TrackedFrame } from '../../../src/tracking/tracker.ts';
import { type Clip, clipArrays, partOf, THUMBNAIL_SIDE, trackedOf } from '../clip.ts';
import { openPicture } from './open-picture.ts';
import { readAlpha } from './read-alpha.ts';
import { readPixels } from './read-pixels.ts';

/** Scale at which frames are drawn that nothing reads. */
const UNSEEN_SCALE = 0.1;
/**
 * Offset between the shape versions of two plays. Stage and outfit detect a changed shape by its version (a count of
 * changes), so the versions of two plays must differ.
 */
const VERSIONS_PER_PLAY = 1e6;

/** The pixels of a drawn frame. */
export interface DrawnFrame {
  /** Its number in the clip, from 0. */
  frame: number;
  /** What the tracker found: 33 landmarks in the picture and in metres, mask, score. */
  tracked: TrackedFrame;
  /** Alpha of the garment drawn alone, 0..255, in the clip's size. */
  garment: PersonMask;
  /** The picture that the room shows, RGBA; null unless it was asked for. */
  shown: ImageData | null;
  /** The picture that the room shows of the frame before; null unless it was asked for, and at the first frame. */
  shownBefore: ImageData | null;
  /** Times of drawing the frame, ms, if its picture was asked for. */
  drawing: DrawingTimes | null;
}

/** Times of drawing one frame, ms, each until its pixels are read. */
export interface DrawingTimes {
  /** As the product draws it: own clothes erased, edges sharpened. */
  erasing: number;
  /** With own clothes shown, and no classes of the pixels known. */
  plain: number;
}

/** Part of a clip: frames `from` to before `to` (numbers, from 0), of which those in `chosen` are read. */
export interface ClipPart {
  from: number;
  to: number;
  chosen: readonly number[];
  /**
   * Whether the pictures that the room shows are read, too. The clip must then hold the picture of each chosen frame
   * and of the frame before it.
   */
  hasPictures: boolean;
}

/** Plays clips with one garment after the other. They share one stage, since compiling its shaders takes seconds. */
export class WornStage {
  readonly #mannequin: Mannequin;
  readonly #stage: Stage;
  readonly #without: readonly string[];
  readonly #emptyBody = createPosedBody();
  #plays = 0;

  /** `mannequin`: the body of which solved bodies are shapes; `without`: names of steps of the body solve to omit. */
  constructor(mannequin: Mannequin, without: readonly string[]) {
    this.#mannequin = mannequin;
    this.#without = without;
    this.#stage = createStage({ mannequin });
  }

  /**
   * Plays a part of a clip by a new solver, with the garment `piece` (loaded, in one size), and yields its chosen
   * frames.
   */
  async *play(clip: Clip, piece: OutfitPiece, part: ClipPart): AsyncGenerator<DrawnFrame> {
    const { from, to, chosen, hasPictures } = part;
    const { stature, measuresDepth } = clip.value;
    const firstVersion = VERSIONS_PER_PLAY * this.#plays++;
    const outfit = createOutfit(this.#mannequin);
    outfit.wear([piece]);
    const solver = createFrameSolver({
      mannequin: this.#mannequin,
      garments: outfit,
      stature,
      isDepthMeasured: measuresDepth,
      without: this.#without,
    });
    const posed = createPosedBody();
    const { garment, size, fit } = piece;
    this.#stage.wear([{ id: 'worn', garment, size, color: garment.colors[0] ?? null, fit }]);
    let shownBefore: ImageData | null = null;
    for (let frame = from; frame < to; frame++) {
      const tracked = trackedOf(clip, frame);
      solveFrame(solver, tracked, posed);
      const body = { ...posed, shapeVersion: firstVersion + posed.shapeVersion };
      const isChosen = chosen.includes(frame);
      const isShown = hasPictures && (isChosen || chosen.includes(frame + 1));
      if (!isShown && !isChosen) {
        if (hasPictures) await this.#estimateLight(clip, frame);
        continue;
      }
      const shown = await this.#draw(clip, body, { frame, isShown });
      if (isChosen) {
        const garment = await this.#readGarment(clip);
        const drawing = shown && (await this.#timeDrawing(clip, body, frame));
        yield { frame, tracked, garment, shown, shownBefore, drawing };
      }
      shownBefore = shown;
    }
  }

  /** Draws a frame. Resolves to its pixels if it is shown; otherwise it is drawn small. */
  async #draw(
    clip: Clip,
    body: PosedBody,
    { frame, isShown }: { frame: number; isShown: boolean },
  ): Promise<ImageData | null> {
    const { width, height } = clip.value;
    const picture = await openPicture(clip, frame);
    this.#stage.setScale(isShown ? 1 : UNSEEN_SCALE);
    this.#stage.draw(picture, trackedOf(clip, frame), body);
    picture.image?.close();
    // In the task that drew it: later the canvas is empty.
    return isShown ? readPixels(this.#stage.canvas, width, height) : null;
  }

  /** Draws the frame that is shown once more without erasing, and then with it, which leaves everything as it was. */
  async #timeDrawing(clip: Clip, body: PosedBody, frame: number): Promise<DrawingTimes> {
    const { width, height } = clip.value;
    const picture = await openPicture(clip, frame);
    const tracked = trackedOf(clip, frame);
    const time = (isErasing: boolean): number => {
      this.#stage.setOwnClothes(isErasing);
      const beganMs = performance.now();
      this.#stage.draw(picture, isErasing ? tracked : { ...tracked, classes: null }, body);
      readPixels(this.#stage.canvas, width, height);
      return performance.now() - beganMs;
    };
    // Each once before, so that neither of the two measured drawings follows another kind of work.
    time(false);
    time(true);
    const plain = time(false);
    const erasing = time(true);
    picture.image?.close();
    return { plain, erasing };
  }

  /** Draws the garment of the last frame alone and reads its alpha. */
  async #readGarment({ value: { width, height } }: Clip): Promise<PersonMask> {
    const alone = await createImageBitmap(await this.#stage.snapshot({ layers: 'garment' }));
    const mask = readAlpha(alone, width, height);
    alone.close();
    return mask;
  }

  /** Lets the stage estimate the light of a frame, from its thumbnail and without a body. */
  async #estimateLight(clip: Clip, frame: number): Promise<void> {
    const { timesMs, thumbnails } = clipArrays(clip);
    const pixels = partOf(thumbnails, frame, timesMs.length) as Uint8ClampedArray<ArrayBuffer>;
    const image = await createImageBitmap(new ImageData(pixels, THUMBNAIL_SIDE, THUMBNAIL_SIDE));
    const thumbnail = { image, width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE, timeMs: timesMs[frame] };
    this.#stage.setScale(UNSEEN_SCALE);
    this.#stage.draw(thumbnail, trackedOf(clip, frame), this.#emptyBody);
    image.close();
  }
}

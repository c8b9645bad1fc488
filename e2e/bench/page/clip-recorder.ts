import type { Frame } from '../../../src/capture/frame-source.ts';
import type { TrackedFrame, Tracker } from '../../../src/tracking/tracker.ts';
import type { EntryArray } from '../cache-entry.ts';
import { type Clip, type ClipArrays, createClipArrays, partOf, THUMBNAIL_SIDE } from '../clip.ts';

/** Creates a 2D context of `width` × `height` pixels. */
function createContext(width: number, height: number): OffscreenCanvasRenderingContext2D {
  // In main memory, since most of what is drawn here is read back.
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2D canvas to record frames with');
  return context;
}

/**
 * Collects the frames of a clip, a filmed and tracked person: times (ms), landmarks, masks, thumbnails, some pictures,
 * and true joints; `createClipArrays` says how they are laid out. Call `add` for each frame in order, then `toClip`.
 */
export class ClipRecorder {
  readonly #count: number;
  readonly #wanted: ReadonlySet<number>;
  readonly #pictures: Record<string, EntryArray> = {};
  readonly #thumbnail = createContext(THUMBNAIL_SIDE, THUMBNAIL_SIDE);
  #arrays: ClipArrays | null = null;
  #value: Pick<Clip['value'], 'width' | 'height' | 'maskWidth' | 'maskHeight'> | null = null;
  #added = 0;

  /** `count`: number of frames; `pictures`: numbers of the frames whose picture is kept. */
  constructor(count: number, pictures: readonly number[]) {
    this.#count = count;
    this.#wanted = new Set(pictures);
  }

  /**
   * Copies a frame (picture, size in pixels, time in ms), what the tracker found in it (landmarks in the picture and in
   * metres, mask, score), and its true joints: x, y and z of each, in the order of `jointNames`, camera space (+x
   * right, +y up, −z away), metres.
   */
  async add({ image, width, height, timeMs }: Frame, tracked: TrackedFrame, truth: readonly (readonly number[])[]) {
    const { mask, classes } = tracked;
    const frame = this.#added++;
    this.#value ??= { width, height, maskWidth: mask?.width ?? 0, maskHeight: mask?.height ?? 0 };
    this.#arrays ??= createClipArrays(this.#count, this.#value.maskWidth * this.#value.maskHeight, classes !== null);
    const arrays = this.#arrays;
    if (!image) throw new Error(`frame ${frame} was lost with its tracker`);
    arrays.timesMs[frame] = timeMs;
    arrays.scores[frame] = tracked.score;
    partOf(arrays.landmarks, frame, this.#count).set(tracked.landmarks);
    partOf(arrays.worldLandmarks, frame, this.#count).set(tracked.worldLandmarks);
    arrays.hasMask[frame] = mask ? 1 : 0;
    if (mask) partOf(arrays.masks, frame, this.#count).set(mask.data);
    arrays.hasClasses[frame] = classes ? 1 : 0;
    if (classes) partOf(arrays.classes, frame, this.#count).set(classes.data);
    partOf(arrays.truth, frame, this.#count).set(truth.flat());
    this.#thumbnail.drawImage(image, 0, 0, THUMBNAIL_SIDE, THUMBNAIL_SIDE);
    const { data } = this.#thumbnail.getImageData(0, 0, THUMBNAIL_SIDE, THUMBNAIL_SIDE);
    partOf(arrays.thumbnails, frame, this.#count).set(data);
    if (this.#wanted.has(frame)) this.#pictures[`picture-${frame}`] = await encodePicture(image, width, height);
  }

  /**
   * Returns the clip; the tracker gives the names of engine and model. Throws unless `count` frames were added.
   * `stature`: height of the person, centimetres; null where the fitting room is not told.
   */
  toClip({ engine, model, measuresDepth = false }: Tracker, stature: number | null): Clip {
    if (!this.#value || this.#added !== this.#count)
      throw new Error(`the source gave ${this.#added} frames of ${this.#count}`);
    return {
      value: { engine, model, measuresDepth, ...this.#value, stature, pictures: [...this.#wanted] },
      arrays: { ...this.#arrays, ...this.#pictures },
    };
  }
}

/** Encodes a picture of `width` × `height` pixels as a PNG file. */
export async function encodePicture(image: CanvasImageSource, width: number, height: number): Promise<Uint8Array> {
  const context = createContext(width, height);
  context.drawImage(image, 0, 0);
  return new Uint8Array(await (await context.canvas.convertToBlob()).arrayBuffer());
}

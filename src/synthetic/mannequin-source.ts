/**
 * The synthetic person as a frame source: a dressed mannequin moves in front of a virtual camera, and each picture of
 * the camera is a frame. A second person may be in the picture too.
 *
 * 1. The constructor checks the options and throws for wrong ones.
 * 2. The first `next()` or `ready()` loads the mannequin, shapes one figure for each person, loads and fits their
 *    garments, and builds the stage.
 * 3. `next()` poses the stage for the next frame's time, draws it, and returns the picture.
 * 4. `truth()` returns the exact values behind the picture of a time: joints, landmarks, masks and body shape.
 */
import type { Frame, FrameSource } from '../capture/frame-source.ts';
import { loadMannequin } from '../mannequin/load-mannequin.ts';
import { BONE_COUNT, type Mannequin, MORPH_COUNT } from '../mannequin/mannequin.ts';
import { checkFigureOptions } from './check-figure-options.ts';
import { createMaskDrawer, type MannequinMask, type MaskDrawer, type PersonClass } from './create-mask-drawer.ts';
import type { DressedBody, FigureOptions } from './figure.ts';
import type { FigureGarment, WearGarments } from './garment-layer.ts';
import { createMannequinCamera, type MannequinCamera, type MannequinViewName } from './mannequin-camera.ts';
import {
  createMannequinStage,
  type MannequinStage,
  type MannequinStageOptions,
  SECOND_SEED,
} from './mannequin-stage.ts';
import { projectLandmarks } from './project-landmarks.ts';
import { roomLamps } from './room-lamps.ts';
import { shapeFigure } from './shape-figure.ts';

export type { FigureGarment, MannequinCamera, MannequinMask };

/** Options of `MannequinSource`; those of the stage and of the first figure are among them. */
export interface MannequinSourceOptions extends MannequinStageOptions {
  /** URL of the folder that holds `mannequin.glb`, absolute or relative to the page, with or without a final slash. */
  assets: string;
  /** How much of the body is in the picture: `whole`, `knees-up` or `waist-up`. Default `whole`. */
  view?: MannequinViewName;
  /** Values that replace the view's place of the camera, and its lens (42°, 480 × 640 pixels). */
  camera?: Partial<MannequinCamera>;
  /** Frames per second of `timeMs` of the frames, more than 0. Default 30. */
  fps?: number;
  /** Number of frames, at least 1. Default: no end. */
  frames?: number;
}

/**
 * The exact values behind the picture of one time. Camera space: metres, the camera at the origin, +x to the right of
 * the picture, +y up, −z away from the camera.
 */
export interface MannequinTruth {
  /** Positions of the first person's joints, in the order of `boneNames`, 3 × BONE_COUNT, camera space, metres. */
  joints: Float32Array;
  /** Rotations of the first person's bones from the rest pose, camera space, 4 × BONE_COUNT: quaternions x, y, z, w. */
  rotations: Float32Array;
  /**
   * The first person's BlazePose landmarks, 33 × (x, y, visibility): x and y as shares of the frame's width and height,
   * 0 at the top left; visibility 1 inside the frame, 0 outside.
   */
  landmarks: Float32Array;
  /** Mask of the visible part of the first person. Null: not wanted, which saves the time to draw and read it. */
  personMask: MannequinMask | null;
  /**
   * Masks of the visible part of each of the first person's `garments`, in their order. Null or left out: not wanted.
   */
  garmentMasks?: MannequinMask[] | null;
  /**
   * Masks of what the pixels of the first person show: hair, skin, upper and lower clothes (with shoes). Null or left
   * out: not wanted.
   */
  classMasks?: Record<PersonClass, MannequinMask> | null;
  /** Morph weights of the first person, MORPH_COUNT: the same at all times. */
  shape?: Float32Array;
}

/** Creates a target for `truth()`, with all values 0 and empty masks. It asks for no masks of garments or classes. */
export function createMannequinTruth(): Required<MannequinTruth> {
  return {
    joints: new Float32Array(3 * BONE_COUNT),
    rotations: new Float32Array(4 * BONE_COUNT),
    landmarks: new Float32Array(3 * 33),
    personMask: createEmptyMask(),
    garmentMasks: null,
    classMasks: null,
    shape: new Float32Array(MORPH_COUNT),
  };
}

function createEmptyMask(): MannequinMask {
  return { width: 0, height: 0, data: new Uint8ClampedArray(0) };
}

/**
 * The mannequin as a source of frames, dressed as a plain person and moved by a known motion. It is a preview without a
 * camera, and gives tests the exact values behind each picture. It draws a frame whenever the session asks for one
 * (`live` is false), and the same options give the same frames.
 */
export class MannequinSource implements FrameSource {
  readonly width: number;
  readonly height: number;
  readonly live = false;
  /** Field of view (degrees), place (metres) and picture size (pixels) of the virtual camera. */
  readonly camera: MannequinCamera;
  readonly #options: MannequinSourceOptions;
  readonly #fps: number;
  readonly #frameCount: number;
  readonly #wear: WearGarments | undefined;
  readonly #abort = new AbortController();
  #loading: Promise<MannequinStage> | null = null;
  #stage: MannequinStage | null = null;
  #maskDrawer: MaskDrawer | null = null;
  #nextFrame = 0;

  /**
   * Throws `RangeError` or `TypeError` for wrong options.
   *
   * @param wear makes loose clothes, and loads and fits the `garments` of the options. Without it both make `ready()` and
   * `next()` reject.
   *
   * @internal pages get the subclass of the public entry.
   */
  constructor(options: MannequinSourceOptions, wear?: WearGarments) {
    const { assets, fps = 30, frames = Infinity, light = 'steady', noise = 0 } = options;
    this.#wear = wear;
    this.#options = { ...options, assets: assets.endsWith('/') ? assets : `${assets}/` };
    this.#fps = fps;
    this.#frameCount = frames;
    this.camera = createMannequinCamera(options.view ?? 'whole', options.camera);
    this.width = this.camera.width;
    this.height = this.camera.height;
    if (!(fps > 0 && fps < Infinity)) throw new RangeError(`MannequinSource: fps must be more than 0, not ${fps}.`);
    if (!(frames >= 1)) throw new RangeError(`MannequinSource: frames must be at least 1, not ${frames}.`);
    if (!Object.hasOwn(roomLamps, light))
      throw new RangeError(`No light "${light}": use one of ${Object.keys(roomLamps).join(', ')}.`);
    if (!(noise >= 0 && noise <= 1))
      throw new RangeError(`MannequinSource: noise must be a share of white, 0 to 1, not ${noise}.`);
    for (const figure of [options, options.second ?? {}]) checkFigureOptions(figure);
  }

  /** Loads everything that drawing needs. `truth()` may be called after that. */
  async ready(): Promise<void> {
    await this.#open();
  }

  /**
   * Draws the next frame and writes it into `target`: a new image, its size in pixels, and its time, which is 0 for the
   * first frame. Resolves with `target`, or with null after the last frame and once the source is closed. The caller
   * closes the image.
   */
  async next(target: Frame): Promise<Frame | null> {
    const { signal } = this.#abort;
    if (signal.aborted || this.#nextFrame >= this.#frameCount) return null;
    let stage: MannequinStage;
    try {
      stage = await this.#open();
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
    if (signal.aborted) return null;
    const timeMs = (this.#nextFrame++ * 1000) / this.#fps;
    stage.moveTo(timeMs);
    for (stage.draw(); stage.renderer.getContext().isContextLost(); stage.draw()) {
      await this.#waitForGpu(stage);
      if (signal.aborted) return null;
    }
    target.image =
      'transferToImageBitmap' in stage.canvas
        ? stage.canvas.transferToImageBitmap()
        : await createImageBitmap(stage.canvas);
    target.width = this.width;
    target.height = this.height;
    target.timeMs = timeMs;
    return target;
  }

  /** Makes `next()` continue with the first frame whose time is `timeMs` or later. */
  seek(timeMs: number): void {
    this.#nextFrame = Math.ceil((timeMs * this.#fps) / 1000 - 1e-6);
  }

  /**
   * Writes the exact values for the time `timeMs` into `target` and returns it. Throws `TypeError` before `ready()` or
   * a first `next()` has resolved, and after `close()`.
   */
  truth<Truth extends MannequinTruth>(timeMs: number, target: Truth): Truth {
    const stage = this.#stage;
    if (!stage) throw new TypeError('truth() needs the mannequin: await ready() first.');
    stage.moveTo(timeMs);
    const { pose, body, garments } = stage.figure;
    target.joints.set(pose.positions);
    target.rotations.set(pose.rotations);
    projectLandmarks(stage.mannequin.sites, pose, this.camera, target.landmarks);
    target.shape?.set(body.weights);
    const { personMask, garmentMasks, classMasks } = target;
    if (personMask || garmentMasks || classMasks) this.#maskDrawer ??= createMaskDrawer(stage, this.width, this.height);
    if (personMask) this.#maskDrawer?.draw(personMask);
    if (garmentMasks) {
      garmentMasks.length = Math.min(garmentMasks.length, garments.length);
      for (let g = 0; g < garments.length; g++) this.#maskDrawer?.draw((garmentMasks[g] ??= createEmptyMask()), g);
    }
    for (const name in classMasks) this.#maskDrawer?.draw(classMasks[name as PersonClass], name as PersonClass);
    return target;
  }

  /** Frees everything, and aborts downloads. A pending `next()` resolves with null. */
  close(): void {
    if (this.#abort.signal.aborted) return;
    this.#abort.abort();
    this.#maskDrawer?.dispose();
    this.#stage?.dispose();
    this.#maskDrawer = this.#stage = null;
  }

  /** Resolves when the browser has restored the canvas's WebGL context, or the source is closed. */
  #waitForGpu({ canvas }: MannequinStage): Promise<unknown> {
    return new Promise((resolve) => {
      canvas.addEventListener('webglcontextrestored', resolve, { once: true });
      this.#abort.signal.addEventListener('abort', resolve, { once: true });
    });
  }

  #open(): Promise<MannequinStage> {
    return (this.#loading ??= this.#load());
  }

  async #load(): Promise<MannequinStage> {
    const { signal } = this.#abort;
    const { second: secondOptions } = this.#options;
    const mannequin = await loadMannequin(`${this.#options.assets}mannequin.glb`, { signal });
    let first: DressedBody | null = null;
    let second: DressedBody | null = null;
    try {
      first = await this.#dress(mannequin, this.#options, 'female-50');
      if (secondOptions) second = await this.#dress(mannequin, { seed: SECOND_SEED, ...secondOptions }, 'male-50');
      signal.throwIfAborted();
      this.#stage = createMannequinStage(mannequin, this.#options, this.camera, { first, second });
      return this.#stage;
    } catch (error) {
      // Only a stage disposes of its garments: without one they are freed here.
      first?.worn?.dispose();
      second?.worn?.dispose();
      throw error;
    }
  }

  /** Shapes the body of one person, and loads and fits that person's garments. */
  async #dress(
    mannequin: Mannequin,
    { garments = [], clothes = 'everyday', shape, seed = 1 }: FigureOptions,
    defaultShape: string,
  ): Promise<DressedBody> {
    const body = shapeFigure(mannequin, shape ?? defaultShape, seed);
    if (garments.length === 0 && clothes !== 'loose') return { body, worn: null };
    if (!this.#wear)
      throw new TypeError('This mannequin wears no cloth that hangs: use the MannequinSource of the public entry.');
    return { body, worn: await this.#wear({ clothes, seed, garments }, mannequin, body, this.#abort.signal) };
  }
}

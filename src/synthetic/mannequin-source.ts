import type { Frame, FrameSource } from '../capture/frame-source.ts';
import { loadMannequin } from '../mannequin/load-mannequin.ts';
import { BONE_COUNT, type Mannequin, MORPH_COUNT } from '../mannequin/mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { drawMask } from './draw-mask.ts';
import { clothesNames } from './dress-person.ts';
import { type FigureOptions, shapeWeights } from './figure.ts';
import type { FigureGarment, WearGarments, WornLayers } from './garment-layer.ts';
import { lightCourses } from './light-courses.ts';
import { createMannequinCamera, type MannequinCamera, type MannequinViewName } from './mannequin-camera.ts';
import { createMannequinStage, type MannequinStage, type MannequinStageOptions } from './mannequin-stage.ts';
import { motions } from './motions.ts';
import { isSkin, skinNames } from './person-colors.ts';
import { projectLandmarks } from './project-landmarks.ts';

export type { FigureGarment, MannequinCamera };

/** Coverage of the frame's pixels, 0..255, rows top to bottom. */
export interface MannequinMask {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

export interface MannequinSourceOptions extends MannequinStageOptions {
  /** Base URL of the assets. */
  assets: string;
  /** How much of the body is in the picture. */
  view?: MannequinViewName;
  /** Changes to the view and to the lens (42°, 480 × 640). */
  camera?: Partial<MannequinCamera>;
  /** Frames a second of the source's own clock. */
  fps?: number;
  /** How many frames there are. */
  frames?: number;
}

/** What is exactly true of one moment. Camera space, metres; landmarks normalised to the frame. */
export interface MannequinTruth {
  /** 3 × BONE_COUNT. */
  joints: Float32Array;
  /** World rotations, 4 × BONE_COUNT quaternions. */
  rotations: Float32Array;
  /** 33 × (x, y, visibility). */
  landmarks: Float32Array;
  /** Of the first person, without what the second hides. Null where it is not wanted: it is drawn and read back. */
  personMask: MannequinMask | null;
  /** Of each of the first person's `garments`: what is seen of it. Null or left out where they are not wanted. */
  garmentMasks?: MannequinMask[] | null;
  /** Morph weights of the first person, MORPH_COUNT: the same at all times. */
  shape?: Float32Array;
}

/** An empty target for `truth`. */
export function createMannequinTruth(): Required<MannequinTruth> {
  return {
    joints: new Float32Array(3 * BONE_COUNT),
    rotations: new Float32Array(4 * BONE_COUNT),
    landmarks: new Float32Array(3 * 33),
    personMask: { width: 0, height: 0, data: new Uint8ClampedArray(0) },
    garmentMasks: null,
    shape: new Float32Array(MORPH_COUNT),
  };
}

/**
 * The mannequin, dressed as a plain person and moving by a known motion, as a source of frames: for a preview without a camera
 * and as exact truth for tests. Waits for the session (`live` is false); the same options give the same frames.
 */
export class MannequinSource implements FrameSource {
  readonly width: number;
  readonly height: number;
  readonly live = false;
  readonly camera: MannequinCamera;
  readonly #options: MannequinSourceOptions;
  readonly #wear: WearGarments | undefined;
  readonly #abort = new AbortController();
  #loading: Promise<MannequinStage> | null = null;
  #stage: MannequinStage | null = null;
  #frame = 0;

  /** `wear` is what puts `garments` on. */
  constructor(options: MannequinSourceOptions, wear?: WearGarments) {
    this.#wear = wear;
    const { assets, fps = 30, frames = Infinity } = options;
    this.#options = { ...options, assets: assets.endsWith('/') ? assets : `${assets}/` };
    this.camera = createMannequinCamera(options.view ?? 'whole', options.camera);
    this.width = this.camera.width;
    this.height = this.camera.height;
    if (!(fps > 0 && fps < Infinity)) throw new RangeError(`MannequinSource: fps must be more than 0, not ${fps}.`);
    if (!(frames >= 1)) throw new RangeError(`MannequinSource: frames must be at least 1, not ${frames}.`);
    const { light = 'steady', noise = 0 } = options;
    if (!Object.hasOwn(lightCourses, light))
      throw new RangeError(`No light "${light}": use one of ${Object.keys(lightCourses).join(', ')}.`);
    if (!(noise >= 0 && noise <= 1))
      throw new RangeError(`MannequinSource: noise is a share of white, 0 to 1, not ${noise}.`);
    for (const figure of [options, options.second ?? {}]) checkFigure(figure);
  }

  /** Resolves when the first frame can be drawn without waiting. `truth` needs it. */
  async ready(): Promise<void> {
    await this.#open();
  }

  async next(target: Frame): Promise<Frame | null> {
    if (this.#abort.signal.aborted || this.#frame >= (this.#options.frames ?? Infinity)) return null;
    let stage: MannequinStage;
    try {
      stage = await this.#open();
    } catch (error) {
      if (this.#abort.signal.aborted) return null;
      throw error;
    }
    if (this.#abort.signal.aborted) return null;
    const timeMs = (this.#frame++ * 1000) / (this.#options.fps ?? 30);
    stage.moveTo(timeMs);
    for (stage.draw(); stage.renderer.getContext().isContextLost(); stage.draw()) {
      await this.#gpuBack(stage);
      if (this.#abort.signal.aborted) return null;
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

  /** Goes to the frame at or after `timeMs`: the next `next` delivers it. */
  seek(timeMs: number): void {
    this.#frame = Math.ceil((timeMs * (this.#options.fps ?? 30)) / 1000 - 1e-6);
  }

  /** Writes what is exactly true at `timeMs` into `target`. Throws before `ready()` or a first `next()`. */
  truth<Truth extends MannequinTruth>(timeMs: number, target: Truth): Truth {
    const stage = this.#stage;
    if (!stage) throw new TypeError('truth() needs the mannequin: await ready() first.');
    stage.moveTo(timeMs);
    const { pose } = stage.figure;
    target.joints.set(pose.positions);
    target.rotations.set(pose.rotations);
    projectLandmarks(stage.mannequin.sites, pose, this.camera, target.landmarks);
    if (target.personMask) drawMask(stage, this.width, this.height, target.personMask);
    target.shape?.set(stage.figure.weights);
    if (target.garmentMasks) {
      const { length } = stage.figure.garments;
      target.garmentMasks.length = Math.min(target.garmentMasks.length, length);
      for (let g = 0; g < length; g++)
        drawMask(
          stage,
          this.width,
          this.height,
          (target.garmentMasks[g] ??= { width: 0, height: 0, data: new Uint8ClampedArray(0) }),
          g,
        );
    }
    return target;
  }

  close(): void {
    if (this.#abort.signal.aborted) return;
    this.#abort.abort();
    this.#stage?.dispose();
    this.#stage = null;
  }

  /** Resolves when the GPU is back, or the source is closed. */
  #gpuBack({ canvas }: MannequinStage): Promise<unknown> {
    return new Promise((resolve) => {
      canvas.addEventListener('webglcontextrestored', resolve, { once: true });
      this.#abort.signal.addEventListener('abort', resolve, { once: true });
    });
  }

  /** Puts the figure's garments on, if it has any. */
  async #dress({ garments = [], shape }: FigureOptions, mannequin: Mannequin): Promise<WornLayers | null> {
    if (garments.length === 0) return null;
    if (!this.#wear)
      throw new TypeError('This mannequin wears no garments: use the MannequinSource of the public entry.');
    return this.#wear(
      garments,
      mannequin,
      shapeMannequin(mannequin, shapeWeights(mannequin, shape), createMannequinShape(mannequin)),
      this.#abort.signal,
    );
  }

  #open(): Promise<MannequinStage> {
    return (this.#loading ??= this.#load());
  }

  async #load(): Promise<MannequinStage> {
    const { signal } = this.#abort;
    const mannequin = await loadMannequin(`${this.#options.assets}mannequin.glb`, { signal });
    const { second } = this.#options;
    const worn = await this.#dress(this.#options, mannequin);
    const secondWorn = second ? await this.#dress({ ...second, shape: second.shape ?? 'male-50' }, mannequin) : null;
    // Nobody would dispose of a stage that is made after `close`.
    if (signal.aborted) {
      worn?.dispose();
      secondWorn?.dispose();
    }
    signal.throwIfAborted();
    this.#stage = createMannequinStage(mannequin, this.#options, this.camera, worn, secondWorn);
    return this.#stage;
  }
}

function checkFigure({
  motion = 'sway',
  shape,
  clothes = 'everyday',
  skin,
  garments = [],
  swayMetres = 0,
}: FigureOptions): void {
  if (!clothesNames.includes(clothes))
    throw new RangeError(`No clothes "${clothes}": use one of ${clothesNames.join(', ')}.`);
  if (skin !== undefined && !isSkin(skin))
    throw new RangeError(`No skin "${skin}": use one of ${skinNames.join(', ')}, or a CSS colour.`);
  if (!(swayMetres >= 0 && swayMetres < 1))
    throw new RangeError(`MannequinSource: swayMetres is 0 or more, and less than 1, not ${swayMetres}.`);
  if (!Array.isArray(garments)) throw new TypeError('MannequinSource: garments is an array of { src, size, color }.');
  for (const garment of garments as unknown[]) {
    const src = (garment as FigureGarment | null)?.src;
    if (typeof src !== 'string' || src === '')
      throw new TypeError('MannequinSource: each of the garments has a src, the URL of a GLB.');
  }
  if (typeof motion !== 'function' && !Object.hasOwn(motions, motion))
    throw new RangeError(`No motion "${motion}": use one of ${Object.keys(motions).join(', ')}.`);
  if (typeof shape === 'object' && shape.length !== MORPH_COUNT)
    throw new RangeError(`A shape has ${MORPH_COUNT} weights.`);
}

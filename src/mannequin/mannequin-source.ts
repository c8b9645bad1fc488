import type { Frame, FrameSource } from '../capture/frame-source.ts';
import { drawMask } from './draw-mask.ts';
import type { FigureOptions } from './figure.ts';
import { lightCourses } from './light-courses.ts';
import { loadMannequin } from './load-mannequin.ts';
import { createMannequinCamera, type MannequinCamera, type MannequinViewName } from './mannequin-camera.ts';
import { createMannequinStage, type MannequinStage, type MannequinStageOptions } from './mannequin-stage.ts';
import { BONE_COUNT, MORPH_COUNT } from './mannequin.ts';
import { motions } from './motions.ts';
import { projectLandmarks } from './project-landmarks.ts';

export type { MannequinCamera };

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
  personMask: { width: number; height: number; data: Uint8ClampedArray } | null;
}

/** An empty target for `truth`. */
export const createMannequinTruth = (): MannequinTruth => ({
  joints: new Float32Array(3 * BONE_COUNT),
  rotations: new Float32Array(4 * BONE_COUNT),
  landmarks: new Float32Array(3 * 33),
  personMask: { width: 0, height: 0, data: new Uint8ClampedArray(0) },
});

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
  readonly #abort = new AbortController();
  #loading: Promise<MannequinStage> | null = null;
  #stage: MannequinStage | null = null;
  #frame = 0;

  constructor(options: MannequinSourceOptions) {
    const { assets, fps = 30, frames = Infinity } = options;
    this.#options = { ...options, assets: assets.endsWith('/') ? assets : `${assets}/` };
    this.camera = createMannequinCamera(options.view ?? 'whole', options.camera);
    this.width = this.camera.width;
    this.height = this.camera.height;
    if (!(fps > 0 && fps < Infinity)) throw new RangeError(`MannequinSource: fps must be more than 0, not ${fps}.`);
    if (!(frames >= 1)) throw new RangeError(`MannequinSource: frames must be at least 1, not ${frames}.`);
    const { light = 'steady', noise = 0 } = options;
    if (!Object.hasOwn(lightCourses, light)) throw new RangeError(`No light "${light}": use one of ${Object.keys(lightCourses).join(', ')}.`);
    if (!(noise >= 0 && noise <= 1)) throw new RangeError(`MannequinSource: noise is a share of white, 0 to 1, not ${noise}.`);
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
    target.image = 'transferToImageBitmap' in stage.canvas ? stage.canvas.transferToImageBitmap() : await createImageBitmap(stage.canvas);
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

  #open(): Promise<MannequinStage> {
    return (this.#loading ??= this.#load());
  }

  async #load(): Promise<MannequinStage> {
    const { signal } = this.#abort;
    const mannequin = await loadMannequin(`${this.#options.assets}mannequin.glb`, { signal });
    // Nobody would dispose of a stage that is made after `close`.
    signal.throwIfAborted();
    this.#stage = createMannequinStage(mannequin, this.#options, this.camera);
    return this.#stage;
  }
}

const checkFigure = ({ motion = 'sway', shape }: FigureOptions): void => {
  if (!Object.hasOwn(motions, motion)) throw new RangeError(`No motion "${motion}": use one of ${Object.keys(motions).join(', ')}.`);
  if (typeof shape === 'object' && shape.length !== MORPH_COUNT) throw new RangeError(`A shape has ${MORPH_COUNT} weights.`);
};

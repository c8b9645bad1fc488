// The synthetic person (the mannequin) of `npm run bench -- fit` as a source of frames.
// 1. `FitScene` describes body, motion and camera; the camera's distance follows from lens and visible heights.
// 2. `next` draws the frame of the next time: `fitMotions` says which time of the mannequin's motion it shows.
// 3. `truth` and `joints` return the exact values behind the picture of a time.
import type { Frame, FrameSource } from '../../../src/capture/frame-source.ts';
import { boneIndex } from '../../../src/mannequin/mannequin.ts';
import { halfHeightAtUnitDistance } from '../../../src/math/half-height-at-unit-distance.ts';
import type { WearGarments } from '../../../src/synthetic/garment-layer.ts';
import {
  createMannequinTruth,
  MannequinSource,
  type MannequinSourceOptions,
  type MannequinTruth,
} from '../../../src/synthetic/mannequin-source.ts';
import { jointBones, jointNames } from '../judge-fit.ts';
import { type FitMotionName, fitMotions } from './fit-motions.ts';

/** Preset of what the person wears: `none`, `tight`, `everyday` or `loose`. */
export type Clothes = NonNullable<MannequinSourceOptions['clothes']>;

/** The person and the camera of a clip. */
export interface FitScene {
  /** Name of one of `fitMotions`. */
  motion: FitMotionName;
  /** Preset of the mannequin, or its morph weights in the order of `morphNames`. */
  shape: string | readonly number[];
  /** An integer that selects hair, skin and clothes, and the noise. Default 4. */
  seed?: number;
  /** Size of the picture, pixels. */
  width: number;
  height: number;
  /** Frames a second. */
  fps: number;
  /** Number of frames, after which the source ends. */
  frames: number;
  /** Vertical angle of the lens, degrees. */
  fovYDegrees: number;
  /**
   * Heights above the floor of the picture's lower and upper edge, at the person's distance, metres. By default the
   * whole body with raised arms.
   */
  edgesMetres?: readonly [lower: number, upper: number];
  /** CSS colour behind the person. By default there are a wall and a floor. */
  background?: string;
  /** Standard deviation of the sensor's noise, as a share of white. */
  noise: number;
  /** Distance by which the person sways over the floor, root mean square, metres; 0.002 for a standing person. */
  swayMetres: number;
}

/** The seed of a scene that names none. */
const DEFAULT_SEED = 4;
/** `MannequinSource` seeks to whole frames. At 1000 frames a second it seeks to milliseconds. */
const SEEKS_PER_SECOND = 1000;
/** Heights of the picture's edges by default: the whole body with raised arms. */
const WHOLE_EDGES_METRES = [-0.25, 2.25] as const;

/**
 * A source of frames of the synthetic person in a motion of the benchmark, with the truth of each frame. Its clock
 * begins with 0 at the first frame. Camera space is in metres: the camera at the origin, +x right in the picture, +y
 * up, −z away from the camera.
 */
export class FitPerson implements FrameSource {
  readonly live = false;
  readonly width: number;
  readonly height: number;
  readonly #scene: FitScene;
  readonly #mannequin: MannequinSource;
  readonly #truth: MannequinTruth = { ...createMannequinTruth(), personMask: null, garmentMasks: null };
  #nextFrame = 0;
  /** By frame drawn so far: the joints as `joints` returns them. */
  readonly #drawnJoints: [number, number, number][][] = [];

  /**
   * `garment`, the URL of its file, is worn over `clothes`. The code of cloth that hangs, `wear`, is injected, so that a
   * program without garments and loose clothes need not import it.
   */
  constructor(scene: FitScene, clothes: Clothes, { garment, wear }: { garment?: string; wear?: WearGarments } = {}) {
    const { width, height, motion, shape, noise, swayMetres, background, fovYDegrees } = scene;
    const { seed = DEFAULT_SEED, edgesMetres: [lower, upper] = WHOLE_EDGES_METRES } = scene;
    const distanceMetres = (upper - lower) / 2 / halfHeightAtUnitDistance(fovYDegrees);
    const options: MannequinSourceOptions = {
      assets: '/assets/',
      motion: fitMotions[motion].motion,
      shape,
      seed,
      background,
      noise,
      swayMetres,
      clothes,
      garments: garment ? [{ src: garment }] : [],
      fps: SEEKS_PER_SECOND,
      camera: { width, height, fovYDegrees, distanceMetres, heightMetres: (lower + upper) / 2 },
    };
    this.width = width;
    this.height = height;
    this.#scene = scene;
    this.#mannequin = new MannequinSource(options, wear);
  }

  /** Lens and position of the camera. */
  get camera(): MannequinSource['camera'] {
    return this.#mannequin.camera;
  }

  /** Resolves when the person and its garment are loaded. */
  ready(): Promise<void> {
    return this.#mannequin.ready();
  }

  /** Time of the frame with this number, from 0, on the source's clock, milliseconds. */
  timeOf(frame: number): number {
    return (frame * 1000) / this.#scene.fps;
  }

  /** Time in the mannequin's motion for a time on the source's clock, whole milliseconds. */
  #momentOf(timeMs: number): number {
    return Math.round(fitMotions[this.#scene.motion].momentAt(timeMs));
  }

  /** Draws the next frame into `target`; null after the last. */
  async next(target: Frame): Promise<Frame | null> {
    if (this.#nextFrame >= this.#scene.frames) return null;
    const timeMs = this.timeOf(this.#nextFrame++);
    this.#mannequin.seek(this.#momentOf(timeMs));
    if (!(await this.#mannequin.next(target))) return null;
    target.timeMs = timeMs;
    this.#drawnJoints.push(this.joints(timeMs));
    return target;
  }

  /**
   * Returns the truth (joints, landmarks) at a time on the source's clock, milliseconds, with the garment's mask if
   * `garment` is set. The next call of `truth` or `joints` overwrites it.
   */
  truth(timeMs: number, { garment = false } = {}): MannequinTruth {
    this.#truth.garmentMasks = garment ? [] : null;
    return this.#mannequin.truth(this.#momentOf(timeMs), this.#truth);
  }

  /**
   * Returns new arrays with x, y, z of the true joints at a time on the source's clock, milliseconds, in the order of
   * `jointNames`, camera space, metres. It calls `truth`, so it overwrites what the last `truth` returned.
   */
  joints(timeMs: number): [number, number, number][] {
    const { joints } = this.truth(timeMs);
    return jointNames.map((name) => {
      const bone = boneIndex[jointBones[name]];
      return [joints[3 * bone], joints[3 * bone + 1], joints[3 * bone + 2]];
    });
  }

  /**
   * Returns the joints (see `joints`) of a frame that was drawn. They are read while it is the last that was drawn: to
   * go back to its time, cloth that hangs would have to settle anew, and again for the next frame.
   */
  drawnJoints(frame: number): [number, number, number][] {
    return this.#drawnJoints[frame];
  }

  close(): void {
    this.#mannequin.close();
  }
}

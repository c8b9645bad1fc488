import { estimateCamera } from '../../../src/body/estimate-camera.ts';
import type { Frame, FrameSource, MannequinSourceOptions, MannequinTruth } from '../../../src/index.ts';
import { createMannequinTruth, MannequinSource } from '../../../src/index.ts';
import { type BoneName, boneIndex } from '../../../src/mannequin/mannequin.ts';
import { halfHeightAtUnitDistance } from '../../../src/math/half-height-at-unit-distance.ts';
import { type JointName, jointNames } from '../judge-fit.ts';
import { type FitMotionName, fitMotions } from './fit-motions.ts';

export type Clothes = NonNullable<MannequinSourceOptions['clothes']>;

export interface FitScene {
  motion: FitMotionName;
  shape: string;
  /** Pixels. */
  width: number;
  height: number;
  fps: number;
  frames: number;
  /** Vertical angle of the lens, degrees; by default the one that the room assumes. */
  fovYDegrees?: number;
  /** A CSS colour instead of a room. */
  background?: string;
  /** Share of white. */
  noise: number;
  swayMetres: number;
}

/** Standard deviation aside, all is the same in each run. */
const SEED = 4;
/** The sharpest clock that a mannequin's whole frames tell: it is sought to each moment. */
const SEEKS_PER_SECOND = 1000;
/** At the assumed lens this shows 2.5 m of height: raised arms too. */
const PICTURE_METRES = 2.5;

export const jointBones: Record<JointName, BoneName> = {
  leftShoulder: 'leftUpperArm',
  rightShoulder: 'rightUpperArm',
  leftElbow: 'leftLowerArm',
  rightElbow: 'rightLowerArm',
  leftWrist: 'leftHand',
  rightWrist: 'rightHand',
  leftHip: 'leftUpperLeg',
  rightHip: 'rightUpperLeg',
  leftKnee: 'leftLowerLeg',
  rightKnee: 'rightLowerLeg',
  leftAnkle: 'leftFoot',
  rightAnkle: 'rightFoot',
};

/** A mannequin in a motion of the benchmark, dressed, as a source and with its truth by the frame. */
export class FitPerson implements FrameSource {
  readonly live = false;
  readonly width: number;
  readonly height: number;
  readonly #scene: FitScene;
  readonly #mannequin: MannequinSource;
  readonly #truth: MannequinTruth = { ...createMannequinTruth(), personMask: null, garmentMasks: null };
  #given = 0;

  constructor(scene: FitScene, clothes: Clothes, garment?: { src: string; size?: string }) {
    const { width, height, motion, shape, noise, swayMetres, background } = scene;
    const fovYDegrees =
      scene.fovYDegrees ?? estimateCamera(width, height, { fovYDegrees: 0, width, height }).fovYDegrees;
    const distanceMetres = PICTURE_METRES / 2 / halfHeightAtUnitDistance(fovYDegrees);
    const options: MannequinSourceOptions = {
      assets: '/assets/',
      motion: fitMotions[motion].motion,
      shape,
      seed: SEED,
      background,
      noise,
      swayMetres,
      clothes,
      garments: garment ? [garment] : [],
      fps: SEEKS_PER_SECOND,
      camera: { width, height, fovYDegrees, distanceMetres, heightMetres: 1 },
    };
    this.width = width;
    this.height = height;
    this.#scene = scene;
    this.#mannequin = new MannequinSource(options);
  }

  get camera(): MannequinSource['camera'] {
    return this.#mannequin.camera;
  }

  ready(): Promise<void> {
    return this.#mannequin.ready();
  }

  /** When, on the source's clock, `frame` is taken. */
  timeOf(frame: number): number {
    return (frame * 1000) / this.#scene.fps;
  }

  /** The moment of the mannequin's own motion that is shown at a time of the source's clock, whole milliseconds. */
  #momentOf(timeMs: number): number {
    return Math.round(fitMotions[this.#scene.motion].at(timeMs));
  }

  async next(target: Frame): Promise<Frame | null> {
    if (this.#given >= this.#scene.frames) return null;
    const timeMs = this.timeOf(this.#given++);
    this.#mannequin.seek(this.#momentOf(timeMs));
    if (!(await this.#mannequin.next(target))) return null;
    target.timeMs = timeMs;
    return target;
  }

  /** All that is true of a moment of the source's clock, with the pixels of what is worn where they are asked for. Overwritten by the next call. */
  truth(timeMs: number, { garment = false } = {}): MannequinTruth {
    this.#truth.garmentMasks = garment ? [] : null;
    return this.#mannequin.truth(this.#momentOf(timeMs), this.#truth);
  }

  /** By `jointNames`, camera space, metres. */
  joints(timeMs: number): [number, number, number][] {
    const { joints } = this.truth(timeMs);
    return jointNames.map((name) => {
      const at = 3 * boneIndex[jointBones[name]];
      return [joints[at], joints[at + 1], joints[at + 2]];
    });
  }

  close(): void {
    this.#mannequin.close();
  }
}

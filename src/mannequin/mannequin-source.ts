import type { Material } from 'three';
import type { Frame, FrameSource } from '../capture/frame-source.ts';
import { drawMask } from './draw-mask.ts';
import { loadMannequin } from './load-mannequin.ts';
import { createMannequinStage, type MannequinCamera, type MannequinStage } from './mannequin-stage.ts';
import { BONE_COUNT, MORPH_COUNT } from './mannequin.ts';
import { createMotionPose, motions, type MotionName } from './motions.ts';
import { createMannequinPose, poseMannequin } from './pose-mannequin.ts';

export type { MannequinCamera };

export interface MannequinSourceOptions {
  /** Base URL of the assets. */
  assets: string;
  motion?: MotionName;
  /** A preset's name (`female-50`) or MORPH_COUNT weights. */
  shape?: string | ArrayLike<number>;
  /** `studio`, or a CSS colour. */
  background?: string;
  camera?: Partial<MannequinCamera>;
  /** Frames a second of the source's own clock. */
  fps?: number;
  /** How many frames there are. */
  frames?: number;
  /** Which person: hair, skin and clothes. */
  seed?: number;
}

/** What is exactly true of one moment. Camera space, metres; landmarks normalised to the frame. */
export interface MannequinTruth {
  /** 3 × BONE_COUNT. */
  joints: Float32Array;
  /** World rotations, 4 × BONE_COUNT quaternions. */
  rotations: Float32Array;
  /** 33 × (x, y, visibility). */
  landmarks: Float32Array;
  personMask: { width: number; height: number; data: Uint8ClampedArray };
}

/** An empty target for `truth`. */
export const createMannequinTruth = (): MannequinTruth => ({
  joints: new Float32Array(3 * BONE_COUNT),
  rotations: new Float32Array(4 * BONE_COUNT),
  landmarks: new Float32Array(3 * 33),
  personMask: { width: 0, height: 0, data: new Uint8ClampedArray(0) },
});

/** A whole body with some air, seen from about as far as a phone on a shelf. */
const defaultCamera: MannequinCamera = { fovYDegrees: 42, width: 480, height: 640, distanceMetres: 3, heightMetres: 1 };

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
  readonly #motionPose = createMotionPose();
  readonly #pose = createMannequinPose();
  #loading: Promise<MannequinStage> | null = null;
  #stage: MannequinStage | null = null;
  #frame = 0;

  constructor(options: MannequinSourceOptions) {
    const { assets, fps = 30, frames = Infinity } = options;
    this.#options = { ...options, assets: assets.endsWith('/') ? assets : `${assets}/` };
    this.camera = { ...defaultCamera, ...options.camera };
    this.width = this.camera.width;
    this.height = this.camera.height;
    if (!(fps > 0 && fps < Infinity)) throw new RangeError(`MannequinSource: fps must be more than 0, not ${fps}.`);
    if (!(frames >= 1)) throw new RangeError(`MannequinSource: frames must be at least 1, not ${frames}.`);
    for (const size of [this.width, this.height]) {
      if (!(Number.isInteger(size) && size >= 1)) throw new RangeError(`MannequinSource: a frame has whole pixels and at least one, not ${this.width} × ${this.height}.`);
    }
    if (!Object.hasOwn(motions, options.motion ?? 'sway')) throw new RangeError(`No motion "${options.motion}": use one of ${Object.keys(motions).join(', ')}.`);
    if (typeof options.shape === 'object' && options.shape.length !== MORPH_COUNT) throw new RangeError(`A shape has ${MORPH_COUNT} weights.`);
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
    this.#moveTo(stage, timeMs);
    stage.renderer.render(stage.scene, stage.camera);
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
  truth(timeMs: number, target: MannequinTruth): MannequinTruth {
    const stage = this.#stage;
    if (!stage) throw new TypeError('truth() needs the mannequin: await ready() first.');
    this.#moveTo(stage, timeMs);
    const { positions, rotations } = this.#pose;
    target.joints.set(positions);
    target.rotations.set(rotations);
    const halfHeight = Math.tan((this.camera.fovYDegrees * Math.PI) / 360);
    const halfWidth = (halfHeight * this.width) / this.height;
    for (const { landmark, bone, offset } of stage.mannequin.sites) {
      rotated.set(offset[0], offset[1], offset[2], rotations, 4 * bone);
      const x = positions[3 * bone]! + rotated.x;
      const y = positions[3 * bone + 1]! + rotated.y;
      const z = positions[3 * bone + 2]! + rotated.z;
      const u = 0.5 + x / -z / halfWidth / 2;
      const v = 0.5 - y / -z / halfHeight / 2;
      target.landmarks[3 * landmark] = u;
      target.landmarks[3 * landmark + 1] = v;
      // In the picture or not; whether the body itself hides the point is not asked yet.
      target.landmarks[3 * landmark + 2] = u >= 0 && u <= 1 && v >= 0 && v <= 1 ? 1 : 0;
    }
    drawMask(stage, this.width, this.height, target.personMask);
    return target;
  }

  close(): void {
    if (this.#abort.signal.aborted) return;
    this.#abort.abort();
    const stage = this.#stage;
    this.#stage = null;
    if (!stage) return;
    for (const mesh of [...stage.layers.values(), ...stage.surroundings]) {
      mesh.geometry.dispose();
      (mesh.material as Material).dispose();
    }
    for (const texture of stage.textures) texture.dispose();
    stage.skeleton.dispose();
    stage.renderer.dispose();
    stage.renderer.forceContextLoss();
  }

  #open(): Promise<MannequinStage> {
    return (this.#loading ??= this.#load());
  }

  async #load(): Promise<MannequinStage> {
    const mannequin = await loadMannequin(`${this.#options.assets}mannequin.glb`, { signal: this.#abort.signal });
    this.#stage = createMannequinStage(mannequin, this.#options, this.camera);
    return this.#stage;
  }

  /** Poses the bones for a moment, in camera space. */
  #moveTo(stage: MannequinStage, timeMs: number): void {
    const { root, localRotations } = this.#motionPose;
    motions[this.#options.motion ?? 'sway'](timeMs, this.#motionPose);
    root.translation[1]! -= this.camera.heightMetres + stage.floor;
    root.translation[2]! -= this.camera.distanceMetres;
    poseMannequin(stage.shape.joints, localRotations, root, this.#pose);
    const { positions, rotations } = this.#pose;
    stage.skeleton.bones.forEach((bone, b) => {
      bone.position.fromArray(positions, 3 * b);
      bone.quaternion.fromArray(rotations, 4 * b);
      bone.updateMatrixWorld(true);
    });
  }
}

/** A vector turned by a quaternion out of an array. */
const rotated = {
  x: 0, y: 0, z: 0,
  set(x: number, y: number, z: number, q: ArrayLike<number>, at: number): void {
    const qx = q[at]!; const qy = q[at + 1]!; const qz = q[at + 2]!; const qw = q[at + 3]!;
    const tx = 2 * (qy * z - qz * y); const ty = 2 * (qz * x - qx * z); const tz = 2 * (qx * y - qy * x);
    this.x = x + qw * tx + qy * tz - qz * ty;
    this.y = y + qw * ty + qz * tx - qx * tz;
    this.z = z + qw * tz + qx * ty - qy * tx;
  },
};

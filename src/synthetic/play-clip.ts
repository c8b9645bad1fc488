import { BONE_COUNT } from '../mannequin/mannequin.ts';
import { type Motion, restPose } from './motion-pose.ts';

/** A recorded motion of the mannequin. */
export interface MotionClip {
  /** Each bone's rotation relative to its parent, frames × 4 × BONE_COUNT: quaternions x, y, z, w. */
  localRotations: Float32Array;
  /** Translation of the whole body from its rest pose, frames × 3, metres. */
  rootPositions: Float32Array;
  frames: number;
  /** Time from one frame to the next. */
  frameMs: number;
}

/** Plays a clip in a loop. Between two frames positions and rotations are blended linearly. */
export function playClip({ localRotations, rootPositions, frames, frameMs }: MotionClip): Motion {
  const lengthMs = Math.max(1, frames - 1) * frameMs;
  return (timeMs, target) => {
    restPose(target);
    const frame = frames > 1 ? (((timeMs % lengthMs) + lengthMs) % lengthMs) / frameMs : 0;
    const from = Math.min(frames - 1, Math.floor(frame));
    const to = Math.min(frames - 1, from + 1);
    const t = frame - from;
    for (let k = 0; k < 3; k++)
      target.root.translation[k] = rootPositions[3 * from + k] * (1 - t) + rootPositions[3 * to + k] * t;
    for (let b = 0; b < BONE_COUNT; b++) {
      const i = 4 * (from * BONE_COUNT + b);
      const j = 4 * (to * BONE_COUNT + b);
      let lengthSq = 0;
      for (let k = 0; k < 4; k++) {
        const component = localRotations[i + k] * (1 - t) + localRotations[j + k] * t;
        target.localRotations[4 * b + k] = component;
        lengthSq += component * component;
      }
      const scale = 1 / Math.sqrt(lengthSq);
      for (let k = 0; k < 4; k++) target.localRotations[4 * b + k] *= scale;
    }
  };
}

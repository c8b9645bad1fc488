import { BONE_COUNT } from '../mannequin/mannequin.ts';
import { type Motion, restPose } from './motion-pose.ts';

/** A recorded motion of the mannequin: one pose for each frame, at equal intervals. */
export interface MotionClip {
  /**
   * Each bone's rotation relative to its parent, frame by frame, in the order of `boneNames`, frames × BONE_COUNT × 4:
   * quaternions x, y, z, w. A bone's quaternions of successive frames have the same sign, so that they can be blended.
   */
  localRotations: Float32Array;
  /**
   * Translation of the whole body from its rest pose, frames × 3, metres: +x to the right of the picture, +y up, +z
   * towards the camera.
   */
  rootPositions: Float32Array;
  /** Number of frames, at least 1. */
  frames: number;
  /** Time from one frame to the next, milliseconds. */
  frameMs: number;
}

/**
 * Returns a motion that plays a clip in a loop: frame 0 at 0 ms, and again at the time of the last frame. Between two
 * frames it blends positions and rotations linearly. The whole body's rotation is in the hips; the root's stays the
 * identity.
 */
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

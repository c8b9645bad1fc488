import { landmarkIndex as at } from './landmark-index.ts';

/** A thigh or shank, as its landmarks show it. */
export interface LegBone {
  /** Landmarks (0 to 32) of its upper end, and of its lower end. */
  from: number;
  to: number;
  /** True for a shank, false for a thigh. */
  isShank: boolean;
  /** Landmarks of the lower end and of all below it. */
  below: readonly number[];
}

/** Thigh and shank of the left leg, then of the right. */
export const LEG_BONES: readonly LegBone[] = [
  {
    from: at.leftHip,
    to: at.leftKnee,
    isShank: false,
    below: [at.leftKnee, at.leftAnkle, at.leftHeel, at.leftFootIndex],
  },
  { from: at.leftKnee, to: at.leftAnkle, isShank: true, below: [at.leftAnkle, at.leftHeel, at.leftFootIndex] },
  {
    from: at.rightHip,
    to: at.rightKnee,
    isShank: false,
    below: [at.rightKnee, at.rightAnkle, at.rightHeel, at.rightFootIndex],
  },
  { from: at.rightKnee, to: at.rightAnkle, isShank: true, below: [at.rightAnkle, at.rightHeel, at.rightFootIndex] },
];

/**
 * Returns the length of a leg bone in the picture, as on the plane z = −1 of camera space; `rays`: 2 × 33, x and y of
 * the landmarks' image points on that plane.
 */
export function drawnLength({ from, to }: LegBone, rays: ArrayLike<number>): number {
  return Math.hypot(rays[2 * to] - rays[2 * from], rays[2 * to + 1] - rays[2 * from + 1]);
}

import type { SizedPart } from './body-segments.ts';
import { landmarkIndex as at } from './landmark-index.ts';
import { LEG_BONES } from './leg-bones.ts';
import { trunkRise } from './raised-shoulder.ts';
import { trunkExtent } from './trunk-axis.ts';

/** Largest change of a length, as a share of it: a larger one is a wrong depth of a limb. */
const MAX_CHANGE = 0.15;

/** Landmarks of head and arms, which move with the shoulders. */
const ABOVE_HIPS = Array.from({ length: at.leftHip }, (_, i) => i);

/** The lengths that earlier frames have shown. */
export interface LearnedLengths {
  /** Returns the learned length of a part of the body; `metres`, its length in this frame, if none is learned. */
  learnedLength(part: SizedPart, metres: number): number;
}

/** Returns the change of a length, as a share of it. */
function changeOf(part: SizedPart, metres: number, rise: number, lengths: LearnedLengths): number {
  const change = (rise * lengths.learnedLength(part, metres / rise)) / metres - 1;
  return Math.min(MAX_CHANGE, Math.max(-MAX_CHANGE, change || 0));
}

/**
 * Gives trunk, thighs and shanks of one frame's landmarks the lengths that earlier frames have shown; each keeps its
 * direction. The landmarks in space do not agree with those in the picture: where a hem draws the hips 8 cm down in the
 * picture, they are drawn 4 cm down in space, and all lengths in space change with the pose of the arms. People in wide
 * clothes were placed 4 to 16 cm too near. Allocates nothing.
 *
 * @param world 3 × 33 landmarks, metres, +y up; changed.
 * @param lengths In metres of `world`. Raised arms lengthen the trunk besides (`trunkRise`).
 */
export function resizeBones(world: Float64Array, lengths: LearnedLengths): void {
  const x = trunkExtent(world, 3, 0);
  const y = trunkExtent(world, 3, 1);
  const z = trunkExtent(world, 3, 2);
  const trunk = changeOf('trunk', Math.hypot(x, y, z), trunkRise(world), lengths);
  for (let i = 0; i < ABOVE_HIPS.length; i++) {
    const landmark = 3 * ABOVE_HIPS[i];
    world[landmark] += trunk * x;
    world[landmark + 1] += trunk * y;
    world[landmark + 2] += trunk * z;
  }
  for (let i = 0; i < LEG_BONES.length; i++) {
    const { from, to, isShank, below } = LEG_BONES[i];
    const dx = world[3 * to] - world[3 * from];
    const dy = world[3 * to + 1] - world[3 * from + 1];
    const dz = world[3 * to + 2] - world[3 * from + 2];
    const change = changeOf(isShank ? 'shank' : 'thigh', Math.hypot(dx, dy, dz), 1, lengths);
    for (let b = 0; b < below.length; b++) {
      world[3 * below[b]] += change * dx;
      world[3 * below[b] + 1] += change * dy;
      world[3 * below[b] + 2] += change * dz;
    }
  }
}

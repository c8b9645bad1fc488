import { ramp } from '../math/ramp.ts';
import { landmarkIndex as at } from './landmark-index.ts';

/**
 * Visibilities, 0..1, of the better seen knee from which legs count as seen, and up to which they count as hidden. The
 * tracker gives 0.7 and more to knees at the picture's lower edge, and 0.1 to 0.3 to knees below it.
 */
const SEEN = 0.65;
const HIDDEN = 0.35;

/** Returns how far the legs are out of the picture or covered, 0..1. `visibility`: of the 33 landmarks, 0..1. */
export function hiddenLegs(visibility: ArrayLike<number>): number {
  return ramp(Math.max(visibility[at.leftKnee], visibility[at.rightKnee]), SEEN, HIDDEN);
}

import type { PosedBody } from './body.ts';
import { trunkTurnSine } from './trunk-turn-sine.ts';

/** Sines of the trunk's turn that separate front, oblique and side views. */
const OBLIQUE_SINE = 0.35;
const SIDE_SINE = 0.8;
/** Number of views. */
export const VIEW_COUNT = 3;

/** Returns the view of a posed body's trunk: 0 for one from the front or the back, 1 for an oblique, 2 for a side view. */
export function viewOf(body: PosedBody): number {
  const sine = trunkTurnSine(body);
  return sine < OBLIQUE_SINE ? 0 : sine < SIDE_SINE ? 1 : 2;
}

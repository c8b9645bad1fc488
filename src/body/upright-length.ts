import { ramp } from '../math/ramp.ts';

/**
 * Shares of its upright length between which a part of the body comes to be taken for foreshortened, from not at all to
 * wholly. Noise, breath and shoulders that are drawn up stay above the first: the trunks of upright people of other
 * makers (eight filmed bodies, five pairs) are seen at 0.96 of their length or more.
 */
const UNSHORTENED = 0.96;
const FORESHORTENED = 0.9;
/**
 * How fast the upright length follows a longer and a shorter observation, as a share of the difference per frame:
 * people are seen at full length now and then, and foreshortened often. The first holds for a frame of mean certainty,
 * and is less for a less certain one.
 */
const GROW = 0.3;
const SHRINK = 0.003;
/**
 * At first it follows faster, by this power of the frame's share of all certainty so far. A running mean would follow
 * by the share itself, and would follow the first bow too.
 */
const SETTLE = 1.5;

/**
 * The length that a part of the body has in the picture while the part is upright: learned from frame to frame. A part
 * that leans towards the camera or away from it is seen shorter.
 */
export class UprightLength {
  #upright = 0;
  #certainty = 0;
  #frames = 0;

  /**
   * Learns from one frame.
   *
   * @param length The part's length in the picture, > 0, made independent of the person's distance: metres at that
   * distance, or a share of another part's length. The unit is the same in all frames.
   * @param certainty Weight of the frame, 0..1; at 0 nothing is learned.
   * @returns `length` as a share of the upright length, at most 1.
   */
  learn(length: number, certainty: number): number {
    if (certainty === 0) return this.#upright === 0 ? 1 : Math.min(1, length / this.#upright);
    this.#certainty += certainty;
    this.#frames++;
    const share = certainty / this.#certainty;
    const rate = length > this.#upright ? GROW * Math.min(1, share * this.#frames) : SHRINK;
    this.#upright += Math.max(share ** SETTLE, rate) * (length - this.#upright);
    return Math.min(1, length / this.#upright);
  }

  /** Forgets what was learned. */
  reset(): void {
    this.#upright = 0;
    this.#certainty = 0;
    this.#frames = 0;
  }
}

/** Returns how far a part whose length is `share` (0..1) of its upright length is foreshortened, 0 (not) to 1. */
export function foreshortening(share: number): number {
  return ramp(share, UNSHORTENED, FORESHORTENED);
}

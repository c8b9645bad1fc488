import { ramp } from '../math/ramp.ts';

/**
 * Shares of its upright length between which a part of the body comes to be taken for foreshortened, from not at all to
 * wholly: noise, breath and shoulders that are drawn up stay above the first.
 */
const UNSHORTENED = 0.97;
const FORESHORTENED = 0.9;
/**
 * How fast the upright length follows a longer and a shorter observation, as a share of the difference per frame:
 * people are seen at full length now and then, and foreshortened often.
 */
const GROW = 0.3;
const SHRINK = 0.003;
/**
 * At first it follows faster, by this power of the frame's share of all certainty so far. A running mean would follow by
 * the share itself, and would follow the first bow too.
 */
const SETTLE = 1.5;

/** The length of a part of the body, as it is seen while the part is upright: learned from frame to frame. */
export class UprightLength {
  #longest = 0;
  #certainty = 0;
  #frames = 0;

  /**
   * Learns from the `length` of one frame, in any unit.
   *
   * @param certainty Weight of the frame, 0..1; at 0 nothing is learned.
   * @returns `length` as a share of the upright length, at most 1.
   */
  share(length: number, certainty: number): number {
    if (certainty === 0) return this.#longest === 0 ? 1 : Math.min(1, length / this.#longest);
    this.#certainty += certainty;
    this.#frames++;
    const share = certainty / this.#certainty;
    const rate = length > this.#longest ? GROW * Math.min(1, share * this.#frames) : SHRINK;
    this.#longest += Math.max(share ** SETTLE, rate) * (length - this.#longest);
    return Math.min(1, length / this.#longest);
  }

  reset(): void {
    this.#longest = 0;
    this.#certainty = 0;
    this.#frames = 0;
  }
}

/** How far a part whose length is `share` of its upright length is foreshortened, 0..1. */
export function foreshortening(share: number): number {
  return ramp(share, UNSHORTENED, FORESHORTENED);
}

import { ramp } from '../math/ramp.ts';

/**
 * Cloth that is fitted closer to the skin than `from` clings to where it was fitted, cloth beyond `to` is loose, metres:
 * a skirt's hem hangs with all its weight, and swings. A piece (what triangles connect) that is nowhere close to the skin
 * would fall off: its distances count from where it is closest.
 */
const LOOSE_METRES = { from: 0.06, to: 0.15 };
/** Distance that stands for particles without skin near them, metres: skin is looked for within it. */
const FAR_METRES = 0.4;

/**
 * Measures how loose the particles of fitted cloth are: 0 where it clings, 1 where it is loose.
 *
 * @param gaps by particle: distance from the skin, metres; Infinity where no skin is near.
 * @param pieces by particle: number of its piece, at most the number of particles.
 * @param target receives the looseness by particle.
 */
export function measureLooseness(gaps: Float32Array, pieces: ArrayLike<number>, target: Float64Array): void {
  const closest = new Float32Array(gaps.length).fill(FAR_METRES);
  for (let i = 0; i < gaps.length; i++) closest[pieces[i]] = Math.min(closest[pieces[i]], Math.max(0, gaps[i]));
  for (let i = 0; i < gaps.length; i++)
    target[i] = ramp(Math.min(FAR_METRES, gaps[i]) - closest[pieces[i]], LOOSE_METRES.from, LOOSE_METRES.to);
}

import { createRandom } from '../math/create-random.ts';
import { drawShape } from './draw-shape.ts';
import { MORPH_COUNT } from './mannequin.ts';
import { population } from './population.ts';

/**
 * Draws the body of a random adult: first the sex by its share of the population, then MORPH_COUNT morph weights from
 * that sex's distribution. Equal seeds give equal bodies. `seed`: an integer.
 */
export function drawPerson(seed: number): Float32Array {
  const random = createRandom(seed);
  const { female, male } = population;
  return drawShape(random() < female.share ? female : male, random, new Float32Array(MORPH_COUNT));
}

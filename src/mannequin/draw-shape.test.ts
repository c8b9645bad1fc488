import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/create-random.ts';
import { drawShape } from './draw-shape.ts';
import { MORPH_COUNT, morphIndex } from './mannequin.ts';
import { population } from './population.ts';

const BODIES = 20_000;

describe('drawShape', () => {
  it.each(['female', 'male'] as const)(
    'draws %s bodies with the mean and covariance of the population (seed 3)',
    (sex) => {
      const random = createRandom(3);
      const { mean, covariance } = population[sex];
      const sums = new Float64Array(MORPH_COUNT);
      const products = new Float64Array(MORPH_COUNT * MORPH_COUNT);
      const shape = new Float64Array(MORPH_COUNT);
      for (let body = 0; body < BODIES; body++) {
        drawShape(population[sex], random, shape);
        for (let m = 0; m < MORPH_COUNT; m++) {
          sums[m] += shape[m] - mean[m];
          for (let n = 0; n < MORPH_COUNT; n++)
            products[m * MORPH_COUNT + n] += (shape[m] - mean[m]) * (shape[n] - mean[n]);
        }
      }
      // The standard error of a mean of 20 000 values is 0.7 % of the standard deviation, a covariance's 1 %.
      const sdOf = (m: number): number => Math.sqrt(covariance[m * MORPH_COUNT + m]);
      for (let m = 0; m < MORPH_COUNT; m++) {
        expect(Math.abs(sums[m] / BODIES)).toBeLessThan(0.04 * sdOf(m));
        for (let n = 0; n < MORPH_COUNT; n++) {
          const drawn = products[m * MORPH_COUNT + n] / BODIES;
          expect(Math.abs(drawn - covariance[m * MORPH_COUNT + n])).toBeLessThan(0.05 * sdOf(m) * sdOf(n));
        }
      }
    },
  );

  it('draws the same body from the same seed, and another body from another seed', () => {
    const draw = (seed: number) => drawShape(population.female, createRandom(seed), new Float32Array(MORPH_COUNT));
    expect(draw(5)).toEqual(draw(5));
    expect(draw(5)[morphIndex.waist]).not.toBeCloseTo(draw(6)[morphIndex.waist], 3);
  });

  it('refuses a covariance that no distribution has', () => {
    const mean = new Float32Array(MORPH_COUNT);
    const covariance = new Float32Array(MORPH_COUNT * MORPH_COUNT);
    expect(() => drawShape({ mean, covariance }, createRandom(1), mean)).toThrow('positive definite');
  });
});

import { describe, expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { type MorphName, morphIndex } from '../mannequin/mannequin.ts';
import { population } from '../mannequin/population.ts';
import { createBodySolver } from './create-body-solver.ts';
import { createPosedBody } from './create-posed-body.ts';
import { type StandingPerson, trackStandingPerson } from './learn-shape.test-helper.ts';

const mannequin = await committedMannequin();
const { mean } = population.female;

/** Returns the morph weights that one photo shows. */
function seePhoto(person: StandingPerson): Float32Array {
  const solver = createBodySolver(mannequin);
  const body = createPosedBody();
  solver.solve(trackStandingPerson(mannequin, person), body, true);
  expect(body.found).toBe(true);
  return body.shape;
}

function womanWith(name: MorphName, weight: number): Float32Array {
  const weights = mean.slice();
  weights[morphIndex[name]] = weight;
  return weights;
}

describe('one photo', () => {
  it.each([
    ['shoulderHeight', 1.2],
    ['shoulderHeight', -1.2],
    ['trapezius', 1.2],
    ['trapezius', -1.2],
    ['deltoid', 1.2],
    ['deltoid', -1.2],
  ] as const)('shows %s of %f where the arms hang', (name, weight) => {
    const found = seePhoto({ weights: womanWith(name, weight), armAngle: 0.5 });
    expect(found[morphIndex[name]] / weight).toBeGreaterThan(1 / 3);
    expect(found[morphIndex[name]] / weight).toBeLessThan(1.2);
  });

  it('shows nothing of the shoulders where the arms are raised, or from the side', () => {
    for (const scene of [{ armAngle: -0.6 }, { armAngle: 0.5, turn: Math.PI / 2 }]) {
      const high = seePhoto({ weights: womanWith('shoulderHeight', 1.5), ...scene });
      const low = seePhoto({ weights: womanWith('shoulderHeight', -1.5), ...scene });
      expect(Math.abs(high[morphIndex.shoulderHeight] - low[morphIndex.shoulderHeight])).toBeLessThan(0.1);
    }
  });

  it('learns no more than half of the height of hair that lies on the shoulders 13 cm to both sides', () => {
    const hairMetres = 0.03;
    const found = seePhoto({
      weights: mean,
      armAngle: 0.5,
      changeMask: ({ width, height, data }, pixelsPerMetre) => {
        const by = Math.round(hairMetres * pixelsPerMetre);
        const reach = 0.13 * pixelsPerMetre;
        for (let row = 0; row < height / 2; row++)
          for (let column = Math.ceil(width / 2 - reach); column < width / 2 + reach; column++)
            data[row * width + column] = Math.max(data[row * width + column], data[(row + by) * width + column]);
      },
    });
    const { cmPerUnit } = mannequin.morphs[morphIndex.shoulderHeight];
    expect((found[morphIndex.shoulderHeight] * cmPerUnit) / 100).toBeLessThan(hairMetres / 2);
  });
});

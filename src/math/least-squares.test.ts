import { describe, expect, it } from 'vitest';
import { createRandom } from './create-random.ts';
import { LeastSquares } from './least-squares.ts';

describe('LeastSquares', () => {
  it('weighs two observations of one value by their deviations', () => {
    const squares = new LeastSquares(1);
    for (const [seen, deviation] of [
      [10, 1],
      [13, 2],
    ]) {
      squares.derive(0, 1);
      squares.add(0 - seen, deviation);
    }
    expect(squares.solve()).toBe(true);
    expect(squares.step[0]).toBeCloseTo((10 + 13 / 4) / (1 + 1 / 4), 12);
  });

  it('finds the parameters of exact linear observations, in one step, and again after `clear` (seed 3)', () => {
    const random = createRandom(3);
    const squares = new LeastSquares(6);
    for (let round = 0; round < 2; round++) {
      squares.clear();
      const truth = Array.from({ length: 6 }, () => random() - 0.5);
      for (let observation = 0; observation < 20; observation++) {
        let value = 0;
        // Each depends on three of the parameters, given in any order.
        for (const parameter of [(observation + 4) % 6, observation % 6, (observation + 1) % 6]) {
          const derivative = random() - 0.5;
          squares.derive(parameter, derivative);
          value += derivative * truth[parameter];
        }
        squares.add(-value, 0.1 + random());
      }
      expect(squares.solve()).toBe(true);
      squares.step.forEach((value, i) => expect(value).toBeCloseTo(truth[i], 9));
    }
  });

  it('says that a parameter without an observation is not determined', () => {
    const squares = new LeastSquares(2);
    squares.derive(0, 1);
    squares.add(1, 1);
    expect(squares.solve()).toBe(false);
  });
});

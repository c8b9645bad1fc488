import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/math/create-random.ts';
import {
  convergenceFrame,
  fidelity,
  jitterPercent,
  jointErrors,
  jointNames,
  lagOf,
  rootAlignedErrors,
} from './judge-fit.ts';

type Point = [number, number, number];
function body(): Point[] {
  return jointNames.map((name, i) => [name.startsWith('left') ? 0.2 : -0.2, 1.5 - 0.1 * i, -2]);
}

describe('rootAlignedErrors', () => {
  it('is zero for the truth itself, wherever the body stands', () => {
    const moved = body().map(([x, y, z]): Point => [x + 1, y - 2, z - 3]);
    for (const error of rootAlignedErrors(moved, body())) expect(error).toBeCloseTo(0, 9);
  });

  it('is the distance of a displaced joint in centimetres, and zero for the others', () => {
    const solved = body();
    const wrist = jointNames.indexOf('leftWrist');
    solved[wrist] = [solved[wrist][0] + 0.03, solved[wrist][1], solved[wrist][2] - 0.04];
    rootAlignedErrors(solved, body()).forEach((error, i) => expect(error).toBeCloseTo(i === wrist ? 5 : 0, 9));
  });

  it('gives all joints half of the displacement of one hip', () => {
    const solved = body();
    const hip = jointNames.indexOf('rightHip');
    solved[hip] = [solved[hip][0] + 0.02, solved[hip][1], solved[hip][2]];
    for (const error of rootAlignedErrors(solved, body())) expect(error).toBeCloseTo(1, 9);
  });
});

describe('jointErrors', () => {
  it('counts the frames from the given frame on in which a person was found', () => {
    const solved = [body(), body(), null, body()];
    expect(
      jointErrors(
        solved,
        solved.map(() => body()),
        1,
      ),
    ).toHaveLength(2 * jointNames.length);
  });
});

describe('fidelity', () => {
  it('is mean and fifth percentile', () => {
    expect(fidelity(Array.from({ length: 101 }, (_, i) => i / 100))).toEqual({
      mean: expect.closeTo(0.5, 9),
      p5: expect.closeTo(0.05, 9),
    });
  });
});

describe('convergenceFrame', () => {
  it('is the first frame from which on every measure stays within half a centimetre of its last value', () => {
    const chest = [80, 95.2, 96, 99.9, 100, 100.3];
    expect(convergenceFrame(chest.map((cm) => ({ chest: cm, arm: 60 })))).toBe(3);
    expect(convergenceFrame(chest.map((cm) => ({ chest: 60, arm: cm })))).toBe(3);
  });

  it('comes after the last frame in which a measure differed', () => {
    expect(convergenceFrame([100, 100, 99, 100].map((cm) => ({ chest: cm })))).toBe(3);
  });

  it('is 0 if nothing changed, and the number of frames if no person was found in the last', () => {
    expect(convergenceFrame([{ chest: 1 }, { chest: 1 }])).toBe(0);
    expect(convergenceFrame([{ chest: 1 }, null])).toBe(2);
    expect(convergenceFrame([null, { chest: 1 }])).toBe(1);
  });
});

describe('jitterPercent', () => {
  it('joins the deviations along both axes and divides by the width', () => {
    const points = [
      [3, 0],
      [-3, 0],
      [3, 8],
      [-3, 8],
    ] as const;
    expect(jitterPercent(points, 100)).toBeCloseTo(5, 9);
    expect(jitterPercent(points, 50)).toBeCloseTo(10, 9);
    expect(
      jitterPercent(
        [
          [7, 7],
          [7, 7],
        ],
        100,
      ),
    ).toBe(0);
  });
});

describe('lagOf', () => {
  const stepMs = 1000 / 15;
  const course = (delayMs: number, count = 60): number[] =>
    Array.from({ length: count }, (_, i) => Math.cos((2 * Math.PI * (i * stepMs - delayMs)) / 5000));

  for (const delayMs of [0, 20, 80, 133, 250, -50]) {
    it(`finds ${delayMs} ms between samples ${Math.round(stepMs)} ms apart, whatever the scale`, () => {
      expect(
        Math.abs(
          lagOf(
            course(delayMs).map((x) => 3 * x + 7),
            course(0),
            stepMs,
          ) - delayMs,
        ),
      ).toBeLessThan(2.5);
    });
  }

  it('finds 80 ms under noise of a hundredth (seed 3)', () => {
    const random = createRandom(3);
    expect(
      Math.abs(
        lagOf(
          course(80).map((x) => x + 0.02 * (random() - 0.5)),
          course(0),
          stepMs,
        ) - 80,
      ),
    ).toBeLessThan(8);
  });
});

import { describe, expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { measureBody } from '../../tools/mannequin/measure-body.ts';
import { drawShape } from '../mannequin/draw-shape.ts';
import { MORPH_COUNT, morphIndex } from '../mannequin/mannequin.ts';
import { population } from '../mannequin/population.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { createRandom } from '../math/create-random.ts';
import type { PersonMask } from '../tracking/tracker.ts';
import type { PosedBody } from './body.ts';
import { type BodySolver, createBodySolver } from './create-body-solver.ts';
import { createPosedBody } from './create-posed-body.ts';
import { type StandingPerson, trackStandingPerson } from './learn-shape.test-helper.ts';

const mannequin = await committedMannequin();
const target = createMannequinShape(mannequin);
/** Solver of all photos: to create one takes as long as to solve a photo. */
const photoSolver = createBodySolver(mannequin);

/** Stature and girths of a body, centimetres. */
function measure(weights: ArrayLike<number>) {
  const measures = measureBody(mannequin, shapeMannequin(mannequin, weights, target));
  const cm = (metres = Number.NaN): number => 100 * metres;
  return {
    stature: cm(measures.stature),
    chest: cm(measures.chestcircumference),
    waist: cm(measures.waistcircumference),
    hip: cm(measures.buttockcircumference),
  };
}

/** Solves one frame, a photo, and returns the morph weights found. */
function solvePhoto(person: StandingPerson, stature: number | null): Float32Array {
  photoSolver.reset();
  photoSolver.setStature(stature);
  const body = createPosedBody();
  photoSolver.solve(trackStandingPerson(mannequin, person), body, true);
  expect(body.found).toBe(true);
  return body.shape;
}

/** Solves one frame, a photo, and returns the measures found. */
function measurePhoto(person: StandingPerson, stature: number | null) {
  return measure(solvePhoto(person, stature));
}

/** Draws random bodies of both sexes. */
function drawBodies(seed: number, count: number): Float32Array[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, i) =>
    drawShape(i % 2 === 0 ? population.female : population.male, random, new Float32Array(MORPH_COUNT)),
  );
}

/** Returns the median of the absolute errors of each girth, centimetres, over people whose stature is stated. */
function medianErrors(bodies: readonly Float32Array[], scene: Omit<StandingPerson, 'weights'>) {
  const errors = bodies.map((weights) => {
    const truth = measure(weights);
    const found = measurePhoto({ ...scene, weights }, truth.stature);
    return (['chest', 'waist', 'hip'] as const).map((name) => Math.abs(found[name] - truth[name]));
  });
  const medianOf = (girth: number): number =>
    errors.map((error) => error[girth]).toSorted((a, b) => a - b)[errors.length >> 1];
  return { chest: medianOf(0), waist: medianOf(1), hip: medianOf(2) };
}

describe('one photo', () => {
  it('shows the girths of random bodies whose arms are held away (seed 1)', () => {
    const { chest, waist, hip } = medianErrors(drawBodies(1, 24), { armAngle: 0.2 });
    expect(chest).toBeLessThan(4);
    expect(waist).toBeLessThan(3.5);
    expect(hip).toBeLessThan(3.5);
  });

  it('shows them where arms hang at the trunk (seed 2)', () => {
    const { chest, waist, hip } = medianErrors(drawBodies(2, 24), { armAngle: 0.68 });
    expect(chest).toBeLessThan(8);
    expect(waist).toBeLessThan(5);
    expect(hip).toBeLessThan(5);
  });

  it('shows them of a half body, cut off above the knees (seed 3)', () => {
    const { waist, hip } = medianErrors(drawBodies(3, 24), { armAngle: 0.3, cameraHeight: 1.2, distance: 1.5 });
    expect(waist).toBeLessThan(5);
    expect(hip).toBeLessThan(5);
  });

  it('tells a thin body from a heavy one, without a stature', () => {
    const thin = population.female.mean.slice();
    const heavy = thin.slice();
    for (let m = morphIndex.chest; m <= morphIndex.neck; m++) {
      thin[m] -= 1;
      heavy[m] += 1;
    }
    for (const weights of [thin, heavy]) {
      const truth = measure(weights);
      const found = measurePhoto({ weights, armAngle: 0.3 }, null);
      expect(Math.abs(found.waist / truth.waist - 1)).toBeLessThan(0.1);
    }
  });

  it('shows a trunk whose waist is higher than that of the mannequin', () => {
    const weights = population.female.mean.slice();
    weights[morphIndex.ribBreadth] = -2;
    weights[morphIndex.pelvisBreadth] = 2;
    const found = solvePhoto({ weights, armAngle: 0.2 }, measure(weights).stature);
    expect(found[morphIndex.ribBreadth]).toBeLessThan(-1);
    expect(found[morphIndex.pelvisBreadth]).toBeGreaterThan(1);
  });

  it('keeps to the stature that is stated', () => {
    for (const stature of [155, 185]) {
      const found = measurePhoto({ weights: population.female.mean, armAngle: 0.3 }, stature);
      expect(Math.abs(found.stature - stature)).toBeLessThan(2);
    }
  });
});

/** Widens a silhouette between two heights over the picture's middle, metres, as a loose shirt does. */
function widen(metres: number, top: number, bottom: number) {
  return ({ width, height, data }: PersonMask, pixelsPerMetre: number): void => {
    const by = Math.round(metres * pixelsPerMetre);
    for (let row = 0; row < height; row++) {
      const y = (height / 2 - row) / pixelsPerMetre;
      if (y > top || y < bottom) continue;
      const old = data.slice(row * width, (row + 1) * width);
      for (let column = 0; column < width; column++) {
        for (let shift = -by; shift <= by; shift++) {
          const coverage = old[column + shift] ?? 0;
          if (coverage > data[row * width + column]) data[row * width + column] = coverage;
        }
      }
    }
  };
}

it('takes a wide shirt over a waist for cloth, not for the body', () => {
  const weights = population.female.mean;
  const truth = measure(weights);
  const scene = { weights, armAngle: 0, changeMask: widen(0.06, 0.28, 0.02) };
  const found = measurePhoto(scene, truth.stature);
  // 12 cm of breadth would be 30 cm of girth.
  expect(found.waist - truth.waist).toBeLessThan(8);
});

it('takes what is wide from the shoulders to the shins for cloth, not for the body', () => {
  const [thin, average] = [-1, 0].map((girth) => {
    const weights = population.female.mean.slice();
    for (let m = morphIndex.chest; m <= morphIndex.neck; m++) weights[m] += girth;
    const truth = measure(weights);
    // 9 cm of breadth would be 23 cm of girth.
    const found = measurePhoto({ weights, armAngle: 0, changeMask: widen(0.045, 0.42, -0.7) }, truth.stature);
    return found.waist - truth.waist;
  });
  expect(thin).toBeLessThan(15);
  expect(Math.abs(average)).toBeLessThan(5);
});

it('does not take the inner side of a thigh for the outline, where the gap between the thighs is off the middle', () => {
  const weights = population.female.mean;
  const shiftGap = ({ width, height, data }: PersonMask, pixelsPerMetre: number): void => {
    const columnAt = (metres: number): number => Math.round(width / 2 + metres * pixelsPerMetre);
    // From the crotch down: the camera is 0.9 m high, 4 cm over the hip joints.
    for (let row = Math.round(height / 2 + 0.09 * pixelsPerMetre); row < height; row++) {
      data.fill(255, row * width + columnAt(-0.06), row * width + columnAt(0.02));
      data.fill(0, row * width + columnAt(0.02), row * width + columnAt(0.05));
    }
  };
  const { stature } = measure(weights);
  const plain = measurePhoto({ weights, armAngle: 0.2 }, stature);
  const found = measurePhoto({ weights, armAngle: 0.2, changeMask: shiftGap }, stature);
  expect(Math.abs(found.waist - plain.waist)).toBeLessThan(1);
  expect(Math.abs(found.hip - plain.hip)).toBeLessThan(1);
});

/**
 * Moves a silhouette by 2 cm to the right, and joins what is right of it to it between two heights over the picture's
 * middle, metres, as a curtain or another person does.
 */
function shiftBesideCurtain(top: number, bottom: number) {
  return ({ width, height, data }: PersonMask, pixelsPerMetre: number): void => {
    const by = Math.round(0.02 * pixelsPerMetre);
    for (let row = 0; row < height; row++) {
      data.copyWithin(row * width + by, row * width, (row + 1) * width - by);
      const y = (height / 2 - row) / pixelsPerMetre;
      if (y < top && y > bottom) data.fill(255, row * width + Math.round(width / 2), (row + 1) * width);
    }
  };
}

it('measures one side of a waist from the middle that the levels with both sides show, not from that of the pose', () => {
  const weights = population.female.mean;
  const { stature } = measure(weights);
  const plain = measurePhoto({ weights, armAngle: 0.2 }, stature);
  const found = measurePhoto({ weights, armAngle: 0.2, changeMask: shiftBesideCurtain(0.28, 0.02) }, stature);
  expect(Math.abs(found.waist - plain.waist)).toBeLessThan(2);
});

it('expects the population before anything is seen, and again after it is reset', () => {
  const solver = createBodySolver(mannequin);
  const before = solver.shapeCovariance();
  const body = createPosedBody();
  solver.solve(trackStandingPerson(mannequin, { weights: population.male.mean, armAngle: 0.3 }), body, true);
  const learned = solver.shapeCovariance();
  for (let m = 0; m < MORPH_COUNT; m++)
    expect(learned[m * MORPH_COUNT + m]).toBeLessThan(before[m * MORPH_COUNT + m] * 1.001);
  solver.reset();
  const after = solver.shapeCovariance();
  for (let i = 0; i < before.length; i++) expect(after[i]).toBeCloseTo(before[i], 9);
});

it('finds the same body however often the stature is set, before the first frame and between frames', () => {
  const weights = population.female.mean.slice();
  weights[morphIndex.waist] += 1;
  const tracked = trackStandingPerson(mannequin, { weights, armAngle: 0.3 });
  const bodyOf = (prepare: (solver: BodySolver) => void, between: (solver: BodySolver) => void): PosedBody => {
    const solver = createBodySolver(mannequin);
    prepare(solver);
    const body = createPosedBody();
    for (const timeMs of [0, 40, 80]) {
      solver.solve(Object.assign(tracked, { timeMs }), body, true);
      between(solver);
    }
    return body;
  };
  const once = bodyOf(
    (solver) => solver.setStature(160),
    () => {},
  );
  const often = bodyOf(
    (solver) => {
      solver.setStature(185);
      solver.setStature(160);
      solver.reset();
    },
    (solver) => solver.setStature(160),
  );
  expect(often.positions).toEqual(once.positions);
  expect(often.shape).toEqual(once.shape);
});

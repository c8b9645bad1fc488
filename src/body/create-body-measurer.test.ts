import { describe, expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { measureBody } from '../../tools/mannequin/measure-body.ts';
import { drawPerson } from '../mannequin/draw-person.ts';
import { boneNames, MORPH_COUNT, morphIndex } from '../mannequin/mannequin.ts';
import { population } from '../mannequin/population.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import { createBodyMeasurer, createShapeMeasurer } from './create-body-measurer.ts';
import { createBodySolver } from './create-body-solver.ts';
import { createPosedBody } from './create-posed-body.ts';
import { describeBody } from './describe-body.ts';
import { estimateCamera } from './estimate-camera.ts';
import { type StandingPerson, trackStandingPerson } from './learn-shape.test-helper.ts';
import { measureLengths } from './measure-lengths.ts';
import { measureNames } from './measure-names.ts';

const mannequin = await committedMannequin();
const measureShape = createShapeMeasurer(mannequin);

/** Solves one frame, a photo of a person. */
function solvePhoto(person: StandingPerson, stature: number | null = null) {
  const solver = createBodySolver(mannequin);
  solver.setStature(stature);
  const body = createPosedBody();
  const measurer = createBodyMeasurer(mannequin, solver);
  const before = measurer.measure(body);
  solver.solve(trackStandingPerson(mannequin, person), body, true);
  return { body, measurer, before };
}

describe('measures of a shape', () => {
  it.each(['female-50', 'male-50', 'female-5', 'male-95'])('of %s are those of a tape round its skin', (preset) => {
    const weights = mannequin.presets[preset];
    const { cm } = measureShape(weights);
    const taped = measureBody(mannequin, shapeMannequin(mannequin, weights, createMannequinShape(mannequin)));
    expect(Math.abs(cm.waist - 100 * (taped.waistcircumference ?? 0))).toBeLessThan(0.5);
    expect(Math.abs(cm.hip - 100 * (taped.buttockcircumference ?? 0))).toBeLessThan(0.5);
    expect(Math.abs(cm.thigh - 100 * (taped.thighcircumference ?? 0))).toBeLessThan(0.5);
    expect(Math.abs(cm.neck - 100 * (taped.neckcircumference ?? 0))).toBeLessThan(1);
    expect(Math.abs(cm.chest - 100 * (taped.chestcircumference ?? 0))).toBeLessThan(1.5);
    expect(cm.underBust).toBeLessThan(cm.chest);
  });

  it('have slopes that predict what a small change of the shape does', () => {
    const weights = drawPerson(1);
    const { cm, slopes } = measureShape(weights);
    for (let m = 0; m < MORPH_COUNT; m++) {
      const changed = Float64Array.from(weights);
      changed[m] += 0.05;
      const now = measureShape(changed).cm;
      for (const name of measureNames) expect((now[name] - cm[name]) / 0.05).toBeCloseTo(slopes[name][m], 1);
    }
  });

  it('a morph of the arm changes its length by its cmPerUnit', () => {
    const shape = new Float32Array(MORPH_COUNT);
    const before = measureLengths(mannequin, shape);
    shape[morphIndex.lowerArmLength] = 0.5;
    const after = measureLengths(mannequin, shape);
    expect(after.arm - before.arm).toBeCloseTo(0.5 * mannequin.morphs[morphIndex.lowerArmLength].cmPerUnit, 3);
    expect(after.leg).toBe(before.leg);
  });
});

describe('measure() after a photo', () => {
  const weights = population.female.mean;

  it('gives every measure of a whole body, and none before the first solve', () => {
    const { body, measurer, before } = solvePhoto({ weights, armAngle: 0.3 });
    const measures = measurer.measure(body);
    for (const name of measureNames) {
      expect(before[name]).toBeNull();
      expect(measures[name]!.low).toBeLessThan(measures[name]!.cm);
      expect(measures[name]!.high).toBeGreaterThan(measures[name]!.cm);
    }
  });

  it('gives narrower intervals when the stature is stated', () => {
    const measureWith = (stature: number | null) => {
      const { body, measurer } = solvePhoto({ weights, armAngle: 0.3 }, stature);
      return measurer.measure(body);
    };
    const [stated, unknown] = [measureWith(165), measureWith(null)];
    const width = ({ low, high }: { low: number; high: number }): number => high - low;
    for (const name of ['waist', 'arm', 'leg'] as const)
      expect(width(stated[name]!)).toBeLessThan(width(unknown[name]!));
  });

  it('gives null for what the picture does not show: the legs of a half body', () => {
    const { body, measurer } = solvePhoto({ weights, armAngle: 0.3, cameraHeight: 1.3, distance: 0.8 }, 165);
    const measures = measurer.measure(body);
    for (const name of ['leg', 'lowerLegLength', 'thigh']) expect(measures[name], name).toBeNull();
    for (const name of ['chest', 'waist', 'neck']) expect(measures[name], name).not.toBeNull();
  });

  it('gives intervals that hold most true girths of random bodies, and are no wider than needed', () => {
    const scores = Array.from({ length: 10 }, (_, i) => {
      const shape = drawPerson(i + 1);
      const truth = measureShape(shape).cm;
      const { body, measurer } = solvePhoto({ weights: shape, armAngle: 0.3 });
      const measures = measurer.measure(body);
      return (['chest', 'waist', 'hip', 'thigh'] as const).map((name) => {
        const { cm, high } = measures[name]!;
        return (truth[name] - cm) / (high - cm);
      });
    }).flat();
    const share = scores.filter((score) => Math.abs(score) < 1).length / scores.length;
    expect(share).toBeGreaterThan(0.8);
    // The errors fill the intervals: a normal distribution's mean square is (1 / 1.645)² = 0.37.
    expect(scores.reduce((sum, score) => sum + score ** 2, 0) / scores.length).toBeGreaterThan(0.05);
  });
});

it('describeBody() copies a body into an object by names, and returns null when there is none', () => {
  const body = createPosedBody();
  const measurer = createBodyMeasurer(mannequin, createBodySolver(mannequin));
  expect(describeBody(body, measurer)).toBeNull();
  body.found = true;
  estimateCamera(640, 480, body.camera);
  body.positions.fill(1);
  const described = describeBody(body, measurer)!;
  body.positions.fill(2);
  body.camera.width = 1;
  expect(Object.keys(described.joints)).toEqual([...boneNames]);
  expect(described.joints.leftHand).toEqual([1, 1, 1]);
  expect(described.camera.width).toBe(640);
  expect(described.shape.arm).toBeGreaterThan(40);
  expect(described.shape.waist).toBeGreaterThan(60);
  // Before anything is seen, waists spread as the population's.
  expect(described.shapeSpread.waist).toBeGreaterThan(10);
});

it('assumes the same angle across the longer side of portrait and landscape pictures', () => {
  const camera = createPosedBody().camera;
  const portrait = estimateCamera(720, 1280, camera).fovYDegrees;
  const landscape = estimateCamera(1280, 720, camera).fovYDegrees;
  expect(portrait).toBeCloseTo(60);
  expect(halfHeightAtUnitDistance(landscape) / halfHeightAtUnitDistance(portrait)).toBeCloseTo(720 / 1280);
});

import { describe, expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { measureBody } from '../../tools/mannequin/measure-body.ts';
import { morphIndex } from '../mannequin/mannequin.ts';
import { population } from '../mannequin/population.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import type { PersonMask } from '../tracking/tracker.ts';
import { createBodySolver } from './create-body-solver.ts';
import { createPosedBody } from './create-posed-body.ts';
import { type StandingPerson, trackStandingPerson } from './learn-shape.test-helper.ts';

const mannequin = await committedMannequin();
const shaped = createMannequinShape(mannequin);

/** Waist girth of a shape, centimetres. */
function waistOf(weights: ArrayLike<number>): number {
  const { waistcircumference = Number.NaN } = measureBody(mannequin, shapeMannequin(mannequin, weights, shaped));
  return 100 * waistcircumference;
}

/** The body of a new shopper. `show` solves `count` frames of a person and returns how often they change the shape. */
function createShopper() {
  const solver = createBodySolver(mannequin);
  const body = createPosedBody();
  let timeMs = 0;
  function show(person: StandingPerson, count: number): number {
    const tracked = trackStandingPerson(mannequin, person);
    const before = body.shapeVersion;
    for (let frame = 0; frame < count; frame++)
      solver.solve(Object.assign(tracked, { timeMs: (timeMs += 33) }), body, true);
    return body.shapeVersion - before;
  }
  return { body, show };
}

/** Moves the left edges of a silhouette out by a pixel, as those of masks move from time to time. */
function widen({ width, height, data }: PersonMask): void {
  for (let i = 0; i < width * height - 1; i++) data[i] = Math.max(data[i], data[i + 1]);
}

/** A woman whose belly is deeper than her breadths suggest. */
const deep = Float32Array.from(population.female.mean);
deep[morphIndex.belly] += 1;
const front = { weights: population.female.mean, armAngle: 0.3 };

describe('a body shape that was learned for two seconds', () => {
  it('stays while masks are a pixel wider', () => {
    const { body, show } = createShopper();
    expect(show(front, 60)).toBeGreaterThan(0);
    const waist = waistOf(body.shape);
    expect(show({ ...front, changeMask: widen }, 60)).toBe(0);
    expect(waistOf(body.shape)).toBe(waist);
  });

  it('changes when the shopper turns and shows a depth that was not seen before', () => {
    const { body, show } = createShopper();
    show({ ...front, weights: deep }, 60);
    const before = waistOf(body.shape);
    show({ ...front, weights: deep, turn: Math.PI / 2 }, 15);
    const truth = waistOf(deep);
    expect(Math.abs(waistOf(body.shape) - truth)).toBeLessThan(0.75 * Math.abs(before - truth));
  });

  it('loses what first frames of another body taught', () => {
    const { body, show } = createShopper();
    const heavy = Float32Array.from(population.male.mean);
    for (let m = morphIndex.chest; m <= morphIndex.neck; m++) heavy[m] += 1;
    show({ ...front, weights: heavy }, 3);
    const wrong = waistOf(body.shape);
    show(front, 60);
    const truth = waistOf(front.weights);
    expect(Math.abs(waistOf(body.shape) - truth)).toBeLessThan(0.25 * Math.abs(wrong - truth));
  });
});

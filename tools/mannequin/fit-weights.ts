import { type Mannequin, MORPH_COUNT, morphIndex } from '../../src/mannequin/mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../../src/mannequin/shape-mannequin.ts';
import { measureBody } from './measure-body.ts';
import type { AnsurFigures, AnsurMeasure } from './tabulate.ts';

/** How much each measure counts: one for each morph fully, the others as tie-breakers. Centimetres are their common scale. */
const importance: Partial<Record<AnsurMeasure, number>> = {
  stature: 3,
  trochanterionheight: 0.5,
  acromialheight: 1,
  crotchheight: 1.5,
  kneeheightmidpatella: 1,
  acromionradialelength: 0.7,
  radialestylionlength: 1,
  sleeveoutseam: 1.5,
  bideltoidbreadth: 1.5,
  headcircumference: 1,
  neckcircumference: 1,
  chestcircumference: 2,
  chestdepth: 0.3,
  waistcircumference: 2,
  waistdepth: 0.7,
  waistbreadth: 0.4,
  buttockcircumference: 2,
  hipbreadth: 0.8,
  buttockdepth: 0.3,
  bicepscircumferenceflexed: 1,
  forearmcircumferenceflexed: 1,
  thighcircumference: 1,
  calfcircumference: 1,
};
const names = Object.keys(importance) as AnsurMeasure[];

/** Pull of every weight towards 0, in weighted centimetres for a weight of 1: decides where the measures leave a choice. */
const PULL = 0.12;
/** The bust keeps near the weight asked for. */
const PULL_OF_BUST = 4;

/** No body is further out than this along one morph; less of the bust, which a tape no longer feels once it is flat. */
const REACH = 2.5;
const FLATTEST_BUST = -1.1;

/**
 * Morph weights with which the mannequin has the wanted measures: Gauss–Newton on the measured mesh, six rounds.
 */
function pullOf(m: number): number {
  return (m === morphIndex.bust ? PULL_OF_BUST : PULL) ** 2;
}

export function fitWeights(mannequin: Mannequin, wanted: AnsurFigures, bust = 0): Float64Array {
  const shape = createMannequinShape(mannequin);
  const residuals = (weights: ArrayLike<number>): number[] => {
    const measured = measureBody(mannequin, shapeMannequin(mannequin, weights, shape));
    return names.map((name) => (measured[name]! - wanted[name]) * 100 * importance[name]!);
  };
  const weights = new Float64Array(MORPH_COUNT);
  for (let round = 0; round < 6; round++) {
    const r = residuals(weights);
    const jacobian = Array.from({ length: MORPH_COUNT }, (_, m) => {
      const changed = Float64Array.from(weights);
      changed[m]! += 0.3;
      return residuals(changed).map((c, i) => (c - r[i]!) / 0.3);
    });
    const a = jacobian.map((row, i) =>
      jacobian.map((other, j) => row.reduce((sum, c, k) => sum + c * other[k]!, 0) + (i === j ? pullOf(i) : 0)),
    );
    const b = jacobian.map(
      (row, i) =>
        -row.reduce((sum, c, k) => sum + c * r[k]!, 0) - pullOf(i) * (weights[i]! - (i === morphIndex.bust ? bust : 0)),
    );
    const step = solve(a, b);
    for (let m = 0; m < MORPH_COUNT; m++)
      weights[m] = Math.max(m === morphIndex.bust ? FLATTEST_BUST : -REACH, Math.min(REACH, weights[m]! + step[m]!));
  }
  return weights;
}

/** Gaussian elimination with pivots; a and b are used up. */
function solve(a: number[][], b: number[]): number[] {
  const n = b.length;
  for (let i = 0; i < n; i++) {
    let pivot = i;
    for (let j = i + 1; j < n; j++) if (Math.abs(a[j]![i]!) > Math.abs(a[pivot]![i]!)) pivot = j;
    [a[i], a[pivot]] = [a[pivot]!, a[i]!];
    [b[i], b[pivot]] = [b[pivot]!, b[i]!];
    for (let j = i + 1; j < n; j++) {
      const f = a[j]![i]! / a[i]![i]!;
      for (let k = i; k < n; k++) a[j]![k]! -= f * a[i]![k]!;
      b[j]! -= f * b[i]!;
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) b[i]! -= a[i]![k]! * b[k]!;
    b[i]! /= a[i]![i]!;
  }
  return b;
}

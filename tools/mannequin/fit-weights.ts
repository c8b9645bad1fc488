import { type Mannequin, MORPH_COUNT, morphIndex, morphNames } from '../../src/mannequin/mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../../src/mannequin/shape-mannequin.ts';
import { formMorphs } from './form-morphs.ts';
import { measureBody } from './measure-body.ts';
import { solveLinear } from './solve-linear.ts';
import type { AnsurFigures, AnsurMeasure } from './tabulate.ts';

/**
 * Factors on the errors (centimetres) with which `fitWeights` fits the mannequin to a person's measures, by the names
 * of ANSUR II's columns. Every morph has a measure with a factor of about 1 or more, which determines it; measures with
 * small factors decide where those leave a choice.
 */
export const importance: Partial<Record<AnsurMeasure, number>> = {
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

/**
 * Penalty on a morph weight of 1, in weighted centimetres: it decides where the measures leave a choice. The bust's is
 * on the difference from the given weight.
 */
const PENALTY = 0.12;
const BUST_PENALTY = 4;

/** Limits of the morph weights. Below the bust's, it is flat and its weight changes no girth. */
const MAX_WEIGHT = 2.5;
const MIN_BUST_WEIGHT = -1.1;

/** Gauss–Newton rounds. */
const ROUNDS = 6;
/** Change of a morph weight for the numerical derivatives. */
const DERIVATIVE_STEP = 0.3;

/**
 * Returns the morph weights, in the order of `morphNames`, with which the mannequin has the wanted measures (metres, by
 * the names of ANSUR II, the US Army's survey of bodies), by least squares: Gauss–Newton on measures of the mesh.
 * `bust`: weight near which the bust morph is held. The morphs of the form of shoulders and trunk (`formMorphs`), which
 * these measures do not determine, stay at 0. A weight has no unit: 1 is the morph's displacement.
 */
export function fitWeights(mannequin: Mannequin, wanted: AnsurFigures, bust = 0): Float64Array {
  const shape = createMannequinShape(mannequin);
  const measureErrors = (weights: ArrayLike<number>): number[] => {
    const measured = measureBody(mannequin, shapeMannequin(mannequin, weights, shape), false);
    return names.map((name) => (measured[name]! - wanted[name]) * 100 * importance[name]!);
  };
  const weights = new Float64Array(MORPH_COUNT);
  for (let round = 0; round < ROUNDS; round++) {
    const errors = measureErrors(weights);
    /** For each morph: derivatives of the errors. */
    const jacobian = morphNames.map((name, m) => {
      if (formMorphs.includes(name)) return errors.map(() => 0);
      const changed = Float64Array.from(weights);
      changed[m]! += DERIVATIVE_STEP;
      return measureErrors(changed).map((error, i) => (error - errors[i]!) / DERIVATIVE_STEP);
    });
    const matrix = jacobian.map((a, i) =>
      jacobian.map((b, j) => a.reduce((sum, c, k) => sum + c * b[k]!, 0) + (i === j ? squaredPenalty(i) : 0)),
    );
    const rightSide = jacobian.map(
      (a, i) =>
        -a.reduce((sum, c, k) => sum + c * errors[k]!, 0) -
        squaredPenalty(i) * (weights[i]! - (i === morphIndex.bust ? bust : 0)),
    );
    const step = solveLinear(matrix, rightSide);
    for (let m = 0; m < MORPH_COUNT; m++) {
      const min = m === morphIndex.bust ? MIN_BUST_WEIGHT : -MAX_WEIGHT;
      weights[m] = Math.max(min, Math.min(MAX_WEIGHT, weights[m]! + step[m]!));
    }
  }
  return weights;
}

/** Returns the squared penalty on the weight of a morph, by the morph's index. */
function squaredPenalty(morph: number): number {
  return (morph === morphIndex.bust ? BUST_PENALTY : PENALTY) ** 2;
}

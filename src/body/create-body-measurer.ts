/**
 * Measures of a shopper in centimetres, and how certain they are.
 *
 * 1. Measure the mannequin in the shopper's shape (its morph weights): girths by tape (`measureGirth`), lengths between
 *    joints (`measureLengths`), with their slopes g by the morph weights. Both are kept until the shape changes.
 * 2. The standard deviation of a measure is √(gᵀ·C·g + f²), where C is the covariance of the morph weights and f the
 *    error of the mannequin's form.
 * 3. `measure` gives 90 % intervals; null for what was not seen, or was not seen well enough to be more certain than
 *    what is known of people in general.
 */
import { type Mannequin, MORPH_COUNT } from '../mannequin/mannequin.ts';
import { population } from '../mannequin/population.ts';
import type { PosedBody } from './body.ts';
import { createGirthTapes, measureGirth } from './create-girth-tapes.ts';
import { girthNames } from './girth-levels.ts';
import { measureLengths } from './measure-lengths.ts';
import { lengthNames, type MeasureName, measureNames } from './measure-names.ts';

/** One measure of a shopper. */
export interface Measurement {
  /** Estimate, centimetres. */
  cm: number;
  /** Lower end of the 90 % interval, centimetres. */
  low: number;
  /** Upper end of the 90 % interval, centimetres. */
  high: number;
}

/** Name of a measure → measurement; null for a measure that is not known. */
export type Measurements = Record<string, Measurement | null>;

/** Half of a 90 % interval of a normal distribution, standard deviations. */
const HALF_INTERVAL = 1.645;
/**
 * Standard deviation of a measure of people whom the mannequin fits as well as it can, as a share of the measure: its
 * sections and joints are not everybody's. With it 83 % of the girths of another maker's bodies are in their 90 %
 * intervals (`npm run bench -- fit --only strangers`).
 */
const FORM_ERROR = { girth: 0.03, length: 0.02 };
/** A measure is known if its standard deviation is smaller than this share of the population's. */
const KNOWN_SHARE = 0.9;
/** Measures that are seen if these others are; each of the rest is seen by itself. */
const partsOf: Partial<Record<MeasureName, readonly MeasureName[]>> = {
  arm: ['upperArmLength', 'lowerArmLength'],
  leg: ['upperLegLength', 'lowerLegLength'],
};

/** What is known of the shape of a shopper (a `BodySolver`). */
export interface KnownShape {
  /** Returns the covariance of the morph weights, MORPH_COUNT × MORPH_COUNT, row after row. */
  shapeCovariance(): ArrayLike<number>;
  /** Returns whether the part of the body was seen where a measure is taken. */
  hasSeen(name: MeasureName): boolean;
}

/** Measures one shopper. `body`: the posed body of a frame, of which the morph weights count, not the pose. */
export interface BodyMeasurer {
  /** Returns all measures of the body's shape, centimetres. */
  shape(body: PosedBody): Record<MeasureName, number>;
  /** Returns their standard deviations, centimetres. */
  spread(body: PosedBody): Record<MeasureName, number>;
  /** Returns the measures with their 90 % intervals; null for those that are not known. */
  measure(body: PosedBody): Measurements;
}

/** Measures of one shape, centimetres, and their slopes, centimetres to a morph weight of 1 (MORPH_COUNT). */
interface ShapeMeasures {
  cm: Record<MeasureName, number>;
  slopes: Record<MeasureName, Float64Array>;
}

/** Returns the covariance of the morph weights of all people: the spread within each sex, and between the sexes. */
function populationCovariance(): Float64Array {
  const people = [population.female, population.male];
  const covariance = new Float64Array(MORPH_COUNT * MORPH_COUNT);
  const mean = Array.from({ length: MORPH_COUNT }, (_, m) =>
    people.reduce((sum, { share, mean: own }) => sum + share * own[m], 0),
  );
  for (const { share, mean: own, covariance: within } of people) {
    for (let i = 0; i < covariance.length; i++) {
      const row = Math.floor(i / MORPH_COUNT);
      const column = i % MORPH_COUNT;
      covariance[i] += share * (within[i] + (own[row] - mean[row]) * (own[column] - mean[column]));
    }
  }
  return covariance;
}

/**
 * Returns the standard deviation, centimetres, of a measure from its slopes by the morph weights and their covariance.
 */
function deviation(slopes: Float64Array, covariance: ArrayLike<number>): number {
  let variance = 0;
  for (let i = 0; i < MORPH_COUNT; i++)
    for (let j = 0; j < MORPH_COUNT; j++) variance += slopes[i] * covariance[i * MORPH_COUNT + j] * slopes[j];
  return Math.sqrt(variance);
}

/** Returns a function that measures the mannequin in a shape, given as morph weights (MORPH_COUNT). */
export function createShapeMeasurer(mannequin: Mannequin): (shape: ArrayLike<number>) => ShapeMeasures {
  const tapes = createGirthTapes(mannequin);
  return (shape) => {
    const cm = {} as ShapeMeasures['cm'];
    const slopes = {} as ShapeMeasures['slopes'];
    for (const name of girthNames) {
      const metres = new Float64Array(MORPH_COUNT);
      cm[name] = 100 * measureGirth(tapes[name], shape, metres);
      slopes[name] = metres.map((slope) => 100 * slope);
    }
    const lengths = measureLengths(mannequin, shape);
    Object.assign(cm, lengths);
    for (const name of lengthNames) slopes[name] = new Float64Array(MORPH_COUNT);
    const changed = Float64Array.from(shape);
    for (let m = 0; m < MORPH_COUNT; m++) {
      changed[m] += 1;
      const longer = measureLengths(mannequin, changed);
      for (const name of lengthNames) slopes[name][m] = longer[name] - lengths[name];
      changed[m] -= 1;
    }
    return { cm, slopes };
  };
}

/** Creates a measurer of the bodies that were solved with `mannequin` (the body model); `known`: the solver. */
export function createBodyMeasurer(mannequin: Mannequin, known: KnownShape): BodyMeasurer {
  const measureShape = createShapeMeasurer(mannequin);
  const everybody = populationCovariance();
  let measures: ShapeMeasures | null = null;
  let shapeVersion = 0;

  function measuresOf(body: PosedBody): ShapeMeasures {
    if (measures === null || body.shapeVersion !== shapeVersion) measures = measureShape(body.shape);
    shapeVersion = body.shapeVersion;
    return measures;
  }

  const measurer: BodyMeasurer = {
    shape: (body) => ({ ...measuresOf(body).cm }),
    spread(body) {
      const { cm, slopes } = measuresOf(body);
      const covariance = known.shapeCovariance();
      const spread = {} as Record<MeasureName, number>;
      for (const name of girthNames)
        spread[name] = Math.hypot(deviation(slopes[name], covariance), FORM_ERROR.girth * cm[name]);
      for (const name of lengthNames)
        spread[name] = Math.hypot(deviation(slopes[name], covariance), FORM_ERROR.length * cm[name]);
      return spread;
    },
    measure(body) {
      const { cm, slopes } = measuresOf(body);
      const spread = measurer.spread(body);
      const measurements: Measurements = {};
      for (const name of measureNames) {
        const isSeen = body.shapeVersion > 0 && (partsOf[name] ?? [name]).every((part) => known.hasSeen(part));
        const isKnown = isSeen && spread[name] < KNOWN_SHARE * deviation(slopes[name], everybody);
        const half = HALF_INTERVAL * spread[name];
        measurements[name] = isKnown ? { cm: cm[name], low: cm[name] - half, high: cm[name] + half } : null;
      }
      return measurements;
    },
  };
  return measurer;
}

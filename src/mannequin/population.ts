import type { ShapeDistribution } from './draw-shape.ts';
import { MORPH_COUNT } from './mannequin.ts';
import { populationTable } from './population-table.ts';

/** The bodies of one sex, and the share of that sex among people. */
export interface PopulationComponent extends ShapeDistribution {
  /** 0..1. The shares of all components add up to 1. */
  share: number;
}

/**
 * The bodies of adults, before anything of a person is seen: a mixture of two normal distributions of morph weights
 * (units of the morphs, in the order of `morphNames`), women's and men's. Means, lengths and breadths are those of the
 * ANSUR II survey of soldiers. The girths' spread is wider than soldiers', since civilians are thinner and heavier:
 * waist girths have a standard deviation of 14.5 cm. The form of shoulders and trunk, which the survey does not
 * tell, is independent of the rest. `population-table.ts` holds the figures.
 */
export const population: Record<'female' | 'male', PopulationComponent> = {
  female: readComponent(populationTable.female),
  male: readComponent(populationTable.male),
};

/** Writes the lower triangle of a covariance out as a full matrix. */
function readComponent(table: (typeof populationTable)['female' | 'male']): PopulationComponent {
  const covariance = new Float32Array(MORPH_COUNT * MORPH_COUNT);
  for (let row = 0, i = 0; row < MORPH_COUNT; row++) {
    for (let column = 0; column <= row; column++, i++) {
      covariance[row * MORPH_COUNT + column] = covariance[column * MORPH_COUNT + row] = table.covariance[i];
    }
  }
  return { share: 0.5, mean: Float32Array.from(table.mean), covariance };
}

import type { Measures } from './pattern.ts';

/**
 * Returns the table of sizes that a grading makes: of `names` (ascending), `baseSize` has the measures of `base`, and
 * from each size to the next a measure grows by that of `grading`; all metres.
 */
export function sizeTable<M extends Record<keyof M, number>>(
  names: readonly string[],
  baseSize: string,
  base: M,
  grading: M,
): Record<string, Measures & M> {
  return Object.fromEntries(
    names.map((size) => {
      const steps = names.indexOf(size) - names.indexOf(baseSize);
      const measures = { ...base };
      for (const key of Object.keys(grading) as (keyof M)[])
        measures[key] = (measures[key] + steps * grading[key]) as M[keyof M];
      return [size, measures as Measures & M];
    }),
  );
}

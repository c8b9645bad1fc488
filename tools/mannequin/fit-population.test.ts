import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawShape } from '../../src/mannequin/draw-shape.ts';
import { MORPH_COUNT, morphIndex, morphNames } from '../../src/mannequin/mannequin.ts';
import { population } from '../../src/mannequin/population.ts';
import { createRandom } from '../../src/math/create-random.ts';
import { ansurTable } from './ansur-table.ts';
import { committedMannequin } from './committed-mannequin.ts';
import { createMeasure, fitPopulation, fittedMeasures } from './fit-population.ts';
import { readAnsur } from './read-ansur.ts';
import type { AnsurMeasure } from './tabulate.ts';

const folder = `${process.env.FITTING_DATA ?? '../shared/data'}/anthropometry`;
const mannequin = await committedMannequin();
const measure = createMeasure(mannequin);
const sexes = ['female', 'male'] as const;
/** Number of bodies whose measures are compared with the survey's. */
const BODIES = 60;

function indexOf(name: AnsurMeasure): number {
  return fittedMeasures.indexOf(name);
}

describe('the committed population', () => {
  it.skipIf(!existsSync(folder)).each(sexes)(
    'holds what the records of ANSUR II give for %s (skipped without FITTING_DATA)',
    async (sex) => {
      const records = await readAnsur(`${folder}/ANSUR_II_${sex.toUpperCase()}_Public.csv.gz`);
      const fitted = fitPopulation(mannequin, sex, records);
      const { mean, covariance } = population[sex];
      for (let m = 0; m < MORPH_COUNT; m++) {
        expect(mean[m], morphNames[m]).toBeCloseTo(fitted.mean[m]!, 3);
        for (let n = 0; n < MORPH_COUNT; n++)
          expect(covariance[m * MORPH_COUNT + n]).toBeCloseTo(fitted.covariance[m]![n]!, 3);
      }
      // Drawn without the widening, bodies vary as the people do: of 60 a standard deviation is within 9 %, twice that
      // in one of twenty.
      const random = createRandom(1);
      const soldiers = { mean, covariance: Float32Array.from(fitted.soldiers.flat()) };
      const bodies = Array.from({ length: BODIES }, () =>
        measure(drawShape(soldiers, random, new Float32Array(MORPH_COUNT))),
      );
      for (const name of ['stature', 'chestcircumference', 'waistcircumference', 'buttockcircumference'] as const) {
        const values = bodies.map((body) => body[indexOf(name)]!);
        const average = values.reduce((sum, value) => sum + value, 0) / BODIES;
        const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - average) ** 2, 0) / BODIES);
        const wanted = fitted.measureSd[indexOf(name)]!;
        expect(Math.abs(average - fitted.measureMean[indexOf(name)]!), name).toBeLessThan(0.4 * wanted);
        expect(sd / wanted, name).toBeGreaterThan(0.75);
        expect(sd / wanted, name).toBeLessThan(1.25);
      }
    },
  );

  it.each(sexes)('has as its mean the person of the survey’s mean measures, near the preset %s-50', (sex) => {
    const mean = measure(population[sex].mean);
    for (const name of ['stature', 'chestcircumference', 'waistcircumference', 'buttockcircumference'] as const)
      expect(Math.abs(mean[indexOf(name)]! - ansurTable[sex][50][name]), name).toBeLessThan(0.01);
    const preset = mannequin.presets[`${sex}-50`]!;
    for (let m = 0; m < MORPH_COUNT; m++)
      expect(Math.abs(population[sex].mean[m]! - preset[m]!), morphNames[m]).toBeLessThan(0.1);
  });

  it('holds waists of 57 and 115 cm 2 standard deviations from the mean woman’s, along the way that waists vary', () => {
    const { mean, covariance } = population.female;
    const waistOf = (weights: ArrayLike<number>): number => measure(weights)[indexOf('waistcircumference')]!;
    const slopes = morphNames.map((_, m) => {
      const [less, more] = [-0.5, 0.5].map((step) =>
        waistOf(mean.map((weight, n) => (n === m ? weight + step : weight))),
      );
      return more! - less!;
    });
    const withWaist = slopes.map((_, m) =>
      slopes.reduce((sum, slope, n) => sum + covariance[m * MORPH_COUNT + n]! * slope, 0),
    );
    const sd = Math.sqrt(withWaist.reduce((sum, value, m) => sum + value * slopes[m]!, 0));
    const along = (sds: number) => mean.map((weight, m) => weight + (sds * withWaist[m]!) / sd);
    expect(waistOf(along(-2))).toBeGreaterThan(0.55);
    expect(waistOf(along(-2))).toBeLessThan(0.6);
    expect(waistOf(along(2))).toBeGreaterThan(1.12);
    expect(waistOf(along(2))).toBeLessThan(1.18);
    // Thin and heavy women differ little in height, but in all girths.
    expect(along(2)[morphIndex.thigh]! - along(-2)[morphIndex.thigh]!).toBeGreaterThan(1);
    expect(Math.abs(along(2)[morphIndex.lowerLegLength]! - along(-2)[morphIndex.lowerLegLength]!)).toBeLessThan(0.6);
  });
});

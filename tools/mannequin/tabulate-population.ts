/**
 * Computes the population of the mannequin's morph weights from the records of ANSUR II, the US Army's survey of
 * bodies, and writes src/mannequin/population-table.ts. It holds means and covariances, never a record. Then it draws
 * bodies from what it wrote and prints their measures beside the survey's.
 *
 *   node tools/run.mjs tools/mannequin/tabulate-population.ts [BODIES]   (number of drawn bodies, default 200)
 *   FITTING_DATA: folder of the data, default ../shared/data
 */
import { writeFile } from 'node:fs/promises';
import { drawShape } from '../../src/mannequin/draw-shape.ts';
import { MORPH_COUNT, morphNames } from '../../src/mannequin/mannequin.ts';
import { createRandom } from '../../src/math/create-random.ts';
import { committedMannequin } from './committed-mannequin.ts';
import { createMeasure, type FittedPopulation, fitPopulation, fittedMeasures } from './fit-population.ts';
import { readAnsur } from './read-ansur.ts';

const bodies = Number(process.argv[2] ?? 200);
const folder = `${process.env.FITTING_DATA ?? '../shared/data'}/anthropometry`;
const mannequin = await committedMannequin();
const sexes = {
  female: fitPopulation(mannequin, 'female', await readAnsur(`${folder}/ANSUR_II_FEMALE_Public.csv.gz`)),
  male: fitPopulation(mannequin, 'male', await readAnsur(`${folder}/ANSUR_II_MALE_Public.csv.gz`)),
};

/** Returns what the table holds of one sex: means, and the lower triangle of the covariance, row by row. */
function tableOf({ mean, covariance }: FittedPopulation): { mean: number[]; covariance: number[] } {
  const round = (value: number): number => Number(value.toFixed(4));
  return {
    mean: mean.map(round),
    covariance: covariance.flatMap((row, m) => row.slice(0, m + 1).map(round)),
  };
}

await writeFile(
  'src/mannequin/population-table.ts',
  `/**
 * Means and covariances of the mannequin's morph weights, in the order of \`morphNames\`, written by
 * tools/mannequin/tabulate-population.ts from the ANSUR II survey (US Army, public release). \`covariance\`: the lower
 * triangle, row by row.
 */
export const populationTable = ${JSON.stringify({ female: tableOf(sexes.female), male: tableOf(sexes.male) }, null, 2).replaceAll('"', '')};
`,
);

const measure = createMeasure(mannequin);
for (const [sex, people] of Object.entries(sexes)) {
  const preset = mannequin.presets[`${sex}-50`]!;
  console.log(`\n${sex}: mean weight ± standard deviation (soldiers'), and preset ${sex}-50`);
  for (const [m, name] of morphNames.entries()) {
    const sd = Math.sqrt(people.covariance[m]![m]!).toFixed(2);
    const soldiersSd = Math.sqrt(people.soldiers[m]![m]!).toFixed(2);
    console.log(`${name.padEnd(28)}${people.mean[m]!.toFixed(2)} ± ${sd} (${soldiersSd}), ${preset[m]!.toFixed(2)}`);
  }
  const drawn = [people.soldiers, people.covariance].map((covariance) => {
    const random = createRandom(1);
    const distribution = { mean: Float32Array.from(people.mean), covariance: Float32Array.from(covariance.flat()) };
    return Array.from({ length: bodies }, () =>
      measure(drawShape(distribution, random, new Float32Array(MORPH_COUNT))),
    );
  });
  // Where a fat arm touches the trunk, its girth includes the trunk's.
  console.log(`\n${sex}, cm: mean ± SD of the survey, of ${bodies} bodies before widening, and after`);
  for (const [i, name] of fittedMeasures.entries()) {
    const cells = drawn.map((rows) => {
      const values = rows.map((row) => row[i]!);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
      return `${(mean * 100).toFixed(1)} ± ${(sd * 100).toFixed(1)}`.padEnd(16);
    });
    const survey = `${(people.measureMean[i]! * 100).toFixed(1)} ± ${(people.measureSd[i]! * 100).toFixed(1)}`;
    console.log(name.padEnd(28) + survey.padEnd(16) + cells.join(''));
  }
}

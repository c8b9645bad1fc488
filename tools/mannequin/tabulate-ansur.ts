/**
 * Boils ANSUR II down to the figures that the mannequin needs and writes ansur-table.ts. Figures only, never records.
 * Usage: node tools/run.mjs tools/mannequin/tabulate-ansur.ts   (data: FITTING_DATA, default ../shared/data)
 */
import { writeFile } from 'node:fs/promises';
import { readAnsur } from './read-ansur.ts';
import { tabulate } from './tabulate.ts';

const folder = `${process.env.FITTING_DATA ?? '../shared/data'}/anthropometry`;
const table = {
  female: tabulate(await readAnsur(`${folder}/ANSUR_II_FEMALE_Public.csv.gz`)),
  male: tabulate(await readAnsur(`${folder}/ANSUR_II_MALE_Public.csv.gz`)),
};
await writeFile(
  'tools/mannequin/ansur-table.ts',
  `/**
 * Figures of ANSUR II (US Army, public release), metres, made by tabulate-ansur.ts: \`5\` and \`95\` percentiles and the mean
 * (\`50\`). Heights and lengths at 5 and 95 are those expected (linear regression) at that percentile of stature, so that they
 * add up to one person; girths, breadths and depths are each their own percentile.
 */
export const ansurTable = ${JSON.stringify(table, null, 2).replaceAll('"', '')} as const;
`,
);

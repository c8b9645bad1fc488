/**
 * Computes the figures that the mannequin needs from the records of ANSUR II, the US Army's survey of bodies, and
 * writes ansur-table.ts. It holds means, percentiles and regressions, never a record.
 *
 *   node tools/run.mjs tools/mannequin/tabulate-ansur.ts   (FITTING_DATA: folder of the data, default ../shared/data)
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
 * Figures of ANSUR II (US Army, public release), metres, written by tabulate-ansur.ts: 5th and 95th percentile and mean
 * (\`50\`). Heights and lengths at a percentile are those expected at that percentile of stature (linear regression),
 * so that they add up to one person; girths, breadths and depths are each at their own percentile.
 */
export const ansurTable = ${JSON.stringify(table, null, 2).replaceAll('"', '')} as const;
`,
);

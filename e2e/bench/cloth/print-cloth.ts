// Prints the tables of `npm run bench -- cloth`. `ClothFigures` says what each figure is.
import { printTable } from '../print-table.ts';
import type { ClothFigures, WorstFrame } from './cloth-figures.ts';
import type { ClothReport } from './cloth-report.ts';

/** Columns: title and value. */
const columns: readonly [title: string, value: (figures: ClothFigures) => string][] = [
  ['ms', ({ msMedian }) => msMedian.toFixed(2)],
  ['p95', ({ msP95 }) => msP95.toFixed(2)],
  ['particles', ({ particles }) => String(particles)],
  ['stretch %', ({ maxStretchPct }) => maxStretchPct.toFixed(1)],
  ['longest', ({ longestPct }) => longestPct.toFixed(0)],
  ['poke %', ({ pokeThroughPct }) => pokeThroughPct.toFixed(3)],
  ['worst', ({ worstPokePct }) => worstPokePct.toFixed(2)],
  ['layers %', ({ layerPokePct }) => layerPokePct?.toFixed(2) ?? '–'],
  ['growth', ({ energyGrowth }) => energyGrowth?.toFixed(4) ?? '–'],
  ['jitter %', ({ stillJitterPct }) => stillJitterPct.toFixed(4)],
  ['settle ms', ({ settleMs }) => settleMs.toFixed(0)],
  ['lag', ({ lagFrames }) => lagFrames.toFixed(2)],
];

function nameFrame({ garment, body, motion, frame }: WorstFrame): string {
  return `${garment}, ${body}, ${motion}, frame ${frame}`;
}

/** Prints the figures of all bodies together and of each, the worst frames, and the spread of the sizes. */
export function printCloth({ machine, one, four, bodies }: ClothReport): void {
  console.log(machine);
  const rows: [string, ClothFigures][] = [];
  for (const [body, pairs] of [['all', { one, four }] as const, ...Object.entries(bodies)])
    for (const set of ['one', 'four'] as const)
      rows.push([`${body}, ${set}`, pairs[set].hung], ['  skinned', pairs[set].skinned]);
  printTable(
    ['body, garments', ...columns.map(([title]) => title)],
    rows.map(([name, figures]) => [name, ...columns.map(([, value]) => value(figures))]),
  );
  console.log();
  for (const [name, { hung }] of [['one', one] as const, ['four', four] as const]) {
    console.log(`${name}: most stretched: ${nameFrame(hung.stretchAt)}; longest spring: ${nameFrame(hung.longestAt)}`);
    console.log(`${name}: most under the skin: ${nameFrame(hung.pokeAt)}`);
  }
  console.log();
  printTable(
    ['S to XXL at the chest, cm', 'hung', 'skinned', 'table'],
    Object.entries(bodies).map(
      ([
        body,
        {
          sizeSpreadCm: { hung, skinned, table },
        },
      ]) => [body, hung.toFixed(1), skinned.toFixed(1), table.toFixed(1)],
    ),
  );
}

import { printTable } from './print-table.ts';
import { benchWorn, type WornOptions } from './worn.ts';
import type { WornReport } from './worn-figures.ts';

/** The options of `npm run bench -- worn`. */
export interface WornStepsOptions extends WornOptions {
  /** Names of steps of the body solve: the benchmark runs once with all steps, and once more without each of these. */
  without: readonly string[];
}

/** The figures with all steps, and without each. */
export interface WornStepsReport extends WornReport {
  /** Step → the figures without it. */
  without: Record<string, WornReport>;
}

/** The figures that the body solve moves: `PairFigures` says what they are (shares, drawn / true, pixels). */
const FIGURES = ['iou', 'width', 'edge'] as const;

/**
 * Runs `benchWorn` with all steps of the body solve, and then without each of `without`. Prints for each pair (a person
 * filmed in own clothes and in the garment), and for their mean, the value of each figure with all steps, and what it
 * becomes without the step.
 */
export async function benchWornSteps({ without, ...options }: WornStepsOptions): Promise<WornReport | WornStepsReport> {
  const report = await benchWorn(options);
  if (without.length === 0) return report;
  const reports: Record<string, WornReport> = {};
  for (const step of without) {
    console.log(`\nwithout ${step}`);
    reports[step] = await benchWorn({ ...options, without: [step], sheets: false });
  }
  const format = (value: number | null): string => value?.toFixed(4) ?? '–';
  const rowOf = (name: string, figure: (typeof FIGURES)[number]): string[] => [
    `${name} ${figure}`,
    ...[report, ...Object.values(reports)].map((each) =>
      format((name === 'mean' ? each.mean : each.pairs[name])[figure]),
    ),
  ];
  console.log();
  printTable(
    ['figure', 'all steps', ...without.map((step) => `without ${step}`)],
    [...Object.keys(report.pairs), 'mean'].flatMap((name) => FIGURES.map((figure) => rowOf(name, figure))),
  );
  return { ...report, without: reports };
}

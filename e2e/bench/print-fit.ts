// Prints the tables of `npm run bench -- fit`. A case is a person of one shape in one motion. Columns: intersection
// over union of drawn and true garment (mean, 5th percentile, and that of the naive overlay of demos), distance of
// solved and true joints (cm: mean, 95th percentile), frames until the body has settled, errors of its measures (cm),
// delay of moving joints (ms), time of the body solve (ms), and what was filmed in this run.
import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import type { FitRun } from './fit-run.ts';
import { convergenceFrame, fidelity } from './judge-fit.ts';
import { tapes } from './measure-shape.ts';
import { errorsOf, type FitCase, type FitReport, iousOf, lagsOf, shapeErrorsOf } from './report-fit.ts';
import { mean, quantile, spread } from './statistics.ts';

const columns = [
  'IoU',
  'p5',
  'naive',
  'joint cm',
  'p95',
  'settled',
  ...tapes,
  'lag ms',
  'body ms p95',
  'filmed',
] as const;
/** Width of the first column, characters. */
const FIRST_WIDTH = 42;

/** Prints one line of the table of cases. */
function printLine(first: string, cells: readonly string[]): void {
  console.log(
    [first.padEnd(FIRST_WIDTH), ...cells.map((cell, i) => cell.padStart(Math.max(columns[i].length, 6)))]
      .join('  ')
      .trimEnd(),
  );
}
/** Returns the value with `digits` decimals; a dash if it is not finite. */
function format(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '–';
}

/** Prints the head of the table of cases. */
export function printFitHead(): void {
  printLine('motion × shape, clothes', columns);
}

/** Prints the line of a case; `mannequin`: the body that is measured in the solved shape; `note` follows the name. */
export function printFitCase(each: FitCase, mannequin: Mannequin, note = ''): void {
  const { motion, shape, clothes, isExact, run } = each;
  const iou = fidelity(iousOf(run));
  const error = spread(errorsOf(run));
  const errors = shapeErrorsOf(each, mannequin);
  const settled = convergenceFrame(run.frames.map(({ measures }) => measures));
  printLine(`${motion} × ${shape}, ${isExact ? 'exact landmarks' : clothes}${note}`, [
    format(iou.mean, 4),
    format(iou.p5, 4),
    format(mean(run.naive), 4),
    format(error.mean, 2),
    format(error.p95, 2),
    String(settled),
    ...tapes.map((name) => `${errors[name] > 0 ? '+' : ''}${format(errors[name], 1)}`),
    format(mean(lagsOf(each)), 0),
    format(quantile(run.bodyMs.slice(run.from), 0.95), 2),
    run.filmed,
  ]);
}

/** Prints the line of the other maker's person. */
export function printThirdParty(run: FitRun): void {
  const ious = iousOf(run);
  const error = spread(errorsOf(run));
  const iou = fidelity(ious);
  printLine('rendered-male-arms, another maker’s outfit', [
    format(iou.mean, 4),
    format(iou.p5, 4),
    '',
    format(error.mean, 2),
    format(error.p95, 2),
  ]);
  console.log(`  by frame: ${ious.map((value) => value.toFixed(3)).join(' ')}`);
}

/** Prints all figures of a report, by name, rounded to four decimals. */
export function printFitReport(report: FitReport): void {
  console.log();
  for (const [name, value] of Object.entries(report)) {
    const figures = JSON.stringify(value, (_, figure: unknown) =>
      typeof figure === 'number' ? Number(figure.toFixed(4)) : figure,
    );
    console.log(
      `${name.padEnd(22)} ${figures
        .replaceAll('"', '')
        .replace(/^\{(.*)\}$/, '$1')
        .replaceAll(',', ', ')}`,
    );
  }
}

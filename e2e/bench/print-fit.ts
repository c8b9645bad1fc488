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
const FIRST = 36;

function line(first: string, cells: readonly string[]): void {
  console.log(
    [first.padEnd(FIRST), ...cells.map((cell, i) => cell.padStart(Math.max(columns[i].length, 6)))]
      .join('  ')
      .trimEnd(),
  );
}
function number(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '–';
}

export function printFitHead(): void {
  line('motion × shape, clothes', columns);
}

/** A case as soon as it is there. */
export function printFitCase(each: FitCase, mannequin: Mannequin, note = ''): void {
  const { motion, shape, clothes, isExact, run } = each;
  const iou = fidelity(iousOf(run));
  const error = spread(errorsOf(run));
  const errors = shapeErrorsOf(each, mannequin);
  const settled = convergenceFrame(run.frames.map(({ measures }) => measures));
  line(`${motion} × ${shape}, ${isExact ? 'exact landmarks' : clothes}${note}`, [
    number(iou.mean, 4),
    number(iou.p5, 4),
    number(mean(run.naive), 4),
    number(error.mean, 2),
    number(error.p95, 2),
    String(settled),
    ...tapes.map((name) => `${errors[name] > 0 ? '+' : ''}${number(errors[name], 1)}`),
    number(mean(lagsOf(each)), 0),
    number(quantile(run.bodyMs.slice(run.from), 0.95), 2),
    run.filmed,
  ]);
}

export function printThirdParty(run: FitRun): void {
  const ious = iousOf(run);
  const error = spread(errorsOf(run));
  const iou = fidelity(ious);
  line('rendered-male-arms, its own outfit', [
    number(iou.mean, 4),
    number(iou.p5, 4),
    '',
    number(error.mean, 2),
    number(error.p95, 2),
  ]);
  console.log(`  by frame: ${ious.map((value) => value.toFixed(3)).join(' ')}`);
}

/** The whole, for eyes. */
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

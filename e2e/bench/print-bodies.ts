// Prints the tables of `npm run bench -- fit` for people without a garment: errors of solved bodies, in centimetres.
import type { BodyResult } from './judge-body.ts';
import { tapes } from './measure-shape.ts';
import { type BodiesReport, girths } from './report-bodies.ts';

/** Widths of the first column and of the others, characters. */
const FIRST_WIDTH = 50;
const COLUMN_WIDTH = 14;
/**
 * `joints apart`: error of the distance between the shoulder joints; `joints off`: mean distance of joints from the
 * truth; `filmed`: how long that took.
 */
const columns = ['stature', ...tapes, 'joints apart', 'joints off', 'settled', 'filmed'] as const;

/** Prints one line of the table. */
function printLine(first: string, cells: readonly string[]): void {
  console.log(first.padEnd(FIRST_WIDTH) + cells.map((cell) => cell.padStart(COLUMN_WIDTH)).join(''));
}

/** Returns a length with its sign and one decimal. */
function signed(cm: number): string {
  return `${cm < 0 ? '−' : '+'}${Math.abs(cm).toFixed(1)}`;
}

/** Prints the head of the table of persons. */
export function printBodiesHead(title: string): void {
  console.log(
    `\n${title}: true measures and errors (solved minus true), cm, solved with the stature given; error of the distance between the shoulder joints; distance of the joints of shoulders, arms and hips from the truth`,
  );
  printLine('person × motion, framing, clothes', columns);
}

/** Prints the line of one person. `filmedSeconds`: how long the filming took, 0 if the clip was in the cache. */
export function printBody(result: BodyResult, filmedSeconds: number): void {
  const { name, motion, framing, clothes, stature, truth, error, convergenceFrames } = result;
  printLine(`${name} × ${motion}, ${framing}, ${clothes}`, [
    stature.toFixed(0),
    ...tapes.map((tape) => (Number.isFinite(error[tape]) ? `${truth[tape].toFixed(0)} ${signed(error[tape])}` : '–')),
    signed(result.shoulderJointsError),
    result.jointError.toFixed(1),
    String(convergenceFrames),
    filmedSeconds > 0 ? `${filmedSeconds.toFixed(0)} s` : 'cached',
  ]);
}

/** Prints the summary of some persons: errors, shares of intervals that hold the truth, and frames until settled. */
export function printBodiesReport({ errors, coverage, convergenceFrames }: BodiesReport): void {
  const list = (values: Readonly<Record<string, number>>): string =>
    girths.map((name) => `${name} ${values[name].toFixed(1)}`).join(', ');
  const share = (value: number | null): string => (value === null ? 'n/a' : `${(100 * value).toFixed(0)} %`);
  console.log('\nmedian errors, cm');
  for (const [clothes, each] of Object.entries(errors)) {
    if (!each) continue;
    console.log(`${clothes}: ${list(each.medianCm)} (solved minus true: ${list(each.biasCm)})`);
    console.log(`  whole body: ${list(each.wholeMedianCm)}; half body: ${list(each.halfMedianCm)}`);
    console.log(`  without the stature: ${list(each.withoutStatureMedianCm)}`);
    console.log(`  joints ${each.jointErrorCm.toFixed(1)}`);
  }
  console.log(
    `90 % intervals hold ${share(coverage.girths)} of the girths and ${share(coverage.lengths)} of the lengths`,
  );
  console.log(`settled after ${convergenceFrames.median} frames (median), ${convergenceFrames.max} at most`);
}

// Prints the table of `npm run bench -- worn`. A pair is one person filmed twice in the same motion, in own clothes and
// in a garment. `iou`: intersection over union of drawn and true garment; `width`: drawn / true; `edge px`: distance of
// the outlines; `deltaE`: colour difference (CIE76) of the room's picture and the film in the garment; `naive`: the
// overlay of demos; `untouched`: the camera's picture; `ownLeft`: share of the own clothes that should have changed and
// has not; `lasting`: the largest of it in two judged frames in a row; `drawing`: median
// time of drawing with own clothes erased, as a multiple of that with them shown; `flicker`: as a multiple of the camera's; `photo`: each frame given alone, with the worst as `min`.
import { printTable } from './print-table.ts';
import type { PairFigures, PhotoFrame } from './worn-figures.ts';

/** Returns the value with `digits` decimals; a dash for null. */
function format(value: number | null, digits: number): string {
  return value === null ? '–' : value.toFixed(digits);
}

/** Columns of the table: title, value and decimals. */
const columns: readonly [title: string, value: (figures: PairFigures) => number | null, digits: number][] = [
  ['iou', ({ iou }) => iou, 3],
  ['naive', ({ naive }) => naive.iou, 3],
  ['width', ({ width }) => width, 3],
  ['naive', ({ naive }) => naive.width, 3],
  ['edge px', ({ edge }) => edge, 2],
  ['naive', ({ naive }) => naive.edge, 2],
  ['deltaE', ({ deltaE }) => deltaE, 1],
  ['untouched', ({ camera }) => camera.deltaE, 1],
  ['ownLeft', ({ ownLeft }) => ownLeft, 2],
  ['lasting', ({ ownLeftMax }) => ownLeftMax, 2],
  ['drawing', ({ drawingRatio }) => drawingRatio, 2],
  ['flicker', ({ flicker }) => flicker, 2],
  ['photo iou', ({ photo }) => photo.iou, 3],
  ['min', ({ photo }) => photo.iouMin, 3],
  ['width', ({ photo }) => photo.width, 3],
];

/** Widths of the first column and of the others, characters. */
const FIRST_WIDTH = 14;
const WIDTH = 9;

/** Prints one line of the table. */
function printLine(first: string, cells: readonly string[]): void {
  console.log([first.padEnd(FIRST_WIDTH), ...cells.map((cell) => cell.padStart(WIDTH))].join(' ').trimEnd());
}

/** Prints the head of the table of pairs. */
export function printWornHead(): void {
  printLine(
    'pair',
    columns.map(([title]) => title),
  );
}

/** Prints the line of a pair. */
export function printPair(name: string, figures: PairFigures): void {
  printLine(
    name,
    columns.map(([, value, digits]) => format(value(figures), digits)),
  );
}

/** Prints the figures of each photo (a frame given alone) of the pair with this name. */
export function printPhotos(pair: string, photos: readonly PhotoFrame[]): void {
  console.log(pair);
  printTable(
    ['frame', 'iou', 'width', 'edge px'],
    photos.map(({ frame, iou, width, edge }) => [
      String(frame),
      format(iou, 3),
      format(width?.ratio ?? null, 3),
      format(edge, 2),
    ]),
  );
  console.log();
}

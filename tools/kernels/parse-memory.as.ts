// The memory of `parse.as.ts`: addresses in bytes, set by `reserve()`. Pictures have rows from the top.
import { takeMemory } from './take-memory.as';

/** The kernels read and write up to this many pixels or cells at once. */
const SLACK: i32 = 8;

/** Pixels a row, and all. */
export let width: i32 = 0;
let pixels: i32 = 0;
/** The thumbnail as the caller copies it: bytes or floats. */
export let values: i32 = 0;
/** Coverage by the person: a byte for each pixel. */
export let mask: i32 = 0;
/** This frame's colours and the last one's: red, green, blue and 0 for each pixel. */
export let rgb: i32 = 0;
export let lastRgb: i32 = 0;
/** The bin of colour of each pixel: two bytes. */
export let bins: i32 = 0;
/** Cells of 2 × 2 pixels a row, and for each cell logarithms of the probabilities of the four classes. */
export let priorColumns: i32 = 0;
export let priors: i32 = 0;
/** For each pixel log-odds of the four classes against the background. */
export let evidence: i32 = 0;
/** Weights 0..1 between each pixel and the one to its left, and the one above: floats. */
export let fromLeft: i32 = 0;
export let fromTop: i32 = 0;
/** This frame's classes and the last one's: four bytes for each pixel. */
export let result: i32 = 0;
export let last: i32 = 0;
/** Floats for each byte: log-odds of the person by coverage, and weight and share by difference of colour. */
export let maskOdds: i32 = 0;
export let edgeWeights: i32 = 0;
export let stillShares: i32 = 0;

/** Reserves the memory for pictures of one size, once. `valueBytes`: size of the thumbnail as the caller has it. */
export function reserve(columns: i32, rows: i32, valueBytes: i32): void {
  width = columns;
  pixels = columns * rows + SLACK;
  priorColumns = (columns + 1) >> 1;
  values = takeMemory(valueBytes + 16);
  mask = takeMemory(pixels);
  rgb = takeMemory(4 * pixels);
  lastRgb = takeMemory(4 * pixels);
  bins = takeMemory(2 * pixels);
  priors = takeMemory(16 * (priorColumns * ((rows + 1) >> 1) + SLACK));
  evidence = takeMemory(16 * pixels);
  fromLeft = takeMemory(4 * pixels);
  fromTop = takeMemory(4 * pixels);
  result = takeMemory(4 * pixels);
  last = takeMemory(4 * pixels);
  maskOdds = takeMemory(4 * 256);
  edgeWeights = takeMemory(4 * 256);
  stillShares = takeMemory(4 * 256);
}

/** Exchanges this frame's picture and classes with the last one's. */
export function swapFrames(): void {
  const picture = rgb;
  rgb = lastRgb;
  lastRgb = picture;
  const classes = result;
  result = last;
  last = classes;
}

/** Forgets the frames: black pictures without classes. */
export function forgetFrames(): void {
  memory.fill(rgb, 0, 4 * pixels);
  memory.fill(lastRgb, 0, 4 * pixels);
  memory.fill(result, 0, 4 * pixels);
  memory.fill(last, 0, 4 * pixels);
}

import type { GarmentMesh } from '../garment/garment.ts';
import { garmentInvalid } from '../garment/garment-invalid.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';

/**
 * Longest side of a garment's bounding box as a multiple of the mannequin's: from briefs to a train of three times the
 * body's height.
 */
const SMALLEST = 0.1;
const LARGEST = 3;
/**
 * This ratio for a usual garment: its distance from the measured ratio tells by which power of ten the unit is wrong.
 */
const USUAL = 0.4;
/** Largest gap between the bounding boxes of garment and mannequin along x, y or z, metres. */
const MAX_GAP_METRES = 1;

/** A bounding box: smallest and largest coordinates along x, y and z, metres. */
interface Box {
  low: number[];
  high: number[];
}

/**
 * Checks the bounding box of a garment in its base size and in each other size: its longest side is 0.1 to 3 times that
 * of the mannequin (the body model), and it is at most 1 m away from the mannequin's box. Throws `FittingError`
 * `garment-invalid`, which names what is probably wrong with the export.
 *
 * @param parts Its meshes: positions and size displacements are read, in the mannequin's rest pose, metres, +y up, feet
 * at y = 0, facing +z.
 * @param mannequin The body to compare with, in the same space; the positions of its skin are read.
 */
export function checkPlacement(parts: readonly GarmentMesh[], mannequin: Mannequin): void {
  const body = growBox(emptyBox(), mannequin.positions);
  const sizes = new Set(parts.flatMap((part) => Object.keys(part.sizes)));
  for (const size of [null, ...sizes]) {
    const box = emptyBox();
    for (const { positions, sizes: deltas } of parts)
      growBox(box, positions, size !== null && Object.hasOwn(deltas, size) ? deltas[size] : undefined);
    checkBox(size === null ? 'the garment' : `size ${size}`, box, body);
  }
}

/** Checks one box against the mannequin's (`body`). `what` names the garment or its size in the error. */
function checkBox(what: string, box: Box, body: Box): void {
  const ratio = longestSide(box) / longestSide(body);
  if (!(ratio >= SMALLEST && ratio <= LARGEST)) {
    const factor = 10 ** Math.max(1, Math.abs(Math.round(Math.log10(ratio / USUAL))));
    const howMuch = Number.isFinite(factor) && factor <= 1e6 ? `about ${factor} times` : 'far';
    throw garmentInvalid(`${what} looks ${howMuch} too ${ratio > LARGEST ? 'large' : 'small'}`, 'export in metres');
  }
  let gap = 0;
  for (let a = 0; a < 3; a++) gap = Math.max(gap, box.low[a] - body.high[a], body.low[a] - box.high[a]);
  if (gap > MAX_GAP_METRES) {
    throw garmentInvalid(
      `${what} lies ${gap.toFixed(1)} m away from the mannequin`,
      'move it to where the mannequin wears it, feet at y = 0, facing +z',
    );
  }
}

/** Returns a box without points, for `growBox`. */
function emptyBox(): Box {
  return { low: [Infinity, Infinity, Infinity], high: [-Infinity, -Infinity, -Infinity] };
}

/** Returns the longest side of a box, metres. */
function longestSide({ low, high }: Box): number {
  return Math.max(high[0] - low[0], high[1] - low[1], high[2] - low[2]);
}

/** Extends `box`, in place, to positions plus `deltas` (3 × vertices each, metres; no `deltas`: 0), and returns it. */
function growBox(box: Box, positions: Float32Array, deltas?: Float32Array): Box {
  for (let i = 0; i < positions.length; i++) {
    const value = positions[i] + (deltas ? deltas[i] : 0);
    const a = i % 3;
    if (value < box.low[a]) box.low[a] = value;
    if (value > box.high[a]) box.high[a] = value;
  }
  return box;
}

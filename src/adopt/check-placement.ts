import type { GarmentMesh } from '../garment/garment.ts';
import { garmentInvalid } from '../garment/garment-invalid.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';

/**
 * Longest side of a garment as a multiple of the mannequin's: from briefs to a train of three times the body's height.
 */
const SMALLEST = 0.1;
const LARGEST = 3;
/** That of a usual garment, from which a wrong unit is guessed. */
const USUAL = 0.4;
/** Largest gap between the boxes of garment and mannequin, metres. */
const MAX_GAP_METRES = 1;

/** Smallest and largest coordinates along x, y and z, metres. */
interface Box {
  low: number[];
  high: number[];
}

/**
 * Checks that a garment (mannequin's rest pose, metres) has a wearable size and lies on the mannequin, in each of its
 * sizes. Throws `FittingError` `garment-invalid`, which names what is probably wrong with the export.
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

function emptyBox(): Box {
  return { low: [Infinity, Infinity, Infinity], high: [-Infinity, -Infinity, -Infinity] };
}
function longestSide({ low, high }: Box): number {
  return Math.max(high[0] - low[0], high[1] - low[1], high[2] - low[2]);
}

/** Extends a box to positions (3 × vertices), displaced by `deltas` where given. */
function growBox(box: Box, positions: Float32Array, deltas?: Float32Array): Box {
  for (let i = 0; i < positions.length; i++) {
    const value = positions[i] + (deltas ? deltas[i] : 0);
    const a = i % 3;
    if (value < box.low[a]) box.low[a] = value;
    if (value > box.high[a]) box.high[a] = value;
  }
  return box;
}

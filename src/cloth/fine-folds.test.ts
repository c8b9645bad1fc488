import { expect, it } from 'vitest';
import type { Garment, GarmentFit } from '../garment/garment.ts';
import { FOLD_STRIDE } from '../math/fold-axes.ts';
import { Compression } from './compression.ts';
import type { ClothMesh } from './create-cloth-mesh.ts';
import { FineFolds } from './fine-folds.ts';
import { makeGrid } from './make-grid.test-helper.ts';

const square = makeGrid(4, 4, 0.03);
const { triangles, positions } = square;
const count = positions.length / 3;
/** A vertex for each particle of a flat sheet, one that no particle moves, and one halfway between the first two. */
const VERTICES = count + 2;
const STILL = count;
const HALFWAY = count + 1;

function createFolds({ triangles, positions } = square): { folds: FineFolds; fit: GarmentFit } {
  const count = positions.length / 3;
  const vertices = count + 2;
  const welded = Uint32Array.from({ length: vertices }, (_, v) => v);
  const modelled = new Float32Array(3 * vertices);
  modelled.set(positions);
  const longer = modelled.map((value, k) => (k % 3 === 0 ? 0.2 * value : 0));
  const movers = new Uint32Array(3 * vertices);
  const shares = new Float32Array(3 * vertices);
  for (let v = 0; v < count; v++) {
    movers[3 * v] = v;
    shares[3 * v] = 1;
  }
  movers.set([11, 12, 0], 3 * (count + 1));
  shares.set([0.5, 0.5, 0], 3 * (count + 1));
  const sources = Array.from({ length: count }, (_, vertex) => ({ part: 0, vertex }));
  const garment = {
    parts: [{ positions: modelled, sizes: { L: longer } }],
    binding: { weld: { welded }, firsts: [0] },
  };
  const mesh = { triangles, vertices: welded.subarray(0, count), sources, movers, shares };
  const folds = new FineFolds(garment as unknown as Garment, mesh as unknown as ClothMesh);
  return { folds, fit: { folds: [new Uint8Array(FOLD_STRIDE * vertices)] } as unknown as GarmentFit };
}

/** Places of a sheet that is pushed together by `share` along x, 4 × particles. */
function pushedBy(share: number): Float64Array {
  const places = new Float64Array(4 * count).fill(1);
  for (let i = 0; i < count; i++) places.set([(1 - share) * positions[3 * i], positions[3 * i + 1], 0], 4 * i);
  return places;
}

/** Steepness of the folds of a sheet that is pushed together by `share` along x: by vertex, along the axis z + x. */
function steepnessOf(share: number, size = 'M'): number[] {
  const { folds, fit } = createFolds();
  folds.write(pushedBy(share), { size, scale: 1, timeMs: 0 }, fit);
  return Array.from({ length: VERTICES }, (_, v) => fit.folds[0][FOLD_STRIDE * v + 2]);
}

it('are steeper the more cloth is pushed together, and cloth that is taut has none', () => {
  expect(Math.max(...steepnessOf(0))).toBe(0);
  expect(Math.max(...steepnessOf(-0.2))).toBe(0);
  const steepness = [0.02, 0.05, 0.1, 0.2, 0.5, 0.9].map((share) => steepnessOf(share)[12]);
  expect(steepness).toEqual(steepness.toSorted((a, b) => a - b));
  expect(new Set(steepness).size).toBeGreaterThan(4);
});

it('lie across the direction in which cloth is pushed together, and not across others', () => {
  const { folds, fit } = createFolds();
  folds.write(pushedBy(0.05), { size: 'M', scale: 1, timeMs: 0 }, fit);
  const [, alongYZ, alongZX] = fit.folds[0].subarray(FOLD_STRIDE * 12);
  const alongXY = fit.folds[0][FOLD_STRIDE * 12];
  expect(alongYZ).toBe(0);
  expect(alongXY).toBeLessThan(0.4 * alongZX);
});

it('are as steep as the formula says, to a byte', () => {
  for (const share of [0.01, 0.03, 0.08, 0.3]) {
    const compression = new Compression(triangles, positions);
    compression.measure(pushedBy(share), 1, Infinity);
    const shares = [...compression.shares.subarray(12 * FOLD_STRIDE, 13 * FOLD_STRIDE)];
    const largest = Math.max(0, ...shares.map((each) => each - 0.005));
    const { folds, fit } = createFolds();
    folds.write(pushedBy(share), { size: 'M', scale: 1, timeMs: 0 }, fit);
    shares.forEach((each, k) => {
      const folded = Math.max(0, (each - 0.005 - 0.4 * largest) / 0.6);
      const slope = Math.min(1, (2 * folded) / Math.sqrt(folded + 0.01));
      expect(Math.abs(fit.folds[0][FOLD_STRIDE * 12 + k] - 255 * slope), `${share}, ${k}`).toBeLessThanOrEqual(1);
    });
  }
});

it('are folds of the size that is worn', () => {
  expect(steepnessOf(0, 'L')[12]).toBeGreaterThan(steepnessOf(0.1)[12]);
});

it('are those of the particles that move a vertex, and none where no particle does', () => {
  const steepness = steepnessOf(0.1);
  expect(steepness[STILL]).toBe(0);
  expect(Math.abs(steepness[HALFWAY] - (steepness[11] + steepness[12]) / 2)).toBeLessThanOrEqual(1);
});

it('go on into the cloth beside what is pushed together, and end two edges away', () => {
  const { triangles: wide, positions: places } = makeGrid(10, 2, 0.03);
  const { folds, fit } = createFolds({ triangles: wide, positions: places });
  // The first of eleven columns is pushed against the second one.
  const pushed = Float64Array.from({ length: (4 * places.length) / 3 }, (_, k) =>
    k % 4 === 3 ? 1 : places[3 * (k >> 2) + (k % 4)],
  );
  for (let row = 0; row < 3; row++) pushed[4 * 11 * row] = 0.009;
  folds.write(pushed, { size: 'M', scale: 1, timeMs: 0 }, fit);
  const columns = Array.from({ length: 11 }, (_, column) => fit.folds[0][FOLD_STRIDE * (11 + column) + 2]);
  expect(columns.slice(0, 4)).toEqual(columns.slice(0, 4).toSorted((a, b) => b - a));
  expect(columns[2]).toBeGreaterThan(0);
  expect(Math.max(...columns.slice(4))).toBe(0);
});

it('appear within some frames, and at once when time goes back', () => {
  const { folds, fit } = createFolds();
  const show = (places: Float64Array, timeMs: number): number => {
    folds.write(places, { size: 'M', scale: 1, timeMs }, fit);
    return fit.folds[0][FOLD_STRIDE * 12 + 2];
  };
  show(pushedBy(0), 1000);
  const first = show(pushedBy(0.1), 1033);
  const last = show(pushedBy(0.1), 2000);
  expect(first).toBeLessThan(last);
  expect(show(pushedBy(0), 500)).toBe(0);
});

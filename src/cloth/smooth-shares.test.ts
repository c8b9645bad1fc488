import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/create-random.ts';
import { runAtOnce } from '../math/sliced.ts';
import { makeGrid } from './make-grid.test-helper.ts';
import { type SmoothShares, smoothShares } from './smooth-shares.ts';

const EDGE_METRES = 0.03;
/** Particles along each side of the sheet, and vertices between two of them. */
const PARTICLES = 12;
const FINER = 6;

/** A flat sheet, its particles shifted in its plane by up to `shift` edges (seed 4), and vertices between them. */
function makeSheet(shift: number) {
  const random = createRandom(4);
  const { positions, triangles } = makeGrid(PARTICLES - 1, PARTICLES - 1, EDGE_METRES);
  const places = Array.from(positions, (value, k) =>
    k % 3 === 2 ? value : value + 2 * shift * EDGE_METRES * (random() - 0.5),
  );
  const count = places.length / 3;
  const movers: number[] = Array.from({ length: 3 * count }, (_, k) => Math.floor(k / 3));
  const shares: number[] = Array.from({ length: 3 * count }, (_, k) => (k % 3 === 0 ? 1 : 0));
  const all = [...places];
  for (let t = 0; t < triangles.length; t += 3)
    for (let a = 0; a <= FINER; a++)
      for (let b = 0; a + b <= FINER; b++) {
        const mixed = [a / FINER, b / FINER, (FINER - a - b) / FINER];
        for (let k = 0; k < 3; k++) {
          movers.push(triangles[t + k]);
          shares.push(mixed[k]);
        }
        for (let axis = 0; axis < 3; axis++)
          all.push(mixed.reduce((sum, share, k) => sum + share * places[3 * triangles[t + k] + axis], 0));
      }
  const binding = { movers: Uint32Array.from(movers), shares: Float32Array.from(shares) };
  const smooth = runAtOnce(
    smoothShares(
      all,
      binding,
      Array.from({ length: count }, (_, i) => i),
      triangles,
    ),
  );
  return { all, count, binding, smooth };
}

/** The value at vertex `w` of a field that is known at the particles. */
function valueAt({ starts, particles, shares }: SmoothShares, field: (i: number) => number, w: number): number {
  let value = 0;
  for (let n = starts[w]; n < starts[w + 1]; n++) value += shares[n] * field(particles[n]);
  return value;
}

describe('smoothShares', () => {
  it('cloth that shifts, turns and stretches evenly does so everywhere, up to its border (seed 4)', () => {
    const { all, smooth } = makeSheet(0.2);
    const field = (w: number): number => 0.3 + 2 * all[3 * w] - 3 * all[3 * w + 1];
    for (let w = 0; w < all.length / 3; w++) expect(valueAt(smooth, field, w)).toBeCloseTo(field(w), 5);
  });

  it('cloth that bends evenly bends as much within a triangle as at its sides', () => {
    const { all, binding, smooth } = makeSheet(0);
    const bent = (w: number): number => 4 * all[3 * w] ** 2;
    const linear: SmoothShares = {
      starts: Uint32Array.from({ length: all.length / 3 + 1 }, (_, w) => 3 * w),
      particles: binding.movers,
      shares: binding.shares,
    };
    // Away from the border; how far each vertex is off the parabola, less the mean: what is left looks quilted.
    const middle = Array.from({ length: all.length / 3 }, (_, w) => w).filter((w) =>
      [0, 1].every((axis) => all[3 * w + axis] > 3 * EDGE_METRES && all[3 * w + axis] < (PARTICLES - 4) * EDGE_METRES),
    );
    expect(middle.length).toBeGreaterThan(100);
    const roughness = (shares: SmoothShares): number => {
      const errors = middle.map((w) => valueAt(shares, bent, w) - bent(w));
      const mean = errors.reduce((sum, error) => sum + error) / errors.length;
      return Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / errors.length);
    };
    expect(roughness(smooth)).toBeLessThan(0.5 * roughness(linear));
  });

  it('a zigzag from particle to particle hardly shows, a long wave does (seed 4)', () => {
    const { all, count, smooth } = makeSheet(0.2);
    const height = (field: (i: number) => number): number => {
      let square = 0;
      for (let w = count; w < all.length / 3; w++) square += valueAt(smooth, field, w) ** 2;
      return Math.sqrt(square / (all.length / 3 - count));
    };
    const wave = (edges: number) => (w: number) =>
      Math.SQRT2 * Math.cos((2 * Math.PI * all[3 * w]) / (edges * EDGE_METRES));
    // Rows in turns up and down.
    expect(height((i) => (Math.floor(i / PARTICLES) % 2 === 0 ? 1 : -1))).toBeLessThan(0.35);
    expect(height(wave(6))).toBeGreaterThan(0.75);
  });

  it('where particles are on one line, the shares of the triangle stay', () => {
    const positions = [0, 0, 0, 0.03, 0, 0, 0.06, 0, 0, 0.015, 0, 0];
    const binding = {
      movers: Uint32Array.from([0, 0, 0, 1, 1, 1, 2, 2, 2, 0, 1, 2]),
      shares: Float32Array.from([1, 0, 0, 1, 0, 0, 1, 0, 0, 0.5, 0.5, 0]),
    };
    const smooth = runAtOnce(smoothShares(positions, binding, [0, 1, 2], [0, 1, 2]));
    expect(valueAt(smooth, (i) => i, 3)).toBeCloseTo(0.5, 6);
    expect(valueAt(smooth, () => 1, 3)).toBeCloseTo(1, 6);
  });
});

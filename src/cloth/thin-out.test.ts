import { describe, expect, it } from 'vitest';
import { makeTube } from '../garment/make-tube.test-helper.ts';
import { runAtOnce } from '../math/sliced.ts';
import { findBorder } from './find-border.ts';
import { findPieces } from './find-pieces.ts';
import { makeGrid } from './make-grid.test-helper.ts';
import { mergeSurface } from './merge-surface.ts';
import { thinOut } from './thin-out.ts';

/** Merges vertices nearer than `mergedMetres`, and thins the surface out until its edges are about `edgeMetres` long. */
function thin(positions: ArrayLike<number>, triangles: ArrayLike<number>, mergedMetres: number, edgeMetres: number) {
  return runAtOnce(thinOut(positions, runAtOnce(mergeSurface(positions, triangles, mergedMetres)), edgeMetres));
}

/** Lengths of the sides of all triangles, metres. */
function lengthsOf(positions: ArrayLike<number>, triangles: Uint32Array): number[] {
  return Array.from(triangles, (a, k) => {
    const b = triangles[k % 3 === 2 ? k - 2 : k + 1];
    return Math.hypot(...[0, 1, 2].map((axis) => positions[3 * a + axis] - positions[3 * b + axis]));
  });
}

/** Vertices − edges + faces: 1 for a sheet, 0 for a tube, 2 for a closed surface. */
function eulerNumber(triangles: Uint32Array): number {
  const edges = new Set<string>();
  for (let k = 0; k < triangles.length; k++) {
    const [a, b] = [triangles[k], triangles[k % 3 === 2 ? k - 2 : k + 1]];
    edges.add(`${Math.min(a, b)} ${Math.max(a, b)}`);
  }
  return new Set(triangles).size - edges.size + triangles.length / 3;
}

/** Joins two meshes; the second is moved by `dz` metres along z. */
function join(first: ReturnType<typeof makeGrid>, second: ReturnType<typeof makeGrid>, dz: number) {
  const count = first.positions.length / 3;
  return {
    positions: Float64Array.from([...first.positions, ...second.positions.map((v, k) => (k % 3 === 2 ? v + dz : v))]),
    triangles: Uint32Array.from([...first.triangles, ...second.triangles.map((v) => v + count)]),
  };
}

describe('thinOut', () => {
  it('makes edges about as long as wanted, on the surface that was there, with no vertex moved', () => {
    const { positions, triangles } = makeGrid(30, 30, 0.01);
    const thinned = thin(positions, triangles, 0.001, 0.028);
    const lengths = lengthsOf(positions, thinned.triangles);
    const mean = lengths.reduce((sum, length) => sum + length) / lengths.length;
    expect(mean).toBeGreaterThan(0.024);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(1.6 * 0.028 + 1e-9);
    expect(thinned.triangles.length).toBeLessThan(triangles.length / 4);
    // The sheet is still covered, but for its corners, and none of its triangles is turned over.
    let area = 0;
    for (let t = 0; t < thinned.triangles.length; t += 3) {
      const [a, b, c] = [0, 1, 2].map((k) => 3 * thinned.triangles[t + k]);
      const part =
        (positions[b] - positions[a]) * (positions[c + 1] - positions[a + 1]) -
        (positions[b + 1] - positions[a + 1]) * (positions[c] - positions[a]);
      expect(part).toBeGreaterThan(0);
      area += part / 2;
    }
    expect(area).toBeLessThan(0.09 + 1e-9);
    expect(area).toBeGreaterThan(0.98 * 0.09);
  });

  it('keeps borders: those of the thin mesh are vertices on the borders of the mesh', () => {
    const { positions, triangles } = makeGrid(20, 20, 0.01);
    const before = new Set(findBorder(triangles));
    const thinned = thin(positions, triangles, 0.001, 0.028);
    const border = findBorder(thinned.triangles);
    expect(border.length).toBeGreaterThan(15);
    expect(border.filter((v) => !before.has(v))).toEqual([]);
  });

  it('never closes a sleeve: a tube narrower than an edge stays a tube', () => {
    const { positions, indices } = makeTube(0.006, 0, 0.3);
    const thinned = thin(positions, indices, 1e-4, 0.028);
    expect(thinned.triangles.length).toBeLessThan(indices.length / 4);
    expect(eulerNumber(thinned.triangles)).toBe(0);
  });

  it('merges the inside of a hem with its outside, but not two sheets that no triangle connects', () => {
    const sheet = makeGrid(12, 6, 0.01);
    const apart = join(sheet, sheet, 0.002);
    const hem = { ...apart, triangles: apart.triangles.slice() };
    // One triangle between the two sheets makes them one piece.
    hem.triangles = Uint32Array.from([...hem.triangles, 0, 1, sheet.positions.length / 3]);
    const piecesOf = ({ positions, triangles }: typeof apart) => {
      const thinned = thin(positions, triangles, 0.005, 0.02);
      const pieces = findPieces(thinned.triangles, positions.length / 3);
      return { thinned, count: new Set(Array.from(thinned.triangles, (v) => pieces[v])).size };
    };
    const [two, one] = [piecesOf(apart), piecesOf(hem)];
    expect([two.count, one.count]).toEqual([2, 1]);
    expect(one.thinned.triangles.length).toBeLessThan(0.7 * two.thinned.triangles.length);
    expect(one.thinned.triangles.every((v) => v < sheet.positions.length / 3)).toBe(true);
  });

  it('joins two sheets at a seam whose sides differ by rounding', () => {
    const sheet = makeGrid(6, 6, 0.01);
    const beside = { ...sheet, positions: sheet.positions.map((v, k) => (k % 3 === 0 ? v + 0.06 : v + 1e-6)) };
    const { positions, triangles } = join(sheet, beside, 0);
    const thinned = thin(positions, triangles, 0.005, 0.015);
    const pieces = findPieces(thinned.triangles, positions.length / 3);
    expect(new Set(Array.from(thinned.triangles, (v) => pieces[v])).size).toBe(1);
  });

  it('names for each vertex one that remains, itself where it does; the same input gives the same mesh', () => {
    const { positions, triangles } = makeGrid(15, 15, 0.01);
    const [first, second] = [thin(positions, triangles, 0.001, 0.028), thin(positions, triangles, 0.001, 0.028)];
    expect(second).toEqual(first);
    const left = new Set(first.triangles);
    first.representatives.forEach((representative, v) => {
      expect(left.has(representative)).toBe(true);
      if (left.has(v)) expect(representative).toBe(v);
    });
  });

  it('is done with 30,000 triangles on one edge in a moment', () => {
    const count = 30_002;
    const positions = Float64Array.from({ length: 3 * count }, (_, k) => Math.sin(k) / 2);
    const triangles = Uint32Array.from({ length: 3 * (count - 2) }, (_, k) => (k % 3 < 2 ? k % 3 : 2 + (k - 2) / 3));
    const before = process.cpuUsage().user;
    thin(positions, triangles, 1e-6, 0.028);
    // 0.1 s; the square of the number of triangles would take 10 s.
    expect(process.cpuUsage().user - before).toBeLessThan(2e6);
  });
});

import { expect, it } from 'vitest';
import { runAtOnce } from '../math/sliced.ts';
import { choosePieces } from './choose-pieces.ts';
import { makeGrid } from './make-grid.test-helper.ts';

/** Meshes one after the other in one. */
function join(...meshes: ReturnType<typeof makeGrid>[]) {
  const positions: number[] = [];
  const triangles: number[] = [];
  for (const mesh of meshes) {
    const first = positions.length / 3;
    positions.push(...mesh.positions);
    triangles.push(...Array.from(mesh.triangles, (v) => first + v));
  }
  return { positions, triangles: Uint32Array.from(triangles) };
}

const [button, small, large] = [makeGrid(2, 2, 0.005), makeGrid(5, 5, 0.03), makeGrid(8, 8, 0.03)];

it('chooses pieces of a palm and larger; a button is left out', () => {
  const { positions, triangles } = join(large, button, small);
  const { triangles: chosen, leftOut, wantedCount } = runAtOnce(choosePieces(positions, triangles, 1000));
  expect(leftOut).toEqual([{ vertex: 81, reason: 'too small' }]);
  expect(wantedCount).toBe(117);
  expect(chosen).toEqual(triangles.filter((v) => v < 81 || v >= 90));
});

it('chooses the largest pieces when there are too many vertices', () => {
  const { positions, triangles } = join(small, large);
  expect(runAtOnce(choosePieces(positions, triangles, 100))).toEqual({
    triangles: triangles.filter((v) => v >= 36),
    leftOut: [{ vertex: 0, reason: 'too many vertices' }],
    wantedCount: 117,
  });
});

it('leaves out triangles that form no surface', () => {
  const all: number[] = [];
  for (let a = 0; a < 8; a++) for (let b = a + 1; b < 8; b++) for (let c = b + 1; c < 8; c++) all.push(a, b, c);
  const positions = Float64Array.from({ length: 24 }, (_, k) => Math.sin(k));
  expect(runAtOnce(choosePieces(positions, Uint32Array.from(all), 1000))).toEqual({
    triangles: new Uint32Array(0),
    leftOut: [{ vertex: 0, reason: 'no surface' }],
    wantedCount: 0,
  });
});

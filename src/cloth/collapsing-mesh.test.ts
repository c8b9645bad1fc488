import { expect, it } from 'vitest';
import { makeTube } from '../garment/make-tube.test-helper.ts';
import { createRandom } from '../math/create-random.ts';
import { runAtOnce } from '../math/sliced.ts';
import { CollapsingMesh } from './collapsing-mesh.ts';
import { makeGrid } from './make-grid.test-helper.ts';
import { thinPlainly } from './thin-plainly.test-helper.ts';

/** A mesh whose vertices are moved at random by up to 3 mm along each axis. */
function shake(positions: ArrayLike<number>, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from(positions, (value) => value + 0.006 * (random() - 0.5));
}

const grid = makeGrid(16, 12, 0.01);
const tube = makeTube(0.05, 0, 0.1);
/** The first 12 rings of the tube. */
const tubeTriangles = Uint32Array.from(tube.indices.subarray(0, 12 * 48 * 6));
const random = createRandom(6);
/** Triangles between vertices of the sheet that have nothing to do with each other. */
const fins = Array.from({ length: 40 }, () => [0, 1, 2].map((k) => 3 * Math.floor(73 * random()) + k)).flat();

it.each([
  ['a sheet (seed 1)', shake(grid.positions, 1), grid.triangles],
  [
    'a sheet with holes (seed 2)',
    shake(grid.positions, 2),
    grid.triangles.filter((_, k) => Math.floor(k / 3) % 11 > 0),
  ],
  ['a sheet half of which is inside out (seed 3)', shake(grid.positions, 3), turn(grid.triangles)],
  ['a sheet without noise, all of whose edges have the same few lengths', grid.positions, grid.triangles],
  ['a tube (seed 4)', shake(tube.positions, 4), tubeTriangles],
  ['a sheet with fins (seeds 5 and 6)', shake(grid.positions, 5), Uint32Array.from([...grid.triangles, ...fins])],
] as const)('collapses the edges of %s by its rules', (_, positions, triangles) => {
  const mesh = new CollapsingMesh(positions, triangles.slice());
  runAtOnce(mesh.collapseShorterThan(0.028));
  const left = mesh.takeTriangles();
  const plain = thinPlainly(positions, split(triangles), 0.028);
  expect(left.length).toBeLessThan(triangles.length / 2);
  expect(split(left)).toEqual(plain);
});

function split(triangles: Uint32Array): number[][] {
  return Array.from({ length: triangles.length / 3 }, (_, t) => [...triangles.subarray(3 * t, 3 * t + 3)]);
}

/** The second half of the triangles, the other way round. */
function turn(triangles: Uint32Array): Uint32Array {
  const half = triangles.length / 2;
  return Uint32Array.from([...triangles.subarray(0, half), ...triangles.slice(half).reverse()]);
}

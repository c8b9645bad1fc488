import { expect, it } from 'vitest';
import { addFaceNormals } from './add-face-normals.ts';

/**
 * Two right triangles on the edge from (0, 0, 0) to (0, 1, 0): one in the xy plane, one twice as large in the yz plane.
 */
const positions = [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2];
const indices = [0, 1, 2, 0, 2, 3];

it('sums the normals of the triangles at each vertex, each as long as twice its area', () => {
  const normals = new Float32Array(12);
  addFaceNormals(positions, indices, normals);
  expect([...normals]).toEqual([2, 0, 1, 0, 0, 1, 2, 0, 1, 2, 0, 0]);
});

it('sums vertices with equal numbers into one normal, and adds to what the target holds', () => {
  const normals = new Float32Array(3).fill(1);
  addFaceNormals(positions, indices, normals, { numbers: Uint32Array.of(9, 0, 0, 0, 0), first: 1 });
  expect([...normals]).toEqual([1 + 3 * 2, 1, 1 + 3 * 1]);
});

import { expect, it } from 'vitest';
import { fillTriangles } from './fill-triangles.ts';

/** A rectangle of two triangles, one clockwise and one counterclockwise. */
function rectangle(left: number, top: number, right: number, bottom: number) {
  return { points: Float32Array.of(left, top, right, top, right, bottom, left, bottom), indices: [0, 1, 2, 0, 3, 2] };
}

it('gives each pixel the share that the triangles cover', () => {
  const { data } = fillTriangles([rectangle(1, 1, 3.5, 2.25)], 5, 4);
  expect([...data]).toEqual([0, 0, 0, 0, 0, 0, 255, 255, 128, 0, 0, 64, 64, 32, 0, 0, 0, 0, 0, 0]);
});

it('counts once what two meshes cover, and clips triangles at the borders of the picture', () => {
  const { data } = fillTriangles([rectangle(-5, -5, 1.5, 1), rectangle(1, 0, 9, 9)], 2, 2);
  expect([...data]).toEqual([255, 255, 0, 255]);
});

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readMannequin } from '../mannequin/read-mannequin.ts';
import { clipMesh } from './clip-mesh.ts';

it('cuts the mannequin at a height: the border lies on it, and skin weights sum to 1', async () => {
  const file = readFileSync(new URL('../../assets/mannequin.glb', import.meta.url));
  const mannequin = await readMannequin(Uint8Array.from(file).buffer);
  const { positions } = mannequin;
  const height = 1.2;
  const distances = Float32Array.from({ length: positions.length / 3 }, (_, v) => positions[3 * v + 1] - height);
  const cut = clipMesh(mannequin, positions, distances);

  const heights = cut.positions.filter((_, i) => i % 3 === 1);
  expect(Math.min(...heights)).toBeCloseTo(height, 6);
  // A side of one triangle only is on the border.
  const sides = new Map<string, number>();
  for (let i = 0; i < cut.indices.length; i++) {
    const ends = [cut.indices[i], cut.indices[i % 3 === 2 ? i - 2 : i + 1]];
    const name = ends.toSorted((a, b) => a - b).join();
    sides.set(name, (sides.get(name) ?? 0) + 1);
  }
  const border = [...sides].filter(([, uses]) => uses === 1).flatMap(([name]) => name.split(',').map(Number));
  expect(border.length).toBeGreaterThan(40);
  for (const v of border) expect(heights[v]).toBeCloseTo(height, 6);
  for (let i = 0; i < cut.skinWeights.length; i += 4)
    expect(cut.skinWeights.slice(i, i + 4).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 6);
});

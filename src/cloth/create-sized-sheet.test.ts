import { expect, it } from 'vitest';
import { bindTubeGarment, makeTube, makeTubeGarment, makeTubeMannequin } from '../garment/make-tube.test-helper.ts';
import { createClothMesh } from './create-cloth-mesh.ts';
import { createSizedSheet } from './create-sized-sheet.ts';

it('has the lengths of each size, and those of the base size for a size without a shape, times the scale', async () => {
  const tube = makeTube(0.17, 1, 1.2);
  // Half as large again, along all axes.
  const larger = tube.positions.map((value) => value / 2);
  const garment = await bindTubeGarment(
    makeTubeGarment([tube], { L: larger }),
    makeTubeMannequin(makeTube(0.15, 0.7, 1.6)),
  );
  const mesh = createClothMesh(garment);
  const lengths = (size: string, scale: number): number[] =>
    Array.from(createSizedSheet(garment, mesh, size, scale).restLengths);
  const base = lengths('M', 1);
  expect(Math.min(...base)).toBeGreaterThan(0.01);
  for (const [name, factor, others] of [
    ['L', 1.5, lengths('L', 1)],
    ['scaled', 2, lengths('M', 2)],
    ['XXL', 1, lengths('XXL', 1)],
  ] as const)
    expect(Math.max(...others.map((length, k) => Math.abs(length - factor * base[k]))), name).toBeLessThan(1e-6);
});

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

it('has the lengths of the flat pattern where the file tells it, in each size that it tells', async () => {
  const tube = makeTube(0.17, 1, 1.2);
  const unbound = makeTubeGarment([tube], { L: tube.positions.map(() => 0) });
  const [part] = unbound.parts;
  const vertices = tube.positions.length / 3;
  // The tube slit open behind and laid flat; all round it is cut a tenth longer than it is modelled.
  part.uvs = new Float32Array(2 * vertices);
  part.grades = new Float32Array(2 * vertices);
  for (let v = 0; v < vertices; v++) {
    const [x, y, z] = tube.positions.subarray(3 * v, 3 * v + 3);
    const around = 1.1 * 0.17 * Math.atan2(x, z);
    part.uvs.set([around / 2, y / 2], 2 * v);
    part.grades.set([0, y / 10], 2 * v);
  }
  const pattern = { textureMetres: 2, steps: { M: 0, L: 1 } };
  const told = { ...unbound, manifest: { ...unbound.manifest, pattern } };
  const garment = await bindTubeGarment(told, makeTubeMannequin(makeTube(0.15, 0.7, 1.6)));
  const mesh = createClothMesh(garment);
  const sheet = (size: string): ArrayLike<number> => createSizedSheet(garment, mesh, size, 1).restLengths;
  const [base, large, unknown] = [sheet('M'), sheet('L'), sheet('XXL')];
  const kinds = { around: 0, down: 0, behind: 0 };
  for (let k = 0; k < mesh.triangles.length; k++) {
    const [a, b] = [mesh.triangles[k], mesh.triangles[k % 3 === 2 ? k - 2 : k + 1]].map((particle) => {
      const vertex = mesh.sources[particle].vertex;
      return { y: tube.positions[3 * vertex + 1], around: 2 * part.uvs![2 * vertex] };
    });
    const isBehind = Math.abs(a.around - b.around) > 0.5;
    const cut = Math.hypot(a.around - b.around, a.y - b.y);
    // A side across the slit, at which nothing is sewn, has its modelled length.
    expect(base[k]).toBeCloseTo(isBehind ? unknown[k] : cut, 6);
    if (isBehind) kinds.behind++;
    else if (Math.abs(a.y - b.y) > 0.9 * cut) {
      kinds.down++;
      expect(large[k] / base[k]).toBeCloseTo(1.1, 1);
    } else if (Math.abs(a.around - b.around) > 0.99 * cut) {
      kinds.around++;
      expect(base[k] / unknown[k]).toBeCloseTo(1.1, 1);
    }
  }
  expect(Math.min(kinds.around, kinds.down, kinds.behind)).toBeGreaterThan(2);
});

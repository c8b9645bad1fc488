// Measures the committed T-shirt as it is simulated, by the lengths that its cloth has without tension:
//
// 1. Read the file, and sew the pattern again, which tells which thread of the cloth each vertex of the file is on.
// 2. Follow threads across the triangles of the simulated mesh, each laid flat by the lengths of its sides.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ClothMesh, createClothMesh } from '../../src/cloth/create-cloth-mesh.ts';
import { createSizedSheet } from '../../src/cloth/create-sized-sheet.ts';
import type { Garment } from '../../src/garment/garment.ts';
import { parseGarment } from '../../src/garment/parse-garment.ts';
import { readGlb } from '../../src/garment/read-glb.ts';
import { readMannequin } from '../../src/mannequin/read-mannequin.ts';
import type { TopMeasures } from './patterns/draft-top.ts';
import { tee as pattern, teeSizes as table, teeForm } from './patterns/tee.ts';
import { type SewnGarment, sewPattern } from './sew-pattern.ts';

const teeSizes = Object.keys(table);
let garment: Garment, mesh: ClothMesh, tee: SewnGarment;
beforeAll(async () => {
  vi.stubGlobal('self', globalThis);
  vi.stubGlobal('createImageBitmap', async () => ({ width: 1, height: 1, close() {} }));
  const bytes = async (name: string): Promise<Uint8Array<ArrayBuffer>> =>
    Uint8Array.from(await readFile(new URL(`../../assets/${name}`, import.meta.url)));
  const mannequin = await readMannequin((await bytes('mannequin.glb')).buffer);
  garment = await parseGarment(readGlb(await bytes('tee.glb')), { url: 'tee.glb', mannequin, warnings: [] });
  mesh = createClothMesh(garment);
  tee = sewPattern(pattern, teeSizes);
}, 60_000);
afterAll(() => vi.unstubAllGlobals());

/** By particle: the vertices of the pieces (rib left out) that it is. */
function sewnVertices(): number[][] {
  const rib = tee.firstBand;
  // A prepared garment numbers the vertices of a mesh in the order in which its triangles use them.
  const jersey = [...new Set(Array.from(tee.triangles).filter((vertex) => tee.pieceOf[vertex] !== rib))];
  const byWeld = new Map<number, number[]>();
  for (const [i, vertex] of jersey.entries()) {
    const w = garment.binding.weld.welded[garment.binding.firsts[0] + i];
    byWeld.set(w, [...(byWeld.get(w) ?? []), vertex]);
  }
  return Array.from(mesh.vertices, (w) => byWeld.get(w) ?? []);
}

/**
 * Length of the thread on which `place` is 0, centimetres of cloth without tension. `place`: a coordinate of particles
 * in the pattern of the base size, NaN where the thread is not.
 */
function lengthOfThread(size: string, place: readonly number[]): number {
  const { triangles, restLengths } = createSizedSheet(garment, mesh, size, 1);
  let metres = 0;
  for (let t = 0; t < triangles.length; t += 3) {
    const [first, second, third] = [0, 1, 2].map((k) => restLengths[t + k]);
    const x = (first * first + third * third - second * second) / (2 * first);
    const flat = [
      [0, 0],
      [first, 0],
      [x, Math.sqrt(Math.max(0, third * third - x * x))],
    ];
    const values = [0, 1, 2].map((k) => place[triangles[t + k]]);
    const points = [0, 1, 2].flatMap((k) => {
      const next = (k + 1) % 3;
      const share = values[k] / (values[k] - values[next]);
      if (!(share > 0 && share <= 1)) return [];
      return [flat[k].map((value, axis) => value + share * (flat[next][axis] - value))];
    });
    if (points.length === 2) metres += Math.hypot(points[0][0] - points[1][0], points[0][1] - points[1][1]);
  }
  return 100 * metres;
}

describe('assets/tee.glb, the lengths of its simulated cloth', () => {
  const base = table[pattern.baseSize];
  const [front, back] = [0, 1];
  /** A coordinate of each particle that is on front or back; NaN for the others. */
  const onTrunk = (coordinate: (vertex: number) => number): number[] =>
    sewnVertices().map((own) => {
      const vertex = own.find((v) => tee.pieceOf[v] === front || tee.pieceOf[v] === back);
      return vertex === undefined ? NaN : coordinate(vertex);
    });
  const added = (vertex: number): number =>
    tee.pieceOf[vertex] === front ? teeForm.front.balance : teeForm.back.balance;
  /** Height over the hem of each particle, as a level line: metres, less `level`. */
  const heightOver = (level: number): number[] =>
    onTrunk((v) => tee.flat[pattern.baseSize][2 * v + 1] + base.length + added(v) - level);

  const hemToUnderarm = base.length - base.armholeDepth;
  for (const [name, level, wanted] of [
    ['chest', hemToUnderarm - 0.025, (m: TopMeasures) => m.chest],
    ['waist', hemToUnderarm / 2, (m: TopMeasures) => (m.chest + m.hem) / 2],
    ['hip', 0.025, (m: TopMeasures) => m.hem],
  ] as const)
    it.each(teeSizes)(`has the ${name} girth of the table in size %s, within 1 %%`, (size) => {
      const girth = lengthOfThread(size, heightOver(level));
      expect(Math.abs(girth / (100 * wanted(table[size])) - 1)).toBeLessThan(0.01);
    });

  it.each(teeSizes)('has the length of the table in size %s, within 1 %%', (size) => {
    // From the front's hem over the shoulder to the back's hem, in the middle of the shoulder seam.
    const middle = (base.neckWidth + base.acrossShoulder) / 4;
    const measures = table[size];
    const wanted = 2 * measures.length + teeForm.front.balance + teeForm.back.balance - measures.shoulderDrop;
    const length = lengthOfThread(
      size,
      onTrunk((v) => tee.flat[pattern.baseSize][2 * v] - middle),
    );
    expect(Math.abs(length / (100 * wanted) - 1)).toBeLessThan(0.01);
  });
});

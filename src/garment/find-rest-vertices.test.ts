import { readFileSync } from 'node:fs';
import { beforeAll, expect, it, vi } from 'vitest';
import { readCommittedMannequin } from '../adopt/make-rig.test-helper.ts';
import { boneIndex, MORPH_COUNT, morphIndex } from '../mannequin/mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { createGarmentFit } from './create-garment-fit.ts';
import { findRestVertices } from './find-rest-vertices.ts';
import { fitGarment } from './fit-garment.ts';
import type { Garment } from './garment.ts';
import { anchorBones } from './garment-binding.ts';
import { loadGarment } from './load-garment.ts';
import { createClearance, measureClearance } from './measure-clearance.ts';

const mannequin = await readCommittedMannequin();
let tee: Garment;
beforeAll(async () => {
  vi.stubGlobal('self', globalThis);
  vi.stubGlobal('createImageBitmap', async () => ({ width: 16, height: 16, close() {} }));
  vi.stubGlobal('fetch', async () => new Response(readFileSync('assets/tee.glb')));
  tee = await loadGarment('tee.glb', { mannequin });
});

it('finds skin over each shoulder, for neck and upper arms alone', () => {
  const found = findRestVertices(mannequin);
  const counts = Object.fromEntries(anchorBones.map((bone, k) => [bone, found[k].length]));
  const { neck, leftUpperArm, rightUpperArm, hips, leftFoot } = boneIndex;
  expect(counts).toMatchObject({ [neck]: 2, [leftUpperArm]: 1, [rightUpperArm]: 1, [hips]: 0, [leftFoot]: 0 });
  const sides = found.flat().map((v) => Math.sign(mannequin.positions[3 * v]));
  expect(sides.toSorted()).toEqual([-1, -1, 1, 1]);
});

/** Fits the tee to a body with these weights; returns its mean distance from the shoulders, and its sleeves' lowest y. */
function dress(weights: Partial<Record<'shoulderHeight' | 'trapezius', number>>): { gap: number; sleeve: number } {
  const shape = createMannequinShape(mannequin);
  const all = new Float32Array(MORPH_COUNT);
  for (const [name, weight] of Object.entries(weights)) all[morphIndex[name as keyof typeof weights]] = weight;
  shapeMannequin(mannequin, all, shape);
  const { positions } = fitGarment(tee, shape, 'M', createGarmentFit(tee));
  const { binding, parts } = tee;
  const clearance = createClearance();
  let sum = 0;
  let count = 0;
  let sleeve = Infinity;
  parts.forEach((part, p) => {
    for (let i = 0; 3 * i < positions[p].length; i++) {
      const [x, y, z] = positions[p].subarray(3 * i, 3 * i + 3);
      if (Math.abs(part.positions[3 * i]) > 0.25) sleeve = Math.min(sleeve, y);
      const w = binding.weld.welded[binding.firsts[p] + i];
      // The middle of the shoulder seam, as it was cut.
      if (Math.abs(Math.abs(part.positions[3 * i]) - 0.11) > 0.03 || binding.skinVertices[w] < 0) continue;
      if (mannequin.normals[3 * binding.skinVertices[w] + 1] < 0.8) continue;
      sum += measureClearance(shape, binding.skin, binding.skinVertices[w], x, y, z, clearance).distance;
      count++;
    }
  });
  expect(count).toBeGreaterThan(20);
  return { gap: sum / count, sleeve };
}

it('cloth rests on low and on high shoulders as on usual ones, and sleeves stay on their arms', () => {
  const usual = dress({});
  for (const weight of [-1.3, 1.3]) {
    const { gap, sleeve } = dress({ shoulderHeight: weight, trapezius: weight });
    expect(Math.abs(gap - usual.gap), `${weight}`).toBeLessThan(0.004);
    expect(Math.abs(sleeve - usual.sleeve), `${weight}`).toBeLessThan(0.004);
  }
});

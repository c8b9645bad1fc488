import { readFileSync } from 'node:fs';
import { beforeAll, expect, it, vi } from 'vitest';
import { readCommittedMannequin } from '../adopt/make-rig.test-helper.ts';
import { createGarmentFit } from '../garment/create-garment-fit.ts';
import type { Garment } from '../garment/garment.ts';
import { loadGarment } from '../garment/load-garment.ts';
import { BONE_COUNT, boneIndex } from '../mannequin/mannequin.ts';
import { createMannequinPose, poseMannequin, type RootTransform } from '../mannequin/pose-mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { skinVertices } from '../mannequin/skin-vertices.ts';
import { createOutfit } from './create-outfit.ts';

const mannequin = await readCommittedMannequin();
const weights = mannequin.presets['female-50'];
const shape = shapeMannequin(mannequin, weights, createMannequinShape(mannequin));
const ROOT: RootTransform = { translation: [0, 0, 0], rotation: [0, 0, 0, 1] };
let tee: Garment;
beforeAll(async () => {
  vi.stubGlobal('self', globalThis);
  vi.stubGlobal('createImageBitmap', async () => ({ width: 16, height: 16, close() {} }));
  vi.stubGlobal('fetch', async () => new Response(readFileSync('assets/tee.glb')));
  tee = await loadGarment('tee.glb', { mannequin });
});

/**
 * Raises both arms from their rest, 45° below level, by up to `degrees` within a second. Returns the places at which the
 * tee's vertices are drawn then, 3 each, metres.
 */
function raise(degrees: number, hangs: boolean): Float32Array {
  const outfit = createOutfit(mannequin);
  outfit.hangs = hangs;
  const fit = createGarmentFit(tee);
  outfit.wear([{ garment: tee, size: 'M', fit }]);
  const pose = createMannequinPose();
  for (let frame = 0; frame <= 30; frame++) {
    const local = Float32Array.from({ length: 4 * BONE_COUNT }, (_, k) => Number(k % 4 === 3));
    const half = ((frame / 30) * degrees * Math.PI) / 360;
    local.set([0, 0, Math.sin(half), Math.cos(half)], 4 * boneIndex.leftUpperArm);
    local.set([0, 0, -Math.sin(half), Math.cos(half)], 4 * boneIndex.rightUpperArm);
    poseMannequin(shape.joints, local, ROOT, pose);
    outfit.fit({ found: true, shape: weights, shapeVersion: 0, ...pose }, (1000 * frame) / 30);
  }
  const { skinIndices, skinWeights } = tee.parts[0];
  const posed = new Float32Array(fit.positions[0].length);
  return skinVertices({ positions: fit.positions[0], skinIndices, skinWeights }, shape.joints, pose, posed);
}

/** Mean of `of` over the vertices that `is` chooses by their place in the file, metres. */
function meanWhere(is: (x: number, y: number) => boolean, of: (vertex: number) => number): number {
  const { positions } = tee.parts[0];
  let sum = 0;
  let count = 0;
  for (let v = 0; 3 * v < positions.length; v++) {
    if (!is(positions[3 * v], positions[3 * v + 1])) continue;
    sum += of(v);
    count++;
  }
  return sum / count;
}

it('raised arms lift the hem and keep their sleeves', () => {
  const [down, up, fitted] = [raise(0, true), raise(115, true), raise(115, false)];
  const { positions } = tee.parts[0];
  const lowest = positions.reduce((low, value, k) => (k % 3 === 1 ? Math.min(low, value) : low), Infinity);
  const outermost = positions.reduce((most, value, k) => (k % 3 === 0 ? Math.max(most, value) : most), 0);
  const rise = meanWhere(
    (_, y) => y < lowest + 0.03,
    (v) => up[3 * v + 1] - down[3 * v + 1],
  );
  expect(rise).toBeGreaterThan(0.015);
  const slip = meanWhere(
    (x) => Math.abs(x) > outermost - 0.03,
    (v) => Math.hypot(...[0, 1, 2].map((k) => up[3 * v + k] - fitted[3 * v + k])),
  );
  expect(slip).toBeLessThan(0.032);
});

import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { createOutfit } from '../cloth/create-outfit.ts';
import { createGarmentFit } from '../garment/create-garment-fit.ts';
import type { Garment } from '../garment/garment.ts';
import { createClearance, measureClearance } from '../garment/measure-clearance.ts';
import { drawPerson } from '../mannequin/draw-person.ts';
import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import { createMannequinPose, poseMannequin } from '../mannequin/pose-mannequin.ts';
import { readMannequin } from '../mannequin/read-mannequin.ts';
import { isBoneIn } from '../mannequin/regions.ts';
import { convexHull } from '../math/convex-hull.ts';
import { makeClothes } from './make-clothes.ts';
import { createMotionPose } from './motion-pose.ts';
import { motions } from './motions.ts';
import { type FigureBody, shapeFigure } from './shape-figure.ts';

let mannequin: Mannequin;
beforeAll(async () => {
  const file = readFileSync(new URL('../../assets/mannequin.glb', import.meta.url));
  mannequin = await readMannequin(Uint8Array.from(file).buffer);
});

const isArm = isBoneIn(['upperArm', 'forearm', 'hand']);

/** Returns the girth, metres, of a tight tape around what is not an arm, at the height y. */
function girthAt(
  y: number,
  positions: Float32Array,
  { skinIndices, skinWeights }: { skinIndices: Uint16Array; skinWeights: Float32Array },
): number {
  const points: [number, number][] = [];
  for (let v = 0; 3 * v < positions.length; v++) {
    if (Math.abs(positions[3 * v + 1] - y) > 0.015) continue;
    const armShare = [0, 1, 2, 3].reduce(
      (sum, k) => sum + (isArm[skinIndices[4 * v + k]] ? skinWeights[4 * v + k] : 0),
      0,
    );
    if (armShare < 0.3) points.push([positions[3 * v], positions[3 * v + 2]]);
  }
  const hull = convexHull(points).map((i) => points[i]);
  return hull.reduce((sum, [x, z], i) => {
    const [nextX, nextZ] = hull[(i + 1) % hull.length];
    return sum + Math.hypot(nextX - x, nextZ - z);
  }, 0);
}

/** Returns the share of a garment's vertices that are more than 5 mm under the skin. */
function pokingShare({ parts: [{ positions }], binding }: Garment, { shape }: FigureBody): number {
  const clearance = createClearance();
  let under = 0;
  for (let w = 0; w < binding.weld.count; w++) {
    const [x, y, z] = positions.subarray(3 * binding.vertices[w], 3 * binding.vertices[w] + 3);
    measureClearance(shape, binding.skin, binding.skinVertices[w], x, y, z, clearance);
    if (clearance.distance < -0.005) under++;
  }
  return under / binding.weld.count;
}

it.each([1, 8, 11])(
  'seed %i: the top has the ease of a loose size and falls straight, outside the body',
  async (seed) => {
    const body = shapeFigure(mannequin, drawPerson(seed));
    const [trousers, top] = await makeClothes(mannequin, body, seed);
    const { joints, positions } = body.shape;
    const heightOf = (share: number): number => {
      const hips = joints[3 * boneIndex.hips + 1];
      return hips + share * (joints[3 * boneIndex.upperChest + 1] - hips);
    };
    const chest = heightOf(0.6);
    const ease = girthAt(chest, top.parts[0].positions, top.parts[0]) - girthAt(chest, positions, mannequin);
    expect(ease).toBeGreaterThan(0.08);
    expect(ease).toBeLessThan(0.3);
    // A waist does not show.
    const girths = [0.6, 0.45, 0.3, 0.15].map((share) =>
      girthAt(heightOf(share), top.parts[0].positions, top.parts[0]),
    );
    expect(Math.min(...girths) / Math.max(...girths)).toBeGreaterThan(0.9);
    expect(pokingShare(top, body)).toBe(0);
    // Thighs that touch leave no room for cloth between them.
    expect(pokingShare(trousers, body)).toBeLessThan(0.01);
  },
  60_000,
);

it('hangs from shoulders and waistband while its wearer turns, without falling, and the same each time', async () => {
  const body = shapeFigure(mannequin, 'male-50');
  const pose = createMannequinPose();
  const motionPose = createMotionPose();
  const hangOnce = async (): Promise<Float32Array[]> => {
    const garments = await makeClothes(mannequin, body, 1);
    const pieces = garments.map((garment) => ({ garment, size: 'own', fit: createGarmentFit(garment) }));
    const warn = (text: string): never => {
      throw new Error(text);
    };
    const outfit = createOutfit(mannequin, warn);
    outfit.wear(pieces);
    for (let timeMs = 0; timeMs < 3000; timeMs += 1000 / 12) {
      motions.turn(timeMs, motionPose);
      poseMannequin(body.shape.joints, motionPose.localRotations, motionPose.root, pose);
      outfit.fit({ found: true, shape: Float32Array.from(body.weights), shapeVersion: 0, ...pose }, timeMs);
    }
    pieces.forEach(({ fit, garment }) => {
      const moved = fit.positions[0].map((x, i) => x - garment.parts[0].positions[i]);
      const square = moved.reduce((sum, x) => sum + x * x, 0) / (moved.length / 3);
      expect(Math.sqrt(square)).toBeLessThan(0.04);
      expect(Math.sqrt(square)).toBeGreaterThan(0.001);
    });
    return pieces.map(({ fit }) => fit.positions[0]);
  };
  expect(await hangOnce()).toEqual(await hangOnce());
}, 60_000);

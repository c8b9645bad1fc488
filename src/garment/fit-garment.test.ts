import { expect, it } from 'vitest';
import { boneIndex, boneNames } from '../mannequin/mannequin.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { smoothNormals } from '../mannequin/smooth-normals.ts';
import { createGarmentFit } from './create-garment-fit.ts';
import { fitGarment } from './fit-garment.ts';
import type { GarmentFit } from './garment.ts';
import {
  bindTubeGarment,
  makeJoints,
  makeTube,
  makeTubeGarment,
  makeTubeMannequin,
  type UnboundGarment,
} from './make-tube.test-helper.ts';
import { DIP_METRES } from './smallest-distance.ts';

const body = makeTube(0.15, 0.7, 1.6);
const mannequin = makeTubeMannequin(body);
function shirt(): UnboundGarment {
  return makeTubeGarment([makeTube(0.17, 0.9, 1.4, true)]);
}

async function fitted(unbound: UnboundGarment, shape: MannequinShape, size = 'M'): Promise<GarmentFit> {
  const garment = await bindTubeGarment(unbound, mannequin);
  return fitGarment(garment, shape, size, createGarmentFit(garment));
}
function bodyOf(radius: Parameters<typeof makeTube>[0], joints = makeJoints()): MannequinShape {
  const { positions, indices } = makeTube(radius, 0.7, 1.6);
  return {
    positions,
    normals: smoothNormals(positions, indices, new Float32Array(positions.length)),
    joints,
  };
}
function radii(positions: Float32Array): number[] {
  return Array.from({ length: positions.length / 3 }, (_, i) => Math.hypot(positions[3 * i], positions[3 * i + 2]));
}
function difference(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}

for (const [radius, body] of [
  [0.15, 'the body it was made on'],
  [0.12, 'a slim body'],
  [0.163, 'a body that does not fill it'],
] as const) {
  it(`keeps its measures on ${body}`, async () => {
    const garment = shirt();
    const { positions, normals, version } = await fitted(garment, bodyOf(radius));
    expect(difference(positions[0], garment.parts[0].positions)).toBeLessThan(1e-6);
    expect(difference(normals[0], garment.parts[0].normals)).toBeLessThan(1e-5);
    expect(version).toBe(1);
  });
}

it('tells how far it stands off the skin', async () => {
  const [{ clearances: loose }, { clearances: tight }] = [
    await fitted(shirt(), bodyOf(0.12)),
    await fitted(shirt(), bodyOf(0.18)),
  ];
  for (const clearance of loose[0]) expect(Math.abs(clearance - 0.05)).toBeLessThan(0.004);
  for (const clearance of tight[0]) expect(Math.abs(clearance + DIP_METRES / 2)).toBeLessThan(0.004);
});

it('is widened by a body that is wider than the garment, and lies on its skin', async () => {
  const { positions } = await fitted(shirt(), bodyOf(0.18));
  for (const radius of radii(positions[0])) {
    expect(radius).toBeGreaterThan(0.18 - DIP_METRES);
    expect(radius).toBeLessThan(0.18);
  }
});

it('covers a bulge without a step, and stays unmoved away from it', async () => {
  const bulge = (angle: number, y: number): number =>
    0.15 + 0.05 * Math.exp(-((y - 1.15) ** 2) / 0.004 - angle ** 2 / 0.15);
  const garment = shirt();
  const before = garment.parts[0].positions;
  const [after] = (
    await fitted(
      garment,
      bodyOf((angle, y) => bulge(Math.min(angle, 2 * Math.PI - angle), y)),
    )
  ).positions;
  const moved = Array.from({ length: after.length / 3 }, (_, i) =>
    Math.hypot(
      after[3 * i] - before[3 * i],
      after[3 * i + 1] - before[3 * i + 1],
      after[3 * i + 2] - before[3 * i + 2],
    ),
  );
  expect(Math.max(...moved)).toBeGreaterThan(0.03 - DIP_METRES / 2);
  const columns = 49;
  for (let i = 0; i < moved.length; i++) {
    const [x, y, z] = after.subarray(3 * i, 3 * i + 3);
    // A push that is left over below half a millimetre is not worth a pass.
    expect(Math.hypot(x, z)).toBeGreaterThan(bulge(Math.abs(Math.atan2(x, z)), y) - DIP_METRES / 2 - 0.0005);
    // Rings are 12.5 mm apart; the bulge itself rises by at most 8.5 mm between two.
    if (i >= columns) expect(Math.abs(moved[i] - moved[i - columns])).toBeLessThan(0.009);
    if (before[3 * i + 1] > 1.37) expect(moved[i]).toBeLessThan(1e-4);
  }
});

it('keeps its length from the shoulder on a longer trunk', async () => {
  const joints = makeJoints();
  for (const bone of ['neck', 'leftUpperArm', 'rightUpperArm', 'leftShoulder', 'rightShoulder'] as const)
    joints[3 * boneIndex[bone] + 1] += 0.06;
  const garment = shirt();
  const { positions } = await fitted(garment, bodyOf(0.15, joints));
  for (let i = 1; i < positions[0].length; i += 3)
    expect(positions[0][i] - garment.parts[0].positions[i]).toBeCloseTo(0.06, 5);
});

it('moves a sleeve with the shoulder joint, and the shoulder seam in part', async () => {
  const joints = makeJoints();
  joints[3 * boneIndex.leftUpperArm] += 0.04;
  const garment = shirt();
  const { skinIndices, positions } = garment.parts[0];
  skinIndices[0] = boneIndex.leftLowerArm;
  skinIndices[4] = boneIndex.leftShoulder;
  // Half way along the clavicle, far from the body, where it is not pushed out.
  positions.set([0.105, 1.425, 0.3], 3);
  const fit = await fitted(garment, bodyOf(0.15, joints));
  expect(fit.positions[0][0] - positions[0]).toBeCloseTo(0.04, 5);
  expect(fit.positions[0][3] - positions[3]).toBeCloseTo(0.02, 5);
  expect(boneNames[skinIndices[8]]).toBe('chest');
  expect(fit.positions[0][6] - positions[6]).toBeCloseTo(0, 5);
});

it('has the shape of the size, and the base shape for a size without a morph', async () => {
  const tube = makeTube(0.17, 0.9, 1.4);
  const wider = makeTube(0.19, 0.9, 1.4).positions.map((value, i) => value - tube.positions[i]);
  const garment = makeTubeGarment([tube], { L: wider });
  for (const radius of radii((await fitted(garment, bodyOf(0.15), 'L')).positions[0]))
    expect(radius).toBeCloseTo(0.19, 5);
  for (const radius of radii((await fitted(garment, bodyOf(0.15), 'XXL')).positions[0]))
    expect(radius).toBeCloseTo(0.17, 5);
  // Size L is wider than M even on a body that is wider than M.
  expect(Math.max(...radii((await fitted(garment, bodyOf(0.18), 'L')).positions[0]))).toBeGreaterThan(
    Math.max(...radii((await fitted(garment, bodyOf(0.18), 'M')).positions[0])) + 0.003,
  );
});

it('keeps positions and normals equal at a seam and at the border of two parts', async () => {
  const garment = makeTubeGarment([makeTube(0.17, 0.9, 1.2, true), makeTube(0.17, 1.2, 1.4, true)]);
  const { positions, normals } = await fitted(
    garment,
    bodyOf((angle) => 0.16 + 0.03 * Math.cos(angle - 0.1)),
  );
  const last = 40 * 49;
  for (let c = 0; c < 49; c++) {
    expect(positions[0].subarray(3 * (last + c), 3 * (last + c) + 3)).toEqual(positions[1].subarray(3 * c, 3 * c + 3));
    for (let a = 0; a < 3; a++) expect(normals[0][3 * (last + c) + a]).toBeCloseTo(normals[1][3 * c + a], 5);
  }
  expect(positions[0].subarray(0, 3)).toEqual(positions[0].subarray(3 * 48, 3 * 49));
  for (let a = 0; a < 3; a++) expect(normals[0][a]).toBeCloseTo(normals[0][3 * 48 + a], 5);
});

it('changes neither garment nor shape, and can write the same target again', async () => {
  const garment = await bindTubeGarment(shirt(), mannequin);
  const shape = bodyOf(0.18);
  const { binding } = garment;
  const copy = structuredClone({ positions: garment.parts[0].positions, shape, binding });
  const target = fitGarment(garment, shape, 'M', createGarmentFit(garment));
  const first = target.positions[0].slice();
  expect({ positions: garment.parts[0].positions, shape, binding }).toEqual(copy);
  fitGarment(garment, bodyOf(0.15), 'M', target);
  fitGarment(garment, shape, 'M', target);
  expect(target.positions[0]).toEqual(first);
  expect(target.version).toBe(3);
});

it('shows a garment without finished measures in the size of the wearer', async () => {
  const garment = shirt();
  garment.manifest.sizes = { M: {} };
  const joints = makeJoints().map((value) => 1.1 * value);
  const { positions } = await fitted(garment, bodyOf(0.12, joints));
  const wanted = garment.parts[0].positions.map((value) => 1.1 * value);
  expect(difference(positions[0], wanted)).toBeLessThan(1e-5);
});

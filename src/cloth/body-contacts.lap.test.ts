import { expect, it } from 'vitest';
import { readCommittedMannequin } from '../adopt/make-rig.test-helper.ts';
import { findNeighbours } from '../garment/find-neighbours.ts';
import { BONE_COUNT, boneIndex } from '../mannequin/mannequin.ts';
import { createMannequinPose, poseMannequin, type RootTransform } from '../mannequin/pose-mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { BodyContacts } from './body-contacts.ts';
import type { ClothMesh } from './create-cloth-mesh.ts';
import { PosedSkin } from './posed-skin.ts';

const mannequin = await readCommittedMannequin();
const shape = shapeMannequin(mannequin, mannequin.presets['female-50'], createMannequinShape(mannequin));

/** The skin of a body that sits: both thighs are raised by 80°. */
function seatedSkin(): PosedSkin {
  const local = Float32Array.from({ length: 4 * BONE_COUNT }, (_, k) => Number(k % 4 === 3));
  const half = (-40 * Math.PI) / 180;
  for (const bone of ['leftUpperLeg', 'rightUpperLeg'] as const)
    local.set([Math.sin(half), 0, 0, Math.cos(half)], 4 * boneIndex[bone]);
  const skin = new PosedSkin(mannequin);
  const root: RootTransform = { translation: [0, 0, 0], rotation: [0, 0, 0, 1] };
  const pose = poseMannequin(shape.joints, local, root, createMannequinPose());
  skin.pose(shape, pose);
  return skin;
}

/** The vertex of the skin, as posed, at which `of` of its coordinates is largest. */
function vertexOf(positions: Float32Array, of: (x: number, y: number, z: number) => number): number {
  let best = 0;
  const value = (v: number): number => of(positions[3 * v], positions[3 * v + 1], positions[3 * v + 2]);
  for (let v = 1; 3 * v < positions.length; v++) if (value(v) > value(best)) best = v;
  return best;
}

/**
 * A particle in a lap: in the middle of the left thigh, 20 cm before the hip joint, 3 cm under its upper side. Returns its
 * distance from the plane that it lies on, metres, and the plane's normal.
 *
 * @param bone moves the particle. `nearest`: vertex of the skin at which it was bound.
 */
function lieInLap(bone: number, nearest: number): { distance: number; planes: Float32Array } {
  const skin = seatedSkin();
  const hip = 3 * boneIndex.leftUpperLeg;
  const [x, y, z] = shape.joints.subarray(hip, hip + 3);
  const top = 3 * vertexOf(skin.positions, (vx, vy, vz) => vy - 20 * Math.abs(vx - x) - 20 * Math.abs(vz - z - 0.2));
  const positions = Float32Array.of(skin.positions[top], skin.positions[top + 1] - 0.03, skin.positions[top + 2], 1);
  expect(positions[1]).toBeGreaterThan(y - 0.1);
  const mesh = {
    vertices: Uint32Array.of(0),
    skinIndices: Uint16Array.of(bone, 0, 0, 0),
    skinWeights: Float32Array.of(1, 0, 0, 0),
    skinVertices: Int32Array.of(nearest),
  } as unknown as ClothMesh;
  const planes = new Float32Array(4);
  const contacts = new BodyContacts(mesh, findNeighbours(mannequin.indices, mannequin.positions.length / 3));
  contacts.find({ positions, planes }, new Float64Array(3), skin, Infinity);
  return { distance: planes.reduce((sum, value, k) => sum + value * positions[k], 0), planes };
}

it('a lap pushes out cloth that belongs to the belly', () => {
  const belly = vertexOf(shape.positions, (x, y, z) => z - 3 * Math.abs(x) - 3 * Math.abs(y - 1.02));
  const { distance, planes } = lieInLap(boneIndex.hips, belly);
  expect(distance).toBeLessThan(-0.02);
  expect(planes[1]).toBeGreaterThan(0.7);
});

it('a lap does not push out a sleeve, which lies on the arm inside it', () => {
  const hand = vertexOf(shape.positions, (x) => x);
  expect(lieInLap(boneIndex.leftLowerArm, hand).distance).toBe(0);
});

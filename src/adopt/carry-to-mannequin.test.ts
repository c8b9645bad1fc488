import { Quaternion, Vector3 } from 'three';
import { expect, it } from 'vitest';
import { BONE_COUNT, type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import { createMannequinPose, poseMannequin } from '../mannequin/pose-mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { skinVertices } from '../mannequin/skin-vertices.ts';
import { carryToMannequin } from './carry-to-mannequin.ts';
import { guessLengths } from './guess-lengths.ts';
import { readCommittedMannequin } from './make-rig.test-helper.ts';

const mannequin = await readCommittedMannequin();
const { skinIndices, skinWeights } = mannequin;

/** Makes a body on which a suit was modelled: the mannequin in a shape, with bones turned by degrees about z. */
function makeDonor(preset: string, turns: Partial<Record<BoneName, number>>) {
  const shape = shapeMannequin(mannequin, mannequin.presets[preset], createMannequinShape(mannequin));
  const local = new Float32Array(4 * BONE_COUNT);
  const rotation = new Quaternion();
  for (let b = 0; b < BONE_COUNT; b++) local[4 * b + 3] = 1;
  for (const [bone, degrees] of Object.entries(turns))
    rotation
      .setFromAxisAngle(new Vector3(0, 0, 1), (degrees * Math.PI) / 180)
      .toArray(local, 4 * boneIndex[bone as BoneName]);
  const pose = poseMannequin(
    shape.joints,
    local,
    { translation: [0, 0, 0], rotation: [0, 0, 0, 1] },
    createMannequinPose(),
  );
  const positions = skinVertices(
    { positions: shape.positions, skinIndices, skinWeights },
    shape.joints,
    pose,
    new Float32Array(shape.positions.length),
  );
  return { shape, positions, joints: pose.positions };
}

const poses = {
  'a T pose': { leftUpperArm: 45, rightUpperArm: -45 },
  'a pose with hanging arms and legs apart': {
    leftUpperArm: -30,
    rightUpperArm: 30,
    leftUpperLeg: 8,
    rightUpperLeg: -8,
  },
} as const;
for (const [pose, turns] of Object.entries(poses)) {
  for (const preset of ['male-50', 'female-95', 'male-5']) {
    it(`carries a suit from ${preset} in ${pose} to within 1 cm of that body's skin at rest`, async () => {
      const donor = makeDonor(preset, turns);
      const lengths = guessLengths(donor.joints, mannequin);
      const target = shapeMannequin(mannequin, lengths, createMannequinShape(mannequin));
      const mesh = {
        positions: donor.positions.slice(),
        normals: mannequin.normals.slice(),
        sizes: {},
        skinIndices,
        skinWeights,
      };
      await carryToMannequin(mesh, donor.joints, target.joints);
      // The guessed body has other legs, with its feet on the floor: compare heights from the shoulders.
      const lift = donor.shape.joints[3 * boneIndex.leftUpperArm + 1] - target.joints[3 * boneIndex.leftUpperArm + 1];
      let sum = 0;
      const far: number[] = [];
      for (let v = 0; 3 * v < mesh.positions.length; v++) {
        const distance = Math.hypot(
          ...[0, 1, 2].map((a) => mesh.positions[3 * v + a] + (a === 1 ? lift : 0) - donor.shape.positions[3 * v + a]),
        );
        sum += distance;
        if (distance > 0.03) far.push(distance);
      }
      expect(sum / (mesh.positions.length / 3)).toBeLessThan(0.01);
      expect(far.length / (mesh.positions.length / 3)).toBeLessThan(0.03);
      expect(mesh.normals.every(Number.isFinite)).toBe(true);
    });
  }
}

it('keeps the girth of a sleeve and stretches it along the arm', async () => {
  const donor = makeDonor('male-50', {});
  const longer = mannequin.joints.slice();
  for (const bone of ['leftLowerArm', 'leftHand'] as const)
    for (let a = 0; a < 3; a++)
      longer[3 * boneIndex[bone] + a] += 0.1 * (a === 0 ? 1 : a === 1 ? -1 : 0) * Math.SQRT1_2;
  // A ring of cloth 12 cm down the upper arm, 6 cm from its axis.
  const along = new Vector3(1, -1, 0).normalize();
  const across = new Vector3(1, 1, 0).normalize();
  const upper = new Vector3().fromArray(donor.joints, 3 * boneIndex.leftUpperArm);
  const positions = new Float32Array(3 * 16);
  for (let i = 0; i < 16; i++)
    upper
      .clone()
      .addScaledVector(along, 0.12)
      .addScaledVector(across, 0.06 * Math.cos((i * Math.PI) / 8))
      .add(new Vector3(0, 0, 0.06 * Math.sin((i * Math.PI) / 8)))
      .toArray(positions, 3 * i);
  const mesh = {
    positions,
    normals: new Float32Array(48),
    sizes: {},
    skinIndices: new Uint16Array(64).fill(boneIndex.leftUpperArm),
    skinWeights: Float32Array.from({ length: 64 }, (_, k) => (k % 4 === 0 ? 1 : 0)),
  };
  await carryToMannequin(mesh, donor.joints, longer);
  const length = (joints: Float32Array): number =>
    Math.hypot(
      ...[0, 1, 2].map((a) => joints[3 * boneIndex.leftLowerArm + a] - joints[3 * boneIndex.leftUpperArm + a]),
    );
  const from = new Vector3().fromArray(longer, 3 * boneIndex.leftUpperArm);
  for (let i = 0; i < 16; i++) {
    const offset = new Vector3().fromArray(mesh.positions, 3 * i).sub(from);
    expect(offset.dot(along)).toBeCloseTo((0.12 * length(longer)) / length(donor.joints), 3);
    expect(Math.sqrt(offset.lengthSq() - offset.dot(along) ** 2)).toBeCloseTo(0.06, 3);
  }
});

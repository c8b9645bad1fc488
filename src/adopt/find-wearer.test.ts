import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readGlb } from '../garment/read-glb.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import { createMannequinPose, poseMannequin } from '../mannequin/pose-mannequin.ts';
import { skinVertices } from '../mannequin/skin-vertices.ts';
import { findWearer } from './find-wearer.ts';
import { joinParts } from './join-parts.ts';
import { readCommittedMannequin } from './make-rig.test-helper.ts';
import { raiseArms } from './pose-arms.ts';
import { readDocument } from './read-document.ts';
import { readFileParts } from './read-file-parts.ts';

const mannequin = await readCommittedMannequin();
/** The committed T-shirt, as the mannequin wears it: its joints are in the order of the mannequin's bones. */
const { parts } = await readFileParts(await readDocument(readGlb(new Uint8Array(readFileSync('assets/tee.glb')))));
const tee = joinParts(parts);

function find(
  change: (x: number, y: number, z: number) => [number, number, number],
  { positions = tee.positions, isBox = false } = {},
) {
  const moved = positions.slice();
  for (let i = 0; i < moved.length; i += 3) moved.set(change(moved[i], moved[i + 1], moved[i + 2]), i);
  return findWearer(moved, tee.indices, mannequin, isBox);
}

it('finds a garment where the mannequin wears it, in metres and in inches', async () => {
  for (const unit of [1, 0.0254]) {
    const { scale, shift, body } = await find((x, y, z) => [x / unit, y / unit, z / unit]);
    expect(scale).toBe(unit);
    expect(shift).toEqual([0, 0, 0]);
    expect(body.isRest).toBe(true);
  }
});

it('turns a garment with Z up, and garments that face backwards or sideways', async () => {
  const zUp = await find((x, y, z) => [x, -z, y]);
  expect(zUp.rotation.elements.map(Math.round)).toEqual([1, 0, 0, 0, 0, -1, 0, 1, 0]);
  const backwards = await find((x, y, z) => [-x, y, -z]);
  expect(backwards.rotation.elements.map(Math.round)).toEqual([-1, 0, 0, 0, 1, 0, 0, 0, -1]);
  const sideways = await find((x, y, z) => [z, y, -x]);
  expect(sideways.rotation.elements[2]).toBeCloseTo(1);
});

it('finds the size of a child’s body and of a tall one to 4 per cent, and a shirt that lies beside it', async () => {
  for (const size of [0.7, 1.08]) {
    const { scale } = await find((x, y, z) => [size * x, size * y, size * z]);
    expect(scale * size).toBeGreaterThan(0.96);
    expect(scale * size).toBeLessThan(1.04);
  }
  const { shift } = await find((x, y, z) => [x + 3, y - 0.9, z - 1]);
  // To 4 per cent of the way.
  expect(shift[0]).toBeGreaterThan(-3.12);
  expect(shift[0]).toBeLessThan(-2.88);
});

it('finds a garment that was scaled to a box in the middle, and one in centimetres that looks sideways beside it', async () => {
  const box = await find((x, y, z) => [3 * x, 3 * (y - 1.2), 3 * z], { isBox: true });
  expect(box.scale * 3).toBeCloseTo(1, 1);
  expect(box.shift[1]).toBeCloseTo(1.2, 1);
  const beside = await find((x, y, z) => [100 * z + 150, 100 * y, 30 - 100 * x]);
  expect(beside.rotation.elements[2]).toBeCloseTo(1);
  expect(beside.scale * 100).toBeCloseTo(1, 1);
});

it('sees that sleeves were modelled on arms that are stretched out', async () => {
  const pose = poseMannequin(
    mannequin.joints,
    raiseArms(45),
    { translation: [0, 0, 0], rotation: [0, 0, 0, 1] },
    createMannequinPose(),
  );
  const skinned: Pick<Mannequin, 'positions' | 'skinIndices' | 'skinWeights'> = {
    positions: tee.positions,
    skinIndices: Uint16Array.from(parts.flatMap((part) => Array.from(part.joints!))),
    skinWeights: Float32Array.from(parts.flatMap((part) => Array.from(part.skinWeights))),
  };
  const stretched = skinVertices(skinned, mannequin.joints, pose, new Float32Array(tee.positions.length));
  const { body, shift } = await find((x, y, z) => [x, y, z], { positions: stretched });
  expect(body.armsRaised).toBeGreaterThan(0);
  expect(shift).toEqual([0, 0, 0]);
});

import { Euler, Vector3 } from 'three';
import { expect, it } from 'vitest';
import { boneNames, boneParents } from '../mannequin/mannequin.ts';
import { findBones } from './find-bones.ts';
import { makeRig, type RigJoint, readCommittedMannequin } from './make-rig.test-helper.ts';
import { orientRig } from './orient-rig.ts';
import { transformPart } from './transform-part.ts';

const mannequin = await readCommittedMannequin();
const joints = boneNames.map(
  (name, b): RigJoint => [name, boneParents[b] < 0 ? null : boneNames[boneParents[b]], name],
);
function orient(scale: number, turn = new Euler()) {
  const rig = makeRig(joints, mannequin, scale);
  const point = new Vector3();
  for (let i = 0; i < rig.positions.length; i += 3)
    point.fromArray(rig.positions, i).applyEuler(turn).toArray(rig.positions, i);
  return { rig, orientation: orientRig(rig, findBones(rig)!, mannequin) };
}

for (const [scale, unit, name] of [
  [100, 0.01, 'centimetres'],
  [1000, 0.001, 'millimetres'],
  [1 / 0.0254, 0.0254, 'inches'],
  [10, 0.1, 'decimetres'],
  [85, 0.01, 'centimetres'],
  [120, 0.01, 'centimetres'],
] as const) {
  it(`takes a body ${scale.toFixed(1)} times as large as the mannequin as modelled in ${name}, and warns`, () => {
    const { orientation } = orient(scale);
    expect(orientation).toMatchObject({ unit, rotation: null, warnings: [`modelled in ${name}, not metres: scaled`] });
  });
}

it('leaves the rig of a child and of a tall person in metres', () => {
  for (const scale of [0.6, 1, 1.2])
    expect(orient(scale).orientation).toEqual({ unit: 1, rotation: null, warnings: [] });
});

it('refuses a rig that has the size of a person in no unit, with what to do', () => {
  expect(() => orient(4e6)).toThrow(/as large as a person.*: export in metres/);
});

for (const [stance, turn] of [
  ['z up', new Euler(Math.PI / 2, 0, 0)],
  ['facing −z', new Euler(0, Math.PI, 0)],
  ['facing +x', new Euler(0, Math.PI / 2, 0)],
  ['upside down', new Euler(0, 0, Math.PI)],
] as const) {
  it(`turns a body that stands ${stance} as the mannequin stands, and warns`, () => {
    const { rig, orientation } = orient(1, turn);
    if (!orientation) throw new Error('not recognised');
    expect(orientation.warnings).toEqual([expect.stringMatching(/turned/)]);
    transformPart(
      { positions: rig.positions, normals: new Float32Array(0), sizes: {} },
      orientation.rotation,
      orientation.unit,
    );
    rig.positions.forEach((value, i) => expect(value).toBeCloseTo(mannequin.joints[i], 5));
  });
}

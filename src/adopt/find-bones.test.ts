import { expect, it } from 'vitest';
import { boneIndex, boneNames, boneParents } from '../mannequin/mannequin.ts';
import { findBones } from './find-bones.ts';
import { bothSides, makeRig, type RigJoint, readCommittedMannequin } from './make-rig.test-helper.ts';

const mannequin = await readCommittedMannequin();

/**
 * By convention, its joints: name, parent, the bone that should be found, and, where it lies elsewhere, towards which
 * bone.
 */
const rigs: Record<string, RigJoint[]> = {
  Mixamo: [
    ['mixamorig:Hips', null, 'hips'],
    ['mixamorig:Spine', 'mixamorig:Hips', 'spine'],
    ['mixamorig:Spine1', 'mixamorig:Spine', 'chest'],
    ['mixamorig:Spine2', 'mixamorig:Spine1', 'upperChest'],
    ['mixamorig:Neck', 'mixamorig:Spine2', 'neck'],
    ['mixamorig:Head', 'mixamorig:Neck', 'head'],
    ['mixamorig:HeadTop_End', 'mixamorig:Head', 'head'],
    ...bothSides((s, bone) => {
      const side = `mixamorig:${s('Left', 'Right')}`;
      return [
        [`${side}Shoulder`, 'mixamorig:Spine2', bone('Shoulder')],
        [`${side}Arm`, `${side}Shoulder`, bone('UpperArm')],
        [`${side}ForeArm`, `${side}Arm`, bone('LowerArm')],
        [`${side}Hand`, `${side}ForeArm`, bone('Hand')],
        [`${side}HandIndex1`, `${side}Hand`, bone('Hand')],
        [`${side}UpLeg`, 'mixamorig:Hips', bone('UpperLeg')],
        [`${side}Leg`, `${side}UpLeg`, bone('LowerLeg')],
        [`${side}Foot`, `${side}Leg`, bone('Foot')],
        [`${side}ToeBase`, `${side}Foot`, bone('Toes')],
      ];
    }),
  ],
  Unreal: [
    ['root', null, 'hips'],
    ['pelvis', 'root', 'hips'],
    ['spine_01', 'pelvis', 'spine'],
    ['spine_02', 'spine_01', 'chest'],
    ['spine_03', 'spine_02', 'upperChest'],
    ['neck_01', 'spine_03', 'neck'],
    ['head', 'neck_01', 'head'],
    ...bothSides((s, bone) => {
      const side = s('l', 'r');
      return [
        [`clavicle_${side}`, 'spine_03', bone('Shoulder')],
        [`upperarm_${side}`, `clavicle_${side}`, bone('UpperArm')],
        [`upperarm_twist_01_${side}`, `upperarm_${side}`, bone('UpperArmTwist')],
        [`lowerarm_${side}`, `upperarm_${side}`, bone('LowerArm')],
        [`lowerarm_twist_01_${side}`, `lowerarm_${side}`, bone('LowerArmTwist')],
        [`hand_${side}`, `lowerarm_${side}`, bone('Hand')],
        [`index_01_${side}`, `hand_${side}`, bone('Hand')],
        [`thigh_${side}`, 'pelvis', bone('UpperLeg')],
        [`thigh_twist_01_${side}`, `thigh_${side}`, bone('UpperLegTwist')],
        [`calf_${side}`, `thigh_${side}`, bone('LowerLeg')],
        [`calf_twist_01_${side}`, `calf_${side}`, bone('LowerLeg')],
        [`foot_${side}`, `calf_${side}`, bone('Foot')],
        [`ball_${side}`, `foot_${side}`, bone('Toes')],
      ];
    }),
  ],
  Rigify: [
    ['rig', null, 'hips'],
    ['DEF-spine', 'rig', 'hips'],
    ['DEF-spine.001', 'DEF-spine', 'spine'],
    ['DEF-spine.002', 'DEF-spine.001', 'chest'],
    ['DEF-spine.003', 'DEF-spine.002', 'upperChest'],
    ['DEF-spine.004', 'DEF-spine.003', 'neck'],
    ['DEF-spine.005', 'DEF-spine.004', 'neck', 'head', 0.5],
    ['DEF-spine.006', 'DEF-spine.005', 'head'],
    ...bothSides((s, bone) => {
      const side = s('L', 'R');
      return [
        [`DEF-shoulder.${side}`, 'DEF-spine.003', bone('Shoulder')],
        [`DEF-upper_arm.${side}`, `DEF-shoulder.${side}`, bone('UpperArm')],
        [`DEF-upper_arm.${side}.001`, `DEF-upper_arm.${side}`, bone('UpperArmTwist')],
        [`DEF-forearm.${side}`, `DEF-upper_arm.${side}.001`, bone('LowerArm')],
        [`DEF-forearm.${side}.001`, `DEF-forearm.${side}`, bone('LowerArmTwist')],
        [`DEF-hand.${side}`, `DEF-forearm.${side}.001`, bone('Hand')],
        [`DEF-pelvis.${side}`, 'DEF-spine', 'hips'],
        [`DEF-thigh.${side}`, 'DEF-spine', bone('UpperLeg')],
        [`DEF-thigh.${side}.001`, `DEF-thigh.${side}`, bone('UpperLegTwist')],
        [`DEF-shin.${side}`, `DEF-thigh.${side}.001`, bone('LowerLeg')],
        [`DEF-shin.${side}.001`, `DEF-shin.${side}`, bone('LowerLeg')],
        [`DEF-foot.${side}`, `DEF-shin.${side}.001`, bone('Foot')],
        [`DEF-toe.${side}`, `DEF-foot.${side}`, bone('Toes')],
      ];
    }),
  ],
  MakeHuman: [
    ['root', null, 'hips'],
    ['spine05', 'root', 'spine', 'hips', 1],
    ['spine04', 'spine05', 'spine'],
    ['spine03', 'spine04', 'spine', 'chest', 0.3],
    ['spine02', 'spine03', 'chest'],
    ['breast.L', 'spine02', 'chest'],
    ['spine01', 'spine02', 'upperChest'],
    ['neck01', 'spine01', 'neck'],
    ['neck02', 'neck01', 'neck'],
    ['head', 'neck02', 'head'],
    ['jaw', 'head', 'head'],
    ...bothSides((s, bone) => {
      const side = s('L', 'R');
      return [
        [`clavicle.${side}`, 'spine01', bone('Shoulder')],
        [`shoulder01.${side}`, `clavicle.${side}`, bone('Shoulder')],
        [`upperarm01.${side}`, `shoulder01.${side}`, bone('UpperArm')],
        [`upperarm02.${side}`, `upperarm01.${side}`, bone('UpperArmTwist')],
        [`lowerarm01.${side}`, `upperarm02.${side}`, bone('LowerArm')],
        [`lowerarm02.${side}`, `lowerarm01.${side}`, bone('LowerArmTwist')],
        [`wrist.${side}`, `lowerarm02.${side}`, bone('Hand')],
        [`finger1-1.${side}`, `wrist.${side}`, bone('Hand')],
        [`pelvis.${side}`, 'root', 'hips'],
        [`upperleg01.${side}`, `pelvis.${side}`, bone('UpperLeg')],
        [`upperleg02.${side}`, `upperleg01.${side}`, bone('UpperLegTwist')],
        [`lowerleg01.${side}`, `upperleg02.${side}`, bone('LowerLeg')],
        [`lowerleg02.${side}`, `lowerleg01.${side}`, bone('LowerLeg')],
        [`foot.${side}`, `lowerleg02.${side}`, bone('Foot')],
        [`toe1-1.${side}`, `foot.${side}`, bone('Toes')],
      ];
    }),
  ],
  DAZ: [
    ['hip', null, 'hips'],
    ['pelvis', 'hip', 'hips'],
    ['abdomenLower', 'hip', 'spine'],
    ['chestLower', 'abdomenLower', 'chest'],
    ['chestUpper', 'chestLower', 'upperChest'],
    ['neckLower', 'chestUpper', 'neck'],
    ['neckUpper', 'neckLower', 'neck', 'head', 0.5],
    ['head', 'neckUpper', 'head'],
    ...bothSides((s, bone) => {
      const side = s('l', 'r');
      return [
        [`${side}Collar`, 'chestUpper', bone('Shoulder')],
        [`${side}ShldrBend`, `${side}Collar`, bone('UpperArm')],
        [`${side}ShldrTwist`, `${side}ShldrBend`, bone('UpperArmTwist')],
        [`${side}ForearmBend`, `${side}ShldrTwist`, bone('LowerArm')],
        [`${side}ForearmTwist`, `${side}ForearmBend`, bone('LowerArmTwist')],
        [`${side}Hand`, `${side}ForearmTwist`, bone('Hand')],
        [`${side}ThighBend`, 'pelvis', bone('UpperLeg')],
        [`${side}ThighTwist`, `${side}ThighBend`, bone('UpperLegTwist')],
        [`${side}Shin`, `${side}ThighTwist`, bone('LowerLeg')],
        [`${side}Foot`, `${side}Shin`, bone('Foot')],
        [`${side}Toe`, `${side}Foot`, bone('Toes')],
      ];
    }),
  ],
  VRoid: boneNames
    .filter((name) => !name.includes('Twist'))
    .map((name, _, names): RigJoint => {
      const named = (bone: string): string =>
        `J_Bip_${bone.startsWith('left') ? 'L_' : bone.startsWith('right') ? 'R_' : 'C_'}${bone.replace(/^(left|right)/, '')}`;
      let parent = boneParents[boneIndex[name]];
      while (parent >= 0 && !names.includes(boneNames[parent])) parent = boneParents[parent];
      return [named(name), parent < 0 ? null : named(boneNames[parent]), name];
    }),
  VRM: boneNames.map((name, b): RigJoint => [name, boneParents[b] < 0 ? null : boneNames[boneParents[b]], name]),
};

for (const [maker, joints] of Object.entries(rigs)) {
  it(`finds every bone of a ${maker} rig by name, and where each begins`, () => {
    const map = findBones(makeRig(joints, mannequin));
    expect(map?.by).toBe(maker === 'VRM' ? 'vrm' : 'name');
    expect(joints.map(([name], j) => `${name}: ${boneNames[map!.bones[j]]}`)).toEqual(
      joints.map(([name, , bone]) => `${name}: ${bone}`),
    );
    for (const bone of [
      'leftUpperArm',
      'rightLowerArm',
      'leftHand',
      'leftUpperLeg',
      'rightLowerLeg',
      'rightFoot',
      'neck',
    ] as const) {
      expect(joints[map!.joints[boneIndex[bone]]][2]).toBe(bone);
    }
  });
}

it('finds the bones after a loader has removed dots and colons from the names', () => {
  for (const maker of ['Mixamo', 'Rigify', 'MakeHuman']) {
    const joints = rigs[maker];
    const rig = makeRig(joints, mannequin);
    rig.names = rig.names.map((name) => name.replace(/[[\].:/]/g, ''));
    const map = findBones(rig);
    expect(joints.map(([name], j) => `${name}: ${boneNames[map!.bones[j]]}`)).toEqual(
      joints.map(([name, , bone]) => `${name}: ${bone}`),
    );
  }
});

for (const maker of ['Mixamo', 'Unreal', 'MakeHuman', 'VRM']) {
  it(`finds limbs, trunk, neck and head of a ${maker} rig without its names, in metres and centimetres`, () => {
    const joints = rigs[maker];
    for (const scale of [1, 100]) {
      const rig = makeRig(joints, mannequin, scale);
      rig.names = rig.names.map((_, j) => `Bone.${j}`);
      const map = findBones(rig);
      expect(map?.by).toBe('shape');
      const found = (bone: (typeof boneNames)[number]): string => joints[map!.joints[boneIndex[bone]]]?.[2];
      for (const bone of [
        'hips',
        'neck',
        'leftUpperArm',
        'leftLowerArm',
        'leftHand',
        'rightUpperArm',
        'rightLowerArm',
        'rightHand',
        'leftUpperLeg',
        'leftLowerLeg',
        'leftFoot',
        'rightUpperLeg',
        'rightLowerLeg',
        'rightFoot',
      ] as const) {
        expect(found(bone)).toBe(bone);
      }
    }
  });
}

it('passes over an animator’s targets that are named like a knee or an elbow and hang from no thigh or arm', () => {
  const joints: RigJoint[] = [
    ['knee_l', null, 'leftLowerLeg', 'leftFoot', 0.5],
    ['elbow_r', null, 'hips'],
    ...rigs.Unreal,
  ];
  const map = findBones(makeRig(joints, mannequin))!;
  expect(joints[map.joints[boneIndex.leftLowerLeg]][0]).toBe('calf_l');
  expect(joints[map.joints[boneIndex.rightLowerArm]][0]).toBe('lowerarm_r');
  expect(boneNames[map.bones[0]]).toBe('hips');
});

it('passes over targets of the feet that hang from the root of a rig without known names', () => {
  const joints: RigJoint[] = [
    ['ground', null, 'hips', 'leftFoot', 1],
    ...rigs.Mixamo.map(([name, parent, ...rest]): RigJoint => [name, parent ?? 'ground', ...rest]),
    ...bothSides((s, bone): RigJoint[] => [
      [`target ${s('l', 'r')}`, 'ground', bone('Foot')],
      [`tip ${s('l', 'r')}`, `target ${s('l', 'r')}`, bone('Toes'), bone('LowerLeg'), -0.05],
    ]),
  ];
  const rig = makeRig(joints, mannequin);
  rig.names = rig.names.map((_, j) => `Bone.${j}`);
  const map = findBones(rig)!;
  expect(map.by).toBe('shape');
  for (const bone of ['leftFoot', 'rightLowerLeg', 'leftUpperLeg', 'hips', 'rightLowerArm'] as const)
    expect(joints[map.joints[boneIndex[bone]]][2]).toBe(bone);
});

it('recognises by shape a rig of which only the trunk has known names', () => {
  const rig = makeRig(rigs.Mixamo, mannequin);
  rig.names = rig.names.map((name, j) => (/Hips|Spine|Neck|Head/.test(name) ? name : `Bone.${j}`));
  expect(findBones(rig)?.by).toBe('shape');
});

it('finds no person in a chain, a star or a rig of three joints', () => {
  const points = (count: number, place: (j: number) => [number, number, number], parent: (j: number) => number) => ({
    names: Array.from({ length: count }, (_, j) => `Bone.${j}`),
    parents: Int32Array.from({ length: count }, (_, j) => parent(j)),
    positions: Float32Array.from(Array.from({ length: count }, (_, j) => place(j)).flat()),
  });
  expect(
    findBones(
      points(
        20,
        (j) => [0, j / 10, 0],
        (j) => j - 1,
      ),
    ),
  ).toBeNull();
  expect(
    findBones(
      points(
        20,
        (j) => [Math.cos(j), Math.sin(j), 0],
        (j) => (j === 0 ? -1 : 0),
      ),
    ),
  ).toBeNull();
  expect(
    findBones(
      points(
        3,
        (j) => [j, 0, 0],
        (j) => j - 1,
      ),
    ),
  ).toBeNull();
});

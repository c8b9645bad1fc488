import { expect, it } from 'vitest';
import { boneIndex, boneNames, boneParents } from './mannequin.ts';
import { armRegions, codeSides, isBoneIn, legRegions, regions } from './regions.ts';

it('gives the bones of a left limb the regions of their right counterparts', () => {
  boneNames.forEach((name, bone) => {
    if (!name.startsWith('left')) return;
    const counterpart = regions[boneNames.indexOf(name.replace('left', 'right') as typeof name)];
    expect(regions[bone]).toEqual({ region: counterpart.region, side: 'left' });
    expect(counterpart.side).toBe('right');
  });
});

it('keeps a limb whole: below a bone of an arm or a leg all bones are of the same limb and side', () => {
  for (const limb of [armRegions, legRegions])
    boneParents.forEach((parent, bone) => {
      if (parent < 0 || !limb.includes(regions[parent].region)) return;
      expect(limb).toContain(regions[bone].region);
      expect(regions[bone].side).toBe(regions[parent].side);
    });
});

it('selects bones by region and side', () => {
  const selected = isBoneIn(['forearm', 'hand'], 'left');
  expect(boneNames.filter((_, bone) => selected[bone])).toEqual(['leftLowerArm', 'leftLowerArmTwist', 'leftHand']);
  expect(isBoneIn(['hand']).filter(Boolean).length).toBe(2);
});

it('codes sides by the numbers given, and other regions as none', () => {
  const codes = codeSides(['clavicle'], { left: 1, right: 2, none: -1 });
  expect(codes[boneIndex.leftShoulder]).toBe(1);
  expect(codes[boneIndex.rightShoulder]).toBe(2);
  expect(codes[boneIndex.leftUpperArm]).toBe(-1);
  expect(codes[boneIndex.hips]).toBe(-1);
});

import { describe, expect, it } from 'vitest';
import { BONE_COUNT, boneIndex, morphIndex } from '../../src/mannequin/mannequin.ts';
import { armRegions, regions } from '../../src/mannequin/regions.ts';
import { committedMannequin } from './committed-mannequin.ts';
import { trunkBreadths } from './widen-trunk.ts';

const { joints, morphs, positions, skinIndices, skinWeights } = await committedMannequin();
const hips = joints[3 * boneIndex.leftUpperLeg + 1]!;
const trunk = joints[3 * boneIndex.upperChest + 1]! - hips;

/** Returns the morph's displacements. */
function displacementsOf(name: (typeof trunkBreadths)[number]): Float32Array {
  return morphs[morphIndex[name]]!.positions;
}

/** Returns by how much a vertex moves with the arms, 0 to 1. */
function armShare(v: number): number {
  return [0, 1, 2, 3].reduce(
    (sum, k) => sum + (armRegions.includes(regions[skinIndices[4 * v + k]!]!.region) ? skinWeights[4 * v + k]! : 0),
    0,
  );
}

/** Returns the number of the outermost vertex of the trunk on the left, at a level. */
function outermostAt(level: number): number {
  let best = -1;
  for (let v = 0; 3 * v < positions.length; v++) {
    if (Math.abs((positions[3 * v + 1]! - hips) / trunk - level) > 0.03) continue;
    if (armShare(v) > 0.02) continue;
    if (best < 0 || positions[3 * v]! > positions[3 * best]!) best = v;
  }
  return best;
}

describe.each(trunkBreadths.map((name, i) => [name, -0.15 + 0.2 * i] as const))('%s', (name, level) => {
  const displacements = displacementsOf(name);

  it('moves the outermost skin at its level by two thirds of its centimetres, to the side alone', () => {
    const v = outermostAt(level);
    const { cmPerUnit } = morphs[morphIndex[name]]!;
    expect((displacements[3 * v]! * 100) / (cmPerUnit / 2)).toBeGreaterThan(0.6);
    expect((displacements[3 * v]! * 100) / (cmPerUnit / 2)).toBeLessThan(0.72);
    expect(displacements.filter((metres, i) => i % 3 !== 0 && metres !== 0)).toHaveLength(0);
  });

  it('leaves the joints in place, and the skin of arms and of other levels', () => {
    expect(morphs[morphIndex[name]]!.joints).toEqual(new Float32Array(3 * BONE_COUNT));
    const moved = [...Array(positions.length / 3).keys()].filter((v) => displacements[3 * v] !== 0);
    const isFar = (v: number): boolean => Math.abs((positions[3 * v + 1]! - hips) / trunk - level) > 0.41;
    expect(moved.length).toBeGreaterThan(100);
    expect(moved.filter((v) => isFar(v) || armShare(v) > 0.999)).toEqual([]);
  });
});

it('all together widen waist and ribs evenly, by their centimetres', () => {
  for (const level of [0.25, 0.35, 0.45, 0.55]) {
    const v = outermostAt(level);
    const sum = trunkBreadths.reduce((total, name) => total + displacementsOf(name)[3 * v]! * 100, 0);
    expect(sum, `level ${level}`).toBeGreaterThan(0.95);
    expect(sum, `level ${level}`).toBeLessThan(1.05);
  }
});

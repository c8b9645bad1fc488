import { beforeAll, describe, expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { boneIndex, type Mannequin, MORPH_COUNT, morphIndex } from './mannequin.ts';
import { createMannequinShape, shapeMannequin } from './shape-mannequin.ts';

let mannequin: Mannequin;
beforeAll(async () => {
  mannequin = await committedMannequin();
});

describe('shapeMannequin', () => {
  it('gives the mean body when all weights are 0', () => {
    const shape = shapeMannequin(mannequin, new Float32Array(MORPH_COUNT), createMannequinShape(mannequin));
    expect(shape.positions).toEqual(mannequin.positions);
    expect(shape.joints).toEqual(mannequin.joints);
  });

  it('is linear: two morphs together displace the skin by the sum of their displacements', () => {
    const positionsFor = (weights: Partial<Record<keyof typeof morphIndex, number>>): Float32Array => {
      const all = new Float32Array(MORPH_COUNT);
      for (const [name, w] of Object.entries(weights)) all[morphIndex[name as keyof typeof morphIndex]] = w!;
      return shapeMannequin(mannequin, all, createMannequinShape(mannequin)).positions;
    };
    const both = positionsFor({ chest: 1, upperLegLength: -2 });
    const one = positionsFor({ chest: 1 });
    const other = positionsFor({ upperLegLength: -1 });
    for (let i = 0; i < both.length; i++) {
      const base = mannequin.positions[i];
      expect(Math.abs(both[i] - base - (one[i] - base) - 2 * (other[i] - base))).toBeLessThan(1e-5);
    }
  });

  it('raises everything above the shank when the shank grows', () => {
    const weights = new Float32Array(MORPH_COUNT);
    weights[morphIndex.lowerLegLength] = 1;
    const shape = shapeMannequin(mannequin, weights, createMannequinShape(mannequin));
    const centimetres = mannequin.morphs[morphIndex.lowerLegLength].cmPerUnit;
    const rise = (bone: keyof typeof boneIndex): number =>
      100 * (shape.joints[3 * boneIndex[bone] + 1] - mannequin.joints[3 * boneIndex[bone] + 1]);
    expect(rise('head')).toBeCloseTo(centimetres, 3);
    expect(rise('leftHand')).toBeCloseTo(centimetres, 3);
    expect(rise('leftLowerLeg')).toBeCloseTo(centimetres, 3);
    expect(rise('leftFoot')).toBeCloseTo(0, 5);
  });

  it('does not change the mannequin, and writes unit normals', () => {
    const before = mannequin.positions.slice();
    const shape = shapeMannequin(mannequin, mannequin.presets['male-95'], createMannequinShape(mannequin));
    expect(mannequin.positions).toEqual(before);
    for (let i = 0; i < shape.normals.length; i += 3)
      expect(Math.hypot(shape.normals[i], shape.normals[i + 1], shape.normals[i + 2])).toBeCloseTo(1, 4);
  });
});

import { Texture } from 'three';
import { describe, expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { createPosedBody } from '../body/create-posed-body.ts';
import { boneIndex } from '../mannequin/mannequin.ts';
import { ObstacleSight } from './obstacle-sight.ts';

const mannequin = await committedMannequin();
const CAMERA = { fovYDegrees: 42, width: 60, height: 80 };

/** The mannequin in front of a camera at its hips' height, `distance` metres away. */
function stand(distance: number) {
  const body = createPosedBody();
  body.camera = CAMERA;
  const hipHeight = mannequin.joints[3 * boneIndex.hips + 1];
  mannequin.joints.forEach((value, i) => (body.positions[i] = value - [0, hipHeight, distance][i % 3]));
  return body;
}
/** A mask of 60 × 80 pixels with a person in all rows but those from `fromRow` to before `toRow`. */
function maskWithout(fromRow: number, toRow: number) {
  const data = new Uint8ClampedArray(60 * 80).fill(255).fill(0, 60 * fromRow, 60 * toRow);
  return { mask: { width: 60, height: 80, data } };
}
function createSight() {
  const sight = new ObstacleSight({ value: new Texture() });
  sight.takeShape(mannequin);
  return sight;
}
/** What is seen of the core at a height of the rest pose, metres, as the shader interpolates it. */
function seenAt(sight: ObstacleSight, y: number): number {
  const target = new Float32Array(1);
  const skin = { skinIndices: new Uint16Array(4), skinWeights: Float32Array.of(1, 0, 0, 0) };
  sight.placeOnCore(Float32Array.of(0, y, 0.1), skin, target);
  const [place] = target;
  const { value } = sight.seen;
  const sample = Math.floor(place);
  return value[sample] + (place - sample) * (value[Math.min(sample + 1, value.length - 1)] - value[sample]);
}
function heightOf(bone: 'chest' | 'hips' | 'leftLowerLeg'): number {
  return mannequin.joints[3 * boneIndex[bone] + 1];
}

describe('sight of objects before the body', () => {
  it('sees all of the body where nothing hides it, and where no mask tells', () => {
    const sight = createSight();
    for (const tracked of [maskWithout(0, 0), { mask: null }]) {
      sight.takeBody(stand(3), tracked);
      expect([...sight.seen.value].every((seen) => seen === 1)).toBe(true);
    }
  });

  it('misses the hips behind a desk, and sees chest and knees above and below it', () => {
    const sight = createSight();
    sight.takeBody(stand(3), maskWithout(36, 46));
    expect(seenAt(sight, heightOf('hips'))).toBe(0);
    expect(seenAt(sight, heightOf('chest'))).toBe(1);
    expect(seenAt(sight, heightOf('leftLowerLeg'))).toBe(1);
  });

  it('takes what hides the body at the lower edge of the picture to go on beyond', () => {
    const sight = createSight();
    sight.takeBody(stand(1), maskWithout(60, 80));
    expect(seenAt(sight, heightOf('chest'))).toBe(1);
    expect(seenAt(sight, heightOf('leftLowerLeg'))).toBe(0);
  });

  it('never misses cloth on arms', () => {
    const skinIndices = Uint16Array.of(boneIndex.leftUpperArm, boneIndex.chest, 0, 0);
    const target = new Float32Array(1);
    const skin = { skinIndices, skinWeights: Float32Array.of(0.7, 0.3, 0, 0) };
    createSight().placeOnCore(Float32Array.of(0.3, 1.2, 0), skin, target);
    expect([...target]).toEqual([-1]);
  });
});

import { expect, it } from 'vitest';
import { BONE_COUNT, boneIndex } from '../mannequin/mannequin.ts';
import type { PixelClasses } from '../tracking/tracker.ts';
import { AreaTrust } from './area-trust.ts';
import { bodyAreas } from './body-areas.ts';

/** A camera 2 m before a body whose left arm spans the right half of the picture; all other joints are in the middle. */
function createBody() {
  const positions = new Float32Array(3 * BONE_COUNT).map((_, i) => (i % 3 === 2 ? -2 : 0));
  positions[3 * boneIndex.leftUpperArm] = 0.2;
  positions[3 * boneIndex.leftLowerArm] = 0.5;
  positions[3 * boneIndex.leftHand] = 0.8;
  return { positions, camera: { fovYDegrees: 50, width: 480, height: 480 } };
}

/** Classes of 64 × 64 px that are all upper clothes with this probability, 0..1, and hair with the rest. */
function fill(probability: number): PixelClasses {
  const data = new Uint8ClampedArray(4 * 64 * 64);
  for (let i = 0; i < data.length; i += 4) data.set([255 * (1 - probability), 0, 255 * probability, 0], i);
  return { width: 64, height: 64, data };
}

const arm = bodyAreas.indexOf('leftArm');

it('decides a photo at once', () => {
  const trust = new AreaTrust();
  trust.take(fill(0.95), createBody(), 0);
  expect(trust.shares[arm]).toBe(1);
  expect(trust.shares[bodyAreas.indexOf('kept')]).toBe(0);
  const unsure = new AreaTrust();
  unsure.take(fill(0.5), createBody(), 0);
  expect(unsure.shares[arm]).toBe(0);
});

it('keeps what is erased through some unsure frames, and gives it up without a jump', () => {
  const trust = new AreaTrust();
  trust.take(fill(0.95), createBody(), 0);
  trust.take(fill(0.5), createBody(), 33);
  trust.take(fill(0.95), createBody(), 67);
  expect(trust.shares[arm]).toBe(1);
  let before = 1;
  for (let frame = 3; frame < 40; frame++) {
    trust.take(fill(0.5), createBody(), (frame * 1000) / 30);
    expect(before - trust.shares[arm]).toBeLessThan(0.2);
    before = trust.shares[arm];
  }
  expect(trust.shares[arm]).toBe(0);
});

it('decides a limb that comes into the picture by what is seen of it', () => {
  const trust = new AreaTrust();
  const outside = createBody();
  for (const bone of ['leftUpperArm', 'leftLowerArm', 'leftHand'] as const) outside.positions[3 * boneIndex[bone]] = 9;
  trust.take(fill(0.95), outside, 0);
  expect(trust.shares[arm]).toBe(0);
  for (let frame = 1; frame < 30; frame++) trust.take(fill(0.95), createBody(), (frame * 1000) / 30);
  expect(trust.shares[arm]).toBe(1);
});

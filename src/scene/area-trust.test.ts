import { expect, it } from 'vitest';
import { BONE_COUNT, boneIndex } from '../mannequin/mannequin.ts';
import type { PixelClasses } from '../tracking/tracker.ts';
import { AreaTrust } from './area-trust.ts';
import { bodyAreas } from './body-areas.ts';
import { BodyCapsules } from './body-capsules.ts';

/** A camera 2 m before a body whose arms are stretched out to both sides; all other joints are in the middle. */
function createBody(shift = 0) {
  const positions = new Float32Array(3 * BONE_COUNT).map((_, i) => (i % 3 === 2 ? -2 : 0));
  for (const [side, sign] of [
    ['left', 1],
    ['right', -1],
  ] as const) {
    positions[3 * boneIndex[`${side}UpperArm`]] = sign * (0.2 + shift);
    positions[3 * boneIndex[`${side}LowerArm`]] = sign * (0.5 + shift);
    positions[3 * boneIndex[`${side}Hand`]] = sign * (0.8 + shift);
  }
  return { positions, camera: { fovYDegrees: 50, width: 480, height: 480 } };
}

const SIDE = 128;
/**
 * Classes of 128 × 128 px: a strip of upper clothes of this probability, 0..1, and hair with the rest, as high as arms in
 * sleeves, and background above and below it. At both ends of the strip are hands, if `hasHands`.
 */
function fill(probability: number, halfHeightPixels = 5, hasHands = true): PixelClasses {
  const data = new Uint8ClampedArray(4 * SIDE * SIDE);
  for (let y = SIDE / 2 - halfHeightPixels; y < SIDE / 2 + halfHeightPixels; y++)
    for (let x = 0; x < SIDE; x++) {
      const isHand = hasHands && Math.abs(x + 0.5 - SIDE / 2) > 55;
      data.set(isHand ? [0, 255, 0, 0] : [255 * (1 - probability), 0, 255 * probability, 0], 4 * (y * SIDE + x));
    }
  return { width: SIDE, height: SIDE, data };
}

/** Gives a frame to `trust`. */
function take(trust: AreaTrust, classes: PixelClasses, timeMs: number, body = createBody()): void {
  const capsules = new BodyCapsules();
  capsules.take(body, classes.width, classes.height);
  trust.take(classes, body, { capsules, covered: { arms: false, legs: false }, timeMs });
}

const arm = bodyAreas.indexOf('leftArm');

it('decides a photo at once', () => {
  const trust = new AreaTrust();
  take(trust, fill(0.95), 0);
  expect(trust.shares[arm]).toBe(1);
  expect(trust.shares[bodyAreas.indexOf('kept')]).toBe(0);
  const unsure = new AreaTrust();
  take(unsure, fill(0.5), 0);
  expect(unsure.shares[arm]).toBe(0);
});

it('keeps what is erased through some unsure frames, and gives it up without a jump', () => {
  const trust = new AreaTrust();
  take(trust, fill(0.95), 0);
  take(trust, fill(0.5), 33);
  take(trust, fill(0.95), 67);
  expect(trust.shares[arm]).toBe(1);
  let before = 1;
  for (let frame = 3; frame < 40; frame++) {
    take(trust, fill(0.5), (frame * 1000) / 30);
    expect(before - trust.shares[arm]).toBeLessThan(0.2);
    before = trust.shares[arm];
  }
  expect(trust.shares[arm]).toBe(0);
});

it('decides a limb that comes into the picture by what is seen of it', () => {
  const trust = new AreaTrust();
  take(trust, fill(0.95), 0, createBody(9));
  expect(trust.shares[arm]).toBe(0);
  for (let frame = 1; frame < 30; frame++) take(trust, fill(0.95), (frame * 1000) / 30);
  expect(trust.shares[arm]).toBe(1);
});

it('keeps both sleeves where their cloth runs on into other cloth, and erases them for good when it has ended', () => {
  const trust = new AreaTrust();
  // As of arms that are crossed before a trunk in the same cloth: the strip is 1.2 m high.
  take(trust, fill(0.95, 40), 0);
  expect(trust.shares[arm]).toBe(0);
  expect(trust.shares[bodyAreas.indexOf('rightArm')]).toBe(0);
  for (let frame = 1; frame < 30; frame++) take(trust, fill(0.95), (frame * 1000) / 30);
  expect(trust.shares[arm]).toBe(1);
  for (let frame = 30; frame < 60; frame++) take(trust, fill(0.95, 40), (frame * 1000) / 30);
  expect(trust.shares[arm]).toBe(1);
});

it('keeps sleeves while no hand is seen', () => {
  const trust = new AreaTrust();
  take(trust, fill(0.95, 5, false), 0);
  expect(trust.shares[arm]).toBe(0);
  for (let frame = 1; frame < 30; frame++) take(trust, fill(0.95), (frame * 1000) / 30);
  expect(trust.shares[arm]).toBe(1);
});

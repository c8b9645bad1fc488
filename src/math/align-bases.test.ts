import { Quaternion, Vector3 } from 'three';
import { expect, it } from 'vitest';
import { alignBases } from './align-bases.ts';
import { createRandom } from './create-random.ts';

function randomVector(random: () => number) {
  return new Vector3(random() - 0.5, random() - 0.5, random() - 0.5);
}

for (const seed of [1, 2, 3]) {
  it(`recovers a random rotation from two rotated directions (seed ${seed})`, () => {
    const random = createRandom(seed);
    const rotation = new Quaternion(random() - 0.5, random() - 0.5, random() - 0.5, random() - 0.5).normalize();
    const a = randomVector(random);
    const b = randomVector(random);
    const found = new Quaternion();
    const toA = a.clone().applyQuaternion(rotation).multiplyScalar(3);
    const toB = b.clone().applyQuaternion(rotation).multiplyScalar(0.1);
    expect(alignBases(a, b, toA, toB, found)).toBe(true);
    expect(found.angleTo(rotation)).toBeLessThan(1e-6);
  });
}

it('turns the primary direction exactly when the secondary directions make another angle', () => {
  const found = new Quaternion();
  alignBases(new Vector3(0, 1, 0), new Vector3(1, 0, 0), new Vector3(0, 2, 1), new Vector3(1, 1, 0), found);
  const moved = new Vector3(0, 1, 0).applyQuaternion(found);
  expect(moved.angleTo(new Vector3(0, 2, 1))).toBeLessThan(1e-6);
});

it('returns false for directions that define no rotation, and leaves target and inputs unchanged', () => {
  const target = new Quaternion(0, 0, 0, 1);
  const up = new Vector3(0, 1, 0);
  expect(alignBases(up, new Vector3(0, 2, 0), up, new Vector3(1, 0, 0), target)).toBe(false);
  expect(alignBases(up, new Vector3(1, 0, 0), new Vector3(), new Vector3(1, 0, 0), target)).toBe(false);
  expect(target.toArray()).toEqual([0, 0, 0, 1]);
  expect(up.toArray()).toEqual([0, 1, 0]);
});

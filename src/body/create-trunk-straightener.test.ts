import { expect, it } from 'vitest';
import { createLegStraightener } from './create-leg-straightener.ts';
import { createTrunkStraightener } from './create-trunk-straightener.ts';
import { pitchCamera } from './pitch-camera.ts';

/**
 * Hips at the origin, shoulders `length` up in the picture and `depth` towards the viewer, arms hanging or (1)
 * overhead.
 */
function trunk(length: number, depth: number, lift = -1): Float64Array {
  const world = new Float64Array(3 * 33);
  for (const [shoulder, side] of [
    [11, 1],
    [12, -1],
  ])
    world.set([0.17 * side, length, depth], 3 * shoulder);
  for (const [elbow, side] of [
    [13, 1],
    [14, -1],
  ])
    world.set([0.17 * side, length + 0.28 * lift, depth], 3 * elbow);
  for (const [hip, side] of [
    [23, 1],
    [24, -1],
  ])
    world.set([0.1 * side, 0, 0], 3 * hip);
  world.set([0.1, -0.4, 0.2], 3 * 25);
  return world;
}
function leanOf(world: Float64Array): number {
  return (Math.atan2(world[3 * 11 + 2], world[3 * 11 + 1]) * 180) / Math.PI;
}
const DISTANCE_METRES = 2.5;
/** The picture of world landmarks from far away: their own breadth and height. */
function raysOf(world: Float64Array): Float64Array {
  return Float64Array.from({ length: 66 }, (_, i) => world[3 * (i >> 1) + (i % 2)] / DISTANCE_METRES);
}

/** The steps that straighten the world landmarks of one person, in their order. */
function createStraightener(): (world: Float64Array, rays: Float64Array, usualDistanceMetres: number) => void {
  const steps = [createTrunkStraightener(), createLegStraightener(), pitchCamera];
  return (world, rays, usualDistanceMetres) => {
    for (const step of steps)
      step.apply({ world, rays, scale: 1, usualDistanceMetres, isDepthMeasured: false, uprightSlope: null });
  };
}

/**
 * Shows a course of trunks, one a frame, and returns the last one as straightened. `picture`: what is seen of each, if
 * not the same.
 */
function watch(course: readonly Float64Array[], picture: (world: Float64Array) => Float64Array = raysOf): Float64Array {
  const straighten = createStraightener();
  let last = course[0];
  course.forEach((world, i) => {
    last = world.slice();
    straighten(last, picture(world), i === 0 ? 0 : DISTANCE_METRES);
  });
  return last;
}
function still(count: number, world: Float64Array): Float64Array[] {
  return Array.from({ length: count }, () => world);
}

/** Degrees that nobody who stands is found to lean by. */
const UPRIGHT = 7;

it('stands people upright whatever the model says of their lean', () => {
  const course = Array.from({ length: 90 }, (_, i) => trunk(0.5, i % 20 < 10 ? 0.25 : -0.05));
  expect(Math.abs(leanOf(watch(course)))).toBeLessThan(UPRIGHT);
});

it('has arms go with their shoulders', () => {
  const leaning = trunk(0.5, 0.25);
  leaning.set([0.17, 0.1, 0.3], 3 * 15);
  const world = watch([leaning]);
  // Both went back by as much; what is left is the camera's pitch between their heights.
  expect(Math.abs(world[3 * 15 + 2] - world[3 * 11 + 2] - 0.05)).toBeLessThan(0.02);
  expect(world[3 * 11 + 2]).toBeLessThan(0.06);
});

it('has legs seen at their full length stand straight, and leaves the model those that are bent', () => {
  /** With the knees forward and the ankles behind them, seen so long. */
  const legs = (thigh: number, shank: number): Float64Array => {
    const world = trunk(0.5, 0.02);
    for (const side of [0, 1]) {
      world.set([side === 0 ? 0.1 : -0.1, -thigh, 0.15], 3 * (25 + side));
      world.set([side === 0 ? 0.1 : -0.1, -thigh - shank, -0.1], 3 * (27 + side));
    }
    return world;
  };
  const straight = watch(still(30, legs(0.42, 0.4)));
  expect(Math.abs(straight[3 * 25 + 2])).toBeLessThan(0.03);
  expect(Math.abs(straight[3 * 27 + 2])).toBeLessThan(0.08);
  const squatting = watch([...still(30, legs(0.42, 0.4)), legs(0.2, 0.34)]);
  expect(squatting[3 * 25 + 2]).toBeGreaterThan(0.12);
  expect(squatting[3 * 25 + 2] - squatting[3 * 27 + 2]).toBeGreaterThan(0.2);
});

it('bows a trunk as far as its foreshortening shows where the model says too little', () => {
  const world = watch([...still(30, trunk(0.5, 0.02)), trunk(0.5 * Math.cos(Math.PI / 6), 0.1)]);
  expect(leanOf(world)).toBeGreaterThan(24);
  expect(leanOf(world)).toBeLessThan(36);
});

it('bows nobody who steps back, whom the picture alone shortens, nor somebody whom the model alone shortens', () => {
  const upright = trunk(0.5, 0.02);
  const stepBack = (world: Float64Array): Float64Array =>
    raysOf(world).map((ray) => ray * (world === upright ? 1 : 0.8));
  expect(Math.abs(leanOf(watch([...still(30, upright), trunk(0.5, 0.021)], stepBack)))).toBeLessThan(UPRIGHT);
  const shrunk = trunk(0.42, 0.02);
  expect(
    Math.abs(leanOf(watch([...still(30, upright), shrunk], (world) => raysOf(world === shrunk ? upright : world)))),
  ).toBeLessThan(UPRIGHT);
});

it('does not take arms that come down for a bow, though the shoulders come down with them', () => {
  const world = watch([...still(30, trunk(0.55, 0.02, 1)), trunk(0.5, 0.02)]);
  expect(Math.abs(leanOf(world))).toBeLessThan(UPRIGHT);
});

it('leaves the picture alone', () => {
  const before = trunk(0.5, 0.3);
  const world = watch([before]);
  world.forEach((value, i) => {
    if (i % 3 !== 2) expect(value).toBe(before[i]);
  });
});

it('leaves somebody alone who lies or hangs', () => {
  const before = trunk(-0.5, 0.3);
  expect(watch([before])).toEqual(before);
});

it('begins anew after a reset', () => {
  const straightener = createTrunkStraightener();
  const straighten = (world: Float64Array): void =>
    straightener.apply({
      world,
      rays: raysOf(world),
      scale: 1,
      usualDistanceMetres: DISTANCE_METRES,
      isDepthMeasured: false,
      uprightSlope: null,
    });
  straighten(trunk(0.7, 0));
  straightener.reset?.();
  const short = trunk(0.5, 0.05);
  straighten(short);
  expect(leanOf(short)).toBeLessThan(UPRIGHT);
});

it('does not bow those who turn to face the camera, however long models find trunks from the side', () => {
  /** So long, turned so far, and leaning as the model pleases. */
  const turned = (length: number, degrees: number): Float64Array => {
    const world = trunk(length, 0.25);
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    for (let i = 0; i < world.length; i += 3)
      [world[i], world[i + 2]] = [cos * world[i], world[i + 2] - sin * world[i]];
    return world;
  };
  const aside = [...still(60, turned(0.58, 80)), turned(0.56, 60), turned(0.53, 30), turned(0.51, 15)];
  for (const facing of [30, 200]) {
    const world = watch([...aside, ...still(facing, trunk(0.5, 0.25))]);
    expect(Math.abs(leanOf(world))).toBeLessThan(UPRIGHT);
  }
  // Once facing has been seen, neither from the side nor on coming back.
  const back = watch([
    ...still(60, trunk(0.5, 0.25)),
    ...aside.slice(0, 61),
    ...[...aside].reverse().slice(0, 3),
    ...aside.slice(-2),
    trunk(0.5, 0.25),
  ]);
  expect(Math.abs(leanOf(back))).toBeLessThan(UPRIGHT);
});

it('does not bow those whose trunk the model tips otherwise as they let go their arms', () => {
  /** Standing: the model has the trunk so long and puts the whole body so far away; the picture stays the same. */
  const standing = (length: number): Float64Array => {
    const world = trunk(length, 0.1);
    for (const side of [0, 1]) {
      world.set([side === 0 ? 0.1 : -0.1, -0.42, 0], 3 * (25 + side));
      world.set([side === 0 ? 0.1 : -0.1, -0.82, -0.04], 3 * (27 + side));
    }
    return world;
  };
  const picture = raysOf(standing(0.5));
  const straighten = createStraightener();
  let last = standing(0.5);
  let usualDistanceMetres = 0;
  for (let i = 0; i < 240; i++) {
    const isCrossed = i < 90;
    last = standing(isCrossed ? 0.5 : 0.45);
    straighten(last, picture, usualDistanceMetres);
    const distanceMetres = DISTANCE_METRES * (isCrossed ? 1 : 0.93);
    // The usual distance follows within 1.5 s, at 30 frames a second.
    usualDistanceMetres += i === 0 ? distanceMetres : (distanceMetres - usualDistanceMetres) / 45;
  }
  expect(Math.abs(leanOf(last))).toBeLessThan(UPRIGHT);
});

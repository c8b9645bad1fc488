import { beforeEach, describe, expect, it } from 'vitest';
import { createTrackedFrame } from '../tracking/create-tracked-frame.ts';
import { createFacingKeeper } from './create-facing-keeper.ts';
import { landmarkIndex as at } from './landmark-index.ts';
import type { PoseOutcome } from './pose-state.ts';

const FRAME_MS = 40;

/**
 * A person turned by `turn` radians (0 faces the camera) with a hand before the belly; `isMistaken`: as a model has it
 * that takes front for back.
 */
function person(
  turn: number,
  isMistaken = false,
): { world: Float64Array; rays: Float64Array; visibility: Float64Array } {
  const world = new Float64Array(99);
  const put = (landmark: number, x: number, y: number, forward: number): void => {
    world[3 * landmark] = x * Math.cos(turn) + forward * Math.sin(turn);
    world[3 * landmark + 1] = y;
    world[3 * landmark + 2] = x * Math.sin(turn) + forward * Math.cos(turn);
  };
  put(at.nose, 0, 0.7, 0.12);
  for (const [left, right, x, y] of [
    [at.leftShoulder, at.rightShoulder, 0.18, 0.5],
    [at.leftHip, at.rightHip, 0.1, 0],
    [at.leftKnee, at.rightKnee, 0.1, -0.4],
  ] as const) {
    put(left, x, y, 0);
    put(right, -x, y, 0);
  }
  put(at.leftWrist, 0.05, 0.1, 0.3);
  put(at.rightWrist, -0.3, 0.1, 0.02);
  const visibility = Float64Array.from({ length: 33 }, (_, i) => (i === at.leftWrist ? 0.9 : 0.5));
  if (isMistaken) {
    for (let i = 1; i < 33; i += 2) {
      for (let k = 0; k < 3; k++) [world[3 * i + k], world[3 * i + 3 + k]] = [world[3 * i + 3 + k], world[3 * i + k]];
      [visibility[i], visibility[i + 1]] = [visibility[i + 1], visibility[i]];
    }
    for (let i = 2; i < 99; i += 3) world[i] *= -1;
  }
  return { world, rays: Float64Array.from({ length: 66 }, (_, i) => world[3 * (i >> 1) + (i & 1)]), visibility };
}

describe('createFacingKeeper', () => {
  let keeper: ReturnType<typeof createFacingKeeper>;
  let timeMs: number;
  beforeEach(() => {
    keeper = createFacingKeeper();
    timeMs = 0;
  });
  const apply = (seen: ReturnType<typeof person>, intervalMs: number): PoseOutcome => {
    const tracked = { ...createTrackedFrame(), timeMs: (timeMs += intervalMs) };
    const state = { ...seen, tracked, outcome: 'body' as PoseOutcome };
    keeper.apply(state);
    return state.outcome;
  };
  const keep = (turn: number, isMistaken = false, intervalMs = FRAME_MS): ReturnType<typeof person> => {
    const seen = person(turn, isMistaken);
    expect(apply(seen, intervalMs)).toBe('body');
    return seen;
  };

  it('gives somebody who is taken for their own back their front again, hands and all', () => {
    for (let i = 0; i < 20; i++) keep(0.2);
    for (let i = 0; i < 20; i++) {
      const kept = keep(0.2, i % 4 > 0);
      const right = person(0.2);
      for (const name of ['world', 'rays', 'visibility'] as const)
        kept[name].forEach((value, j) => expect(value, `${name} ${j}`).toBeCloseTo(right[name][j], 9));
    }
  });

  it('makes nothing of looks between the two sides, as smoothed landmarks are on their way, and believes them when they stay', () => {
    keep(0.1);
    const between = (): boolean => {
      const seen = person(0.1);
      for (const values of [seen.world, seen.rays])
        for (const shoulder of [at.leftShoulder, at.rightShoulder])
          values[(values === seen.world ? 3 : 2) * shoulder] *= 0.3;
      return apply(seen, FRAME_MS / 4) === 'body';
    };
    const looks = Array.from({ length: 30 }, between);
    expect(looks.indexOf(true)).toBeGreaterThan(5);
    expect(looks.slice(20)).not.toContain(false);
  });

  it.each([90, 360, 500])('lets people turn, at %i degrees a second', (speed) => {
    for (let turned = 0; turned < 4 * Math.PI; turned += (speed * Math.PI * FRAME_MS) / 180_000) {
      const kept = keep(turned);
      expect(kept.world).toEqual(person(turned).world);
    }
  });

  it('lets people turn between frames that are far apart', () => {
    for (let i = 0; i < 20; i++)
      expect(keep((i * Math.PI) / 4, false, 400).world).toEqual(person((i * Math.PI) / 4).world);
  });

  it('takes a back for a front that is hidden sooner than the other way round', () => {
    for (let i = 0; i < 10; i++) keep(0);
    const backs = Array.from({ length: 30 }, () => keep(0, true).world[3 * at.leftShoulder] < 0);
    expect(backs.indexOf(true)).toBeGreaterThan(15);
    expect(backs.at(-1)).toBe(true);
  });

  it('believes what it sees longer: the first looks were the mistaken ones', () => {
    for (let i = 0; i < 5; i++) keep(0, true);
    const seen = Array.from({ length: 10 }, () => keep(0));
    expect(seen[0].world).not.toEqual(person(0).world);
    expect(seen.at(-1)?.world).toEqual(person(0).world);
  });

  it('forgets who was away, or when told', () => {
    keep(0);
    expect(keep(Math.PI, false, 1200).world).toEqual(person(Math.PI).world);
    keeper.reset?.();
    expect(keep(0).world).toEqual(person(0).world);
  });
});

import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/create-random.ts';
import { LANDMARK_COUNT } from '../math/landmark-layout.ts';
import { createTrackedFrame } from '../tracking/create-tracked-frame.ts';
import { createLandmarkSteadier } from './create-landmark-steadier.ts';
import { landmarkIndex } from './landmark-index.ts';

const DEPTH_METRES = 2;

/** Steadies landmarks that all lie at x = `metres(seconds)`, and returns the result of each frame, metres. */
function steady(metres: (seconds: number) => number, { fps = 30, seconds = 3 } = {}): number[] {
  const step = createLandmarkSteadier();
  const tracked = createTrackedFrame();
  return Array.from({ length: fps * seconds }, (_, frame) => {
    tracked.timeMs = (1000 * frame) / fps;
    const placed = new Float64Array(3 * LANDMARK_COUNT);
    for (let i = 0; i < LANDMARK_COUNT; i++) placed.set([metres(frame / fps), 0, -DEPTH_METRES], 3 * i);
    step.apply({ placed, tracked });
    return placed[3 * (LANDMARK_COUNT - 1)];
  });
}

describe('the steadier of landmarks', () => {
  it('takes most of the wander from a person who stands still', () => {
    const random = createRandom(3);
    const wander = (seconds: number): number => 0.001 * Math.sin(4 * seconds) + 0.0005 * (random() - 0.5);
    const results = steady(wander);
    expect(Math.max(...results) - Math.min(...results)).toBeLessThan(0.0007);
  });

  it.each([15, 30, 60])('stays less than a millimetre behind a person who walks, at %i frames a second', (fps) => {
    const walk = (seconds: number): number => 1.2 * seconds;
    steady(walk, { fps }).forEach((metres, frame) => {
      expect(Math.abs(metres - walk(frame / fps))).toBeLessThan(0.001);
    });
  });

  it('stays within 3 mm of a person who shifts slowly, and at last', () => {
    const shift = (seconds: number): number => 0.01 * Math.min(1, seconds);
    const results = steady(shift);
    results.forEach((metres, frame) => {
      expect(Math.abs(metres - shift(frame / 30))).toBeLessThan(0.003);
    });
    expect(Math.abs(results[results.length - 1] - shift(3))).toBeLessThan(0.0015);
  });

  /** Steadies landmarks on a plane through the middle of the hips, turned by `turn(seconds)`; returns yaws, radians. */
  function steadyTurn(turn: (seconds: number) => number): number[] {
    const step = createLandmarkSteadier();
    const tracked = createTrackedFrame();
    const { leftShoulder, rightShoulder } = landmarkIndex;
    return Array.from({ length: 90 }, (_, frame) => {
      tracked.timeMs = (1000 * frame) / 30;
      const placed = new Float64Array(3 * LANDMARK_COUNT);
      const yaw = turn(frame / 30);
      for (let i = 0; i < LANDMARK_COUNT; i++) {
        const across = i % 2 ? 0.15 : -0.15;
        placed.set([across * Math.cos(yaw), 0, across * Math.sin(yaw) - DEPTH_METRES], 3 * i);
      }
      step.apply({ placed, tracked });
      return Math.atan2(
        placed[3 * leftShoulder + 2] - placed[3 * rightShoulder + 2],
        placed[3 * leftShoulder] - placed[3 * rightShoulder],
      );
    });
  }

  it('holds a still person whose depths wander, and stays within 2 degrees of one who turns', () => {
    const held = steadyTurn((seconds) => 0.015 * Math.sin(3 * seconds));
    expect(Math.max(...held) - Math.min(...held)).toBeLessThan(0.012);
    const turn = (seconds: number): number => 0.8 * Math.sin(seconds);
    steadyTurn(turn).forEach((yaw, frame) => {
      expect(Math.abs(yaw - turn(frame / 30))).toBeLessThan(0.035);
    });
  });

  it('starts anew after a reset', () => {
    const step = createLandmarkSteadier();
    const tracked = createTrackedFrame();
    const at = (x: number): number => {
      const placed = new Float64Array(3 * LANDMARK_COUNT).fill(-DEPTH_METRES);
      placed[0] = x;
      tracked.timeMs += 33;
      step.apply({ placed, tracked });
      return placed[0];
    };
    at(0);
    expect(at(0.001)).toBeLessThan(0.0005);
    step.reset?.();
    expect(at(0.001)).toBeCloseTo(0.001, 9);
  });
});

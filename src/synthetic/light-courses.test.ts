import { describe, expect, it } from 'vitest';
import { lightCourses } from './light-courses.ts';

describe('lightCourses', () => {
  it('blackout is full light except for one second of near darkness, and steady is always full light', () => {
    for (const timeMs of [0, 1999, 3100, 20_000]) expect(lightCourses.blackout(timeMs)).toBeCloseTo(1, 6);
    for (const timeMs of [2100, 2500, 3000]) expect(lightCourses.blackout(timeMs)).toBeCloseTo(0.002, 6);
    for (let timeMs = 1990; timeMs < 3110; timeMs += 7) {
      expect(lightCourses.blackout(timeMs)).toBeGreaterThan(0.0019);
      expect(lightCourses.blackout(timeMs)).toBeLessThanOrEqual(1);
    }
    expect(lightCourses.steady()).toBe(1);
  });
});

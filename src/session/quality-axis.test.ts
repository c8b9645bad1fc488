import { describe, expect, it } from 'vitest';
import { QualityAxis } from './quality-axis.ts';

/** When, from `timeMs` on, an axis that has room at every look is due. */
function dueAt(axis: QualityAxis<string>, timeMs: number): number {
  const begin = timeMs;
  while (!axis.isDue(true, timeMs)) timeMs += 100;
  return timeMs - begin;
}

describe('QualityAxis', () => {
  const create = (level = 0): QualityAxis<string> => new QualityAxis(['best', 'good', 'poor'], [8, 2, 1], level);

  it('goes down to its last level and up to its first, no further, and knows what the next better one costs', () => {
    const axis = create();
    expect([axis.value, axis.stepCost]).toEqual(['best', Infinity]);
    expect([axis.lighten(0), axis.value, axis.stepCost]).toEqual([true, 'good', 4]);
    expect([axis.lighten(0), axis.value, axis.stepCost]).toEqual([true, 'poor', 2]);
    expect([axis.lighten(0), axis.value]).toEqual([false, 'poor']);
    expect([axis.climb(0), axis.climb(0), axis.climb(0), axis.value]).toEqual([true, true, false, 'best']);
  });

  it('is due after three seconds of room at first, after ten once it went down', () => {
    const axis = create(1);
    expect(dueAt(axis, 5000)).toBe(3000);
    axis.lighten(8000);
    axis.restart();
    expect(dueAt(axis, 8000)).toBe(10_000);
  });

  it('room that was lost for a moment begins anew', () => {
    const axis = create(1);
    expect(axis.isDue(true, 0)).toBe(false);
    expect(axis.isDue(true, 2900)).toBe(false);
    expect(axis.isDue(false, 2950)).toBe(false);
    expect(dueAt(axis, 3000)).toBe(3000);
  });

  it('waits twice as long after each step up that was taken back, five minutes at most; one that held long is forgiven', () => {
    const axis = create(1);
    const waits: number[] = [];
    let timeMs = 0;
    for (let i = 0; i < 9; i++) {
      axis.restart();
      waits.push(dueAt(axis, timeMs) / 1000);
      timeMs += 1000 * waits[i];
      axis.climb(timeMs);
      timeMs += 2000;
      axis.lighten(timeMs);
    }
    expect(waits).toEqual([3, 10, 20, 40, 80, 160, 320, 320, 320]);
    axis.climb(timeMs);
    axis.lighten(timeMs + 70_000);
    axis.restart();
    expect(dueAt(axis, timeMs + 70_000)).toBe(10_000);
  });
});

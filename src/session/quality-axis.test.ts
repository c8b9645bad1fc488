import { describe, expect, it } from 'vitest';
import { QualityAxis } from './quality-axis.ts';

/** How long from `timeMs` on the next level must be affordable until it is due, milliseconds. */
function waitFor(axis: QualityAxis<string>, timeMs: number): number {
  const begin = timeMs;
  while (!axis.isDue(true, timeMs)) timeMs += 100;
  return timeMs - begin;
}

describe('QualityAxis', () => {
  const create = (level = 0): QualityAxis<string> => new QualityAxis(['best', 'good', 'poor'], [8, 2, 1], level);

  it('steps down to the last level and up to the first, no further, and tells the cost of the next better level', () => {
    const axis = create();
    expect([axis.value, axis.stepCost]).toEqual(['best', Infinity]);
    expect([axis.stepDown(0), axis.value, axis.stepCost]).toEqual([true, 'good', 4]);
    expect([axis.stepDown(0), axis.value, axis.stepCost]).toEqual([true, 'poor', 2]);
    expect([axis.stepDown(0), axis.value]).toEqual([false, 'poor']);
    expect([axis.stepUp(0), axis.stepUp(0), axis.stepUp(0), axis.value]).toEqual([true, true, false, 'best']);
  });

  it('the next level is due after 3 s at first, after 10 s once it stepped down', () => {
    const axis = create(1);
    expect(waitFor(axis, 5000)).toBe(3000);
    axis.stepDown(8000);
    axis.restart();
    expect(waitFor(axis, 8000)).toBe(10_000);
  });

  it('the wait begins anew when the next level was not affordable for a moment', () => {
    const axis = create(1);
    expect(axis.isDue(true, 0)).toBe(false);
    expect(axis.isDue(true, 2900)).toBe(false);
    expect(axis.isDue(false, 2950)).toBe(false);
    expect(waitFor(axis, 3000)).toBe(3000);
  });

  it('each step up that is soon taken back doubles the wait, up to 320 s; one that lasts resets it', () => {
    const axis = create(1);
    const waits: number[] = [];
    let timeMs = 0;
    for (let i = 0; i < 9; i++) {
      axis.restart();
      waits.push(waitFor(axis, timeMs) / 1000);
      timeMs += 1000 * waits[i];
      axis.stepUp(timeMs);
      timeMs += 2000;
      axis.stepDown(timeMs);
    }
    expect(waits).toEqual([3, 10, 20, 40, 80, 160, 320, 320, 320]);
    axis.stepUp(timeMs);
    axis.stepDown(timeMs + 70_000);
    axis.restart();
    expect(waitFor(axis, timeMs + 70_000)).toBe(10_000);
  });
});

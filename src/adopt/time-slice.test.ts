import { afterEach, expect, it, vi } from 'vitest';
import { TimeSlice } from './time-slice.ts';

afterEach(() => vi.restoreAllMocks());

it('is over after 8 ms, and begins anew after the page has run', async () => {
  let nowMs = 1000;
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  const slice = new TimeSlice();
  /** How long the loop runs before it lets the page run, when each round takes 0.02 ms. */
  const heldMs = (): number => {
    const startMs = nowMs;
    while (!slice.isOver()) nowMs += 0.02;
    return nowMs - startMs;
  };
  for (let i = 0; i < 3; i++) {
    const held = heldMs();
    expect(held).toBeGreaterThanOrEqual(8);
    expect(held).toBeLessThan(10);
    let hasRun = false;
    setTimeout(() => (hasRun = true), 0);
    // A timer of 0 ms is due after a few turns of the event loop.
    for (let turn = 0; turn < 100 && !hasRun; turn++) await slice.next();
    expect(hasRun).toBe(true);
  }
});

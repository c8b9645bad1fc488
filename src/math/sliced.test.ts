import { afterEach, expect, it, vi } from 'vitest';
import { forEachIndex, runAtOnce, runInSlices, type Sliced } from './sliced.ts';
import { EventLoopTurns } from './yield-to-event-loop.ts';

afterEach(() => vi.restoreAllMocks());

/** Adds the numbers below `count`; each 100 take `ms` milliseconds on the mocked clock. */
function* add(count: number, tick: () => void): Sliced<number> {
  let sum = 0;
  yield* forEachIndex(count, (index) => {
    sum += index;
    if (index % 100 === 0) tick();
  });
  return sum;
}

it('gives the same result at once and in slices', async () => {
  expect(runAtOnce(add(1234, () => {}))).toBe((1234 * 1233) / 2);
  expect(await runInSlices(add(1234, () => {}))).toBe((1234 * 1233) / 2);
});

it('lets the page run after each 8 ms', async () => {
  let nowMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  const next = vi.spyOn(EventLoopTurns.prototype, 'next');
  /** By slice: milliseconds of work. */
  const worked: number[] = [];
  await runInSlices(
    add(10_000, () => {
      nowMs++;
      const slice = next.mock.calls.length;
      worked[slice] = (worked[slice] ?? 0) + 1;
    }),
  );
  expect(worked.slice(0, -1)).toEqual(worked.slice(0, -1).fill(8));
  expect(worked.reduce((sum, ms) => sum + ms)).toBe(100);
});

it('stops when the signal aborts, with its reason', async () => {
  const abort = new AbortController();
  let calls = 0;
  function* forever(): Sliced<void> {
    for (;;) {
      if (++calls === 1000) abort.abort(new Error('gone'));
      yield;
    }
  }
  await expect(runInSlices(forever(), abort.signal)).rejects.toThrow('gone');
});

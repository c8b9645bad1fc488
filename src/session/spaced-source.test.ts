import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFrame, type Frame, type FrameSource } from '../capture/frame-source.ts';
import { SpacedSource } from './spaced-source.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A source that has a new picture at any time. */
function create() {
  const inner: FrameSource & { asked: number[]; closed: boolean } = {
    width: 4,
    height: 3,
    live: true,
    asked: [],
    closed: false,
    next: async (target: Frame) => {
      inner.asked.push(performance.now());
      return target;
    },
    close: () => void (inner.closed = true),
  };
  return { inner, spaced: new SpacedSource(inner) };
}

it('SpacedSource gives every frame, and leaves frames out once it has a spacing', async () => {
  const { inner, spaced } = create();
  const frame = createFrame();
  const begin = performance.now();
  for (let i = 0; i < 3; i++) expect(await spaced.next(frame)).toBe(frame);
  spaced.spacingMs = 60;
  for (let i = 0; i < 3; i++) {
    const next = spaced.next(frame);
    // 25 ms go by with the frame anyhow.
    await vi.advanceTimersByTimeAsync(60);
    await next;
    await vi.advanceTimersByTimeAsync(25);
  }
  expect(inner.asked.map((at) => at - begin)).toEqual([0, 0, 0, 60, 120, 180]);
  spaced.spacingMs = 0;
  await spaced.next(frame);
  expect(inner.asked.at(-1)).toBe(performance.now());
});

it('SpacedSource: close() ends the wait for the next frame without a frame', async () => {
  const { inner, spaced } = create();
  await spaced.next(createFrame());
  spaced.spacingMs = 60_000;
  const next = spaced.next(createFrame());
  spaced.close();
  expect(await next).toBe(null);
  expect([inner.closed, inner.asked.length]).toEqual([true, 1]);
  expect(vi.getTimerCount()).toBe(0);
});

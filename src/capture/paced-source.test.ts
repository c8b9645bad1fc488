import { describe, expect, it } from 'vitest';
import { createFrame, type Frame, type FrameSource } from './frame-source.ts';
import { PacedSource } from './paced-source.ts';

function createFastSource(stepMs: number): FrameSource & { closed: boolean } {
  let count = 0;
  return {
    width: 4,
    height: 3,
    live: false,
    closed: false,
    async next(target: Frame) {
      target.timeMs = count++ * stepMs;
      return count > 5 ? null : target;
    },
    close() {
      this.closed = true;
    },
  };
}

describe('PacedSource', () => {
  it('gives every frame, none before its time', async () => {
    const source = new PacedSource(createFastSource(20));
    const frame = createFrame();
    const times: number[] = [];
    const arrivalsMs: number[] = [];
    const startMs = performance.now();
    while (await source.next(frame)) {
      times.push(frame.timeMs);
      arrivalsMs.push(performance.now() - startMs);
    }
    expect(times).toEqual([0, 20, 40, 60, 80]);
    // Timers may fire a millisecond early.
    expect(arrivalsMs.every((arrivalMs, i) => arrivalMs >= times[i] - 2)).toBe(true);
  });

  it('close() resolves a waiting next() to null', async () => {
    const inner = createFastSource(60_000);
    const source = new PacedSource(inner);
    const frame = createFrame();
    await source.next(frame);
    const waiting = source.next(frame);
    await Promise.resolve();
    setTimeout(() => source.close(), 5);
    expect(await waiting).toBe(null);
    expect(inner.closed).toBe(true);
  });
});

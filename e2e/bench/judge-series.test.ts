import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/math/create-random.ts';
import { judgeSeries } from './judge-series.ts';

const frames = Array.from({ length: 41 }, (_, i) => 250 * i);
function series(valueAt: (frame: number) => number, slack = 0) {
  return { name: 'x', slack, frames, values: frames.map(valueAt) };
}

describe('judgeSeries', () => {
  it('says grows of a leak of one byte in fifty frames on an empty heap, and of a steady leak on a large heap', () => {
    expect(judgeSeries(series((frame) => frame / 50)).verdict).toBe('grows');
    const leak = judgeSeries(series((frame) => 20e6 + 100 * frame));
    expect(leak).toEqual({
      name: 'x',
      atSettled: 20_050_000,
      atEnd: 21_000_000,
      slopePer1000: expect.closeTo(100_000, 3),
      verdict: 'grows',
    });
  });

  it('says flat of a rise that ends within 500 frames, and of noise around a level (seed 3)', () => {
    const random = createRandom(3);
    expect(judgeSeries(series((frame) => Math.min(frame, 500))).verdict).toBe('flat');
    expect(judgeSeries(series(() => 20e6 + 1e6 * (random() - 0.5))).verdict).toBe('flat');
  });

  it('says flat of one object more, and grows of one more every thousand frames', () => {
    expect(judgeSeries(series((frame) => (frame > 5000 ? 8 : 7), 1)).verdict).toBe('flat');
    expect(judgeSeries(series((frame) => 7 + Math.floor(frame / 1000), 1)).verdict).toBe('grows');
  });

  it('says levels of a rise that runs out, and grows of a rise that only slows down', () => {
    const rising = (course: (share: number) => number) =>
      judgeSeries(series((frame) => 1e6 + 1e5 * course(frame / 10_000))).verdict;
    expect(rising((share) => 1 - Math.exp(-4 * share))).toBe('levels');
    expect(rising((share) => Math.sqrt(share))).toBe('grows');
    expect(rising((share) => share ** 2)).toBe('grows');
  });

  it('does not judge the first half of a short run', () => {
    const short = [10, 20, 30, 40, 50, 60];
    expect(judgeSeries({ name: 'x', slack: 0, frames: short, values: [1, 5, 9, 9, 9, 9] })).toEqual({
      name: 'x',
      atSettled: 9,
      atEnd: 9,
      slopePer1000: 0,
      verdict: 'flat',
    });
    expect(judgeSeries({ name: 'x', slack: 0, frames: short, values: [9, 9, 9, 10, 11, 12] }).verdict).toBe('grows');
  });
});

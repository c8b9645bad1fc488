import { describe, expect, it } from 'vitest';
import { createRandom } from './create-random.ts';
import { OneEuroFilter } from './one-euro-filter.ts';

const options = { minCutoff: 1, beta: 0.5, derivativeCutoff: 1 };

describe('OneEuroFilter', () => {
  it('passes the first values unchanged, and the first values after a reset', () => {
    const filter = new OneEuroFilter(2, options);
    const values = Float64Array.of(3, -4);
    filter.apply(values, 0);
    expect([...values]).toEqual([3, -4]);
    filter.apply(Float64Array.of(9, 9), 100);
    filter.reset();
    values.set([5, 6]);
    filter.apply(values, 50);
    expect([...values]).toEqual([5, 6]);
  });

  it('responds to a step as the published equations do', () => {
    const filter = new OneEuroFilter(1, options);
    filter.apply(Float64Array.of(0), 0);
    const value = Float64Array.of(1);
    filter.apply(value, 100);
    // The interval is 0.1 s and the raw speed 10 / s. A low-pass of 1 Hz filters the speed; the cutoff is then
    // 1 + 0.5 · speed.
    const factor = (cutoff: number): number => 1 / (1 + 1 / (2 * Math.PI * cutoff * 0.1));
    expect(value[0]).toBeCloseTo(factor(1 + 0.5 * factor(1) * 10), 12);
  });

  it('leaves values unchanged when time does not advance', () => {
    const filter = new OneEuroFilter(1, options);
    filter.apply(Float64Array.of(0), 100);
    const value = Float64Array.of(7);
    filter.apply(value, 100);
    filter.apply(value, 50);
    expect(value[0]).toBe(7);
  });

  it('filters a far object like a near one when values are scaled by object size', () => {
    const near = new OneEuroFilter(1, options);
    const far = new OneEuroFilter(1, options);
    const nearValue = Float64Array.of(0);
    const farValue = Float64Array.of(0);
    for (let i = 0; i < 20; i++) {
      nearValue[0] = 100 * Math.sin(i);
      farValue[0] = 10 * Math.sin(i);
      near.apply(nearValue, i * 33, 1 / 100);
      far.apply(farValue, i * 33, 1 / 10);
      expect(farValue[0]).toBeCloseTo(nearValue[0] / 10, 10);
    }
  });

  it('reduces the noise of a value at rest to under a quarter of its variance (seed 7)', () => {
    const filter = new OneEuroFilter(1, { minCutoff: 0.5, beta: 0.01, derivativeCutoff: 1 });
    let seed = 7;
    const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647 - 0.5;
    let raw = 0;
    let smooth = 0;
    const value = new Float64Array(1);
    for (let i = 0; i < 300; i++) {
      const noise = random();
      value[0] = 10 + noise;
      filter.apply(value, i * 33);
      if (i < 100) continue;
      raw += noise ** 2;
      smooth += (value[0] - 10) ** 2;
    }
    expect(smooth).toBeLessThan(raw / 4);
  });

  it('stays less far behind a value that turns back when it holds its speed, at no more jitter (seed 5)', () => {
    const random = createRandom(5);
    const noise = Float64Array.from({ length: 600 }, () => 0.005 * (random() - 0.5));
    // In sizes of a person: a twelfth to both sides, 0.8 s to and fro.
    const sway = noise.map((_, frame) => Math.sin((2 * Math.PI * frame) / 24) / 12);
    const measure = (beta: number, release: number): { lag: number; jitter: number } => {
      const smooth = (raw: Float64Array): Float64Array => {
        const filter = new OneEuroFilter(1, { minCutoff: 0.05, beta, derivativeCutoff: 1, release });
        return raw.map((value, frame) => {
          const values = Float64Array.of(value);
          filter.apply(values, (1000 * frame) / 30);
          return values[0];
        });
      };
      const steps = smooth(noise).map((value, frame, all) => Math.abs(value - (all[frame - 1] ?? value)));
      return {
        lag: Math.max(...smooth(sway).map((value, frame) => Math.abs(value - sway[frame]))),
        jitter: steps.reduce((sum, step) => sum + step) / steps.length,
      };
    };
    const published = measure(80, Infinity);
    const held = measure(76, 1.5);
    expect(held.jitter).toBeLessThan(published.jitter);
    expect(held.lag).toBeLessThan(0.7 * published.lag);
  });

  it('lets go of the speed that it held', () => {
    const moved = new OneEuroFilter(1, { ...options, beta: 80, release: 1.5 });
    const rested = new OneEuroFilter(1, { ...options, beta: 80, release: 1.5 });
    const value = new Float64Array(1);
    const step = (filter: OneEuroFilter, raw: number, frame: number): number => {
      value[0] = raw;
      filter.apply(value, (1000 * frame) / 30);
      return value[0];
    };
    for (let frame = 0; frame < 100; frame++) {
      step(moved, Math.min(frame, 20) / 20, frame);
      step(rested, 1, frame);
    }
    expect(step(moved, 1.001, 100)).toBeCloseTo(step(rested, 1.001, 100), 5);
  });
});

import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/create-random.ts';
import type { Tracker } from '../tracking/tracker.ts';
import { QualityLadder, type QualityLadderOptions } from './quality-ladder.ts';

/** Times that a simulated device takes for one frame, milliseconds. */
interface Device {
  /** Tracking with `lite`, without noise; `full` takes 1.5 times as long. */
  trackingMs: (timeMs: number) => number;
  /** Drawing at scale 1, and the part of it that does not depend on the scale. */
  drawingMs: (timeMs: number) => number;
  fixedMs?: number;
  /** Drawing on the GPU at scale 1, which is not part of the measured times. */
  gpuMs?: number;
  /** Time from frame to frame of the camera. */
  cameraMs?: number;
}

/** Levels that the ladder has chosen, from a time on. */
interface Levels {
  timeMs: number;
  model: Tracker['model'];
  scale: number;
  spacingMs: number;
}

const actualCosts = { lite: 1, full: 1.5, heavy: 6 } as const;

/**
 * Simulates `seconds` of a live source on a device. Times have noise like real ones: ±15 %, and one frame in thirty
 * takes three times as long. Tracking and drawing overlap, and the measured tracking time includes waiting for drawing.
 * Returns every change of the levels, the first levels included.
 */
function play(
  device: Device,
  seconds: number,
  { seed = 1, ...options }: Partial<QualityLadderOptions> & { seed?: number } = {},
): { changes: Levels[]; last: Levels; ladder: QualityLadder } {
  const random = createRandom(seed);
  const ladder = new QualityLadder({ model: 'lite', isModelFree: true, isFullAffordable: () => true, ...options });
  const noise = (): number => (0.85 + 0.3 * random()) * (random() < 1 / 30 ? 3 : 1);
  const look = (timeMs: number): Levels => ({
    timeMs,
    model: ladder.model,
    scale: ladder.scale,
    spacingMs: ladder.spacingMs,
  });
  const changes = [look(0)];
  const cameraMs = device.cameraMs ?? 1000 / 30;
  const fixedMs = device.fixedMs ?? 1;
  let dropped = 0;
  let taken = 0;
  for (let nowMs = 0; nowMs < 1000 * seconds; ) {
    const timeMs = taken * cameraMs;
    const tracking = device.trackingMs(nowMs) * actualCosts[ladder.model] * noise();
    const drawing = (fixedMs + (device.drawingMs(nowMs) - fixedMs) * ladder.scale ** 2) * noise();
    const gpu = (device.gpuMs ?? 0) * ladder.scale ** 2 * noise();
    const isBehind = tracking + drawing > cameraMs;
    const isChanged = ladder.add(timeMs, isBehind ? Math.max(tracking, drawing + 1) : tracking, drawing, dropped);
    if (isChanged) changes.push(look(timeMs));
    // Then the newest frame of the camera, or the next one.
    nowMs = Math.max(nowMs + Math.max(tracking, drawing, gpu, ladder.spacingMs), (taken + 1) * cameraMs);
    const newest = Math.max(taken + 1, Math.floor(nowMs / cameraMs));
    dropped += newest - taken - 1;
    taken = newest;
  }
  return { changes, last: changes[changes.length - 1], ladder };
}

function steady(ms: number): () => number {
  return () => ms;
}

describe('QualityLadder', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    it(`a fast phone steps up to full within five seconds and stays (seed ${seed})`, () => {
      const { changes, last } = play({ trackingMs: steady(12), drawingMs: steady(6) }, 600, { seed });
      expect(changes.length).toBe(2);
      expect(last).toMatchObject({ model: 'full', scale: 1, spacingMs: 0 });
      expect(last.timeMs).toBeLessThan(5000);
    });

    it(`a phone that reaches 30 fps only with lite keeps lite and scale 1 (seed ${seed})`, () => {
      const { changes } = play({ trackingMs: steady(26), drawingMs: steady(12) }, 600, { seed });
      expect(changes).toEqual([{ timeMs: 0, model: 'lite', scale: 1, spacingMs: 0 }]);
    });

    it(`slow drawing: a smaller picture, the model stays (seed ${seed})`, () => {
      const { changes, last } = play({ trackingMs: steady(15), drawingMs: steady(100) }, 60, { seed, model: 'full' });
      expect(last).toMatchObject({ model: 'full', scale: 0.5 });
      expect(changes.every(({ model }) => model === 'full')).toBe(true);
      expect(last.timeMs).toBeLessThan(4000);
    });

    it(`slow drawing on the GPU that no measured time shows: a smaller picture (seed ${seed})`, () => {
      const { changes, last } = play({ trackingMs: steady(15), drawingMs: steady(5), gpuMs: 100 }, 60, {
        seed,
        model: 'full',
      });
      expect(changes[1]).toMatchObject({ model: 'full', scale: 0.75 });
      expect(changes[2]).toMatchObject({ model: 'full', scale: 0.5 });
      expect(changes[2].timeMs).toBeLessThan(4000);
      expect(last.model).toBe('full');
    });

    it(`slow tracking: lite within two seconds, scale 1 stays (seed ${seed})`, () => {
      const { changes, last } = play({ trackingMs: steady(32), drawingMs: steady(8) }, 120, { seed, model: 'full' });
      expect(changes.length).toBe(2);
      expect(last).toMatchObject({ model: 'lite', scale: 1 });
      expect(last.timeMs).toBeLessThan(2000);
    });

    it(`always too slow: the cheapest levels, and no frames left out, because nothing gets worse (seed ${seed})`, () => {
      const { changes, last } = play({ trackingMs: steady(90), drawingMs: steady(140), fixedMs: 20 }, 300, {
        seed,
        model: 'full',
      });
      expect(last).toMatchObject({ model: 'lite', scale: 0.5, spacingMs: 0 });
      expect(changes.length).toBe(4);
    });

    it(`a camera of 15 fps does not count as slow: steps up to full (seed ${seed})`, () => {
      const { changes, last } = play({ trackingMs: steady(14), drawingMs: steady(8), cameraMs: 1000 / 15 }, 120, {
        seed,
      });
      expect(changes.length).toBe(2);
      expect(last).toMatchObject({ model: 'full', scale: 1, spacingMs: 0 });
    });

    it(`gets hot and cools: steps down within seconds, later back to the first levels (seed ${seed})`, () => {
      // 2.2 × as slow during the second minute.
      const heat = (ms: number) => (timeMs: number) => (timeMs > 60_000 && timeMs < 120_000 ? 2.2 * ms : ms);
      const { changes, last } = play({ trackingMs: heat(15), drawingMs: heat(10) }, 240, { seed });
      expect(changes[1]).toMatchObject({ model: 'full', scale: 1 });
      expect(changes[2]).toMatchObject({ model: 'lite' });
      expect(changes[2].timeMs).toBeLessThan(62_500);
      expect(last).toMatchObject({ model: 'full', scale: 1, spacingMs: 0 });
      expect(last.timeMs).toBeGreaterThan(120_000);
      expect(last.timeMs).toBeLessThan(140_000);
    });

    it(`gets hot at the cheapest levels: leaves frames out until it is cool (seed ${seed})`, () => {
      const heat = (timeMs: number): number => (timeMs < 60_000 ? 40 : timeMs < 120_000 ? 75 : 40);
      const { changes, last } = play({ trackingMs: heat, drawingMs: steady(8) }, 240, { seed });
      const rest = changes.find(({ spacingMs }) => spacingMs > 0);
      expect(rest).toMatchObject({ model: 'lite', spacingMs: 1000 / 15 });
      expect(rest?.timeMs).toBeGreaterThan(60_000);
      expect(rest?.timeMs).toBeLessThan(63_000);
      expect(last.spacingMs).toBe(0);
      expect(last.timeMs).toBeGreaterThan(120_000);
      expect(last.timeMs).toBeLessThan(140_000);
    });

    it(`hot for one minute in four: leaves frames out, then shows all, then reaches the old levels (seed ${seed})`, () => {
      // 4 × as slow: too slow even at the cheapest levels.
      const heat = (ms: number) => (timeMs: number) => (timeMs % 240_000 > 180_000 ? 4 * ms : ms);
      const { changes } = play({ trackingMs: heat(14), drawingMs: heat(12) }, 960, { seed });
      for (let wave = 0; wave < 4; wave++) {
        const isOf = ({ timeMs }: Levels): boolean => timeMs > wave * 240_000 && timeMs <= (wave + 1) * 240_000;
        const [cool, hot] = [
          changes.filter((seen) => isOf(seen) && seen.timeMs % 240_000 <= 180_000),
          changes.filter((seen) => isOf(seen) && seen.timeMs % 240_000 > 180_000),
        ];
        expect(cool.at(-1)).toMatchObject({ model: 'full', scale: 1, spacingMs: 0 });
        expect((cool.at(-1)?.timeMs ?? Infinity) - wave * 240_000).toBeLessThan(90_000);
        expect(
          cool.filter(({ model, scale }) => model === 'full' || scale > 0.5).every(({ spacingMs }) => spacingMs === 0),
        ).toBe(true);
        expect(hot.at(-1)).toMatchObject({ model: 'lite', scale: 0.5, spacingMs: 1000 / 15 });
        expect(hot.length).toBeLessThanOrEqual(4);
      }
    });

    it(`full costs more than expected: tries it with growing waits, six times in ten minutes (seed ${seed})`, () => {
      // Expected to be affordable (17 ms × 1.6 = 27 ms), but full takes 51 ms.
      const device: Device = { trackingMs: steady(17), drawingMs: steady(6) };
      const random = createRandom(seed);
      const ladder = new QualityLadder({ model: 'lite', isModelFree: true, isFullAffordable: () => true });
      const changeTimesMs: number[] = [];
      let onFullMs = 0;
      for (let timeMs = 0; timeMs < 600_000; timeMs += 100 / 3) {
        const cost = ladder.model === 'full' ? 3 : 1;
        if (ladder.model === 'full') onFullMs += 100 / 3;
        if (ladder.add(timeMs, device.trackingMs(timeMs) * cost * (0.85 + 0.3 * random()), 6, 0))
          changeTimesMs.push(timeMs);
      }
      expect(changeTimesMs.length).toBe(12);
      const waits = changeTimesMs
        .slice(1)
        .map((timeMs, i) => timeMs - changeTimesMs[i])
        .filter((_, i) => i % 2 === 1);
      for (let i = 1; i < waits.length; i++) expect(waits[i]).toBeGreaterThan(1.8 * waits[i - 1]);
      expect(onFullMs / 600_000).toBeLessThan(0.02);
    });
  }

  for (const model of ['full', 'heavy', 'lite'] as const) {
    it(`a fixed model (${model}) stays at any speed; the scale changes (seed 7)`, () => {
      const settled = { model, isModelFree: false, seed: 7 };
      const fast = play({ trackingMs: steady(2), drawingMs: steady(5) }, 60, settled);
      expect(fast.changes.length).toBe(1);
      const slow = play({ trackingMs: steady(60 / actualCosts[model]), drawingMs: steady(100) }, 60, settled);
      expect(slow.changes.every((seen) => seen.model === model)).toBe(true);
      expect(slow.last.scale).toBe(0.5);
    });
  }

  it('slow tracking with fast drawing: scale 1 stays, because a smaller picture would not help (seed 8)', () => {
    const { changes } = play({ trackingMs: steady(60), drawingMs: steady(6) }, 60, {
      model: 'full',
      isModelFree: false,
      seed: 8,
    });
    expect(changes.length).toBe(1);
  });

  it('does not step up to full while the connection forbids it, and does afterwards (seed 9)', () => {
    let mayLoad = false;
    const trackingMs = (timeMs: number): number => {
      mayLoad = timeMs > 30_000;
      return 12;
    };
    const { changes } = play({ trackingMs, drawingMs: steady(6) }, 60, {
      seed: 9,
      isFullAffordable: () => mayLoad,
    });
    expect(changes.length).toBe(2);
    expect(changes[1].timeMs).toBeGreaterThan(30_000);
  });

  it('a model that could not be loaded is not chosen again (seed 10)', () => {
    const { ladder } = play({ trackingMs: steady(12), drawingMs: steady(6) }, 6, { seed: 10 });
    expect(ladder.model).toBe('full');
    ladder.settleModel('lite');
    for (let timeMs = 6000; timeMs < 400_000; timeMs += 33) expect(ladder.add(timeMs, 12, 6, 0)).toBe(false);
    expect(ladder.model).toBe('lite');
  });
});

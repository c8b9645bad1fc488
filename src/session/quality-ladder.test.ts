import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/create-random.ts';
import type { Tracker } from '../tracking/tracker.ts';
import { QualityLadder, type QualityLadderOptions } from './quality-ladder.ts';

/** What a made-up device takes for one frame, milliseconds. */
interface Device {
  /** `lite` without noise; `full` costs 1.5 times as much. */
  trackingMs: (timeMs: number) => number;
  /** At scale 1, and of that what does not depend on the scale. */
  drawingMs: (timeMs: number) => number;
  fixedMs?: number;
  /** Of the GPU at scale 1, which the page's thread does not see. */
  gpuMs?: number;
  cameraMs?: number;
}

interface Seen {
  timeMs: number;
  model: Tracker['model'];
  scale: number;
  spacingMs: number;
}

const actualCosts = { lite: 1, full: 1.5, heavy: 6 } as const;

/**
 * Plays `seconds` on a device, with noise as frame times have it (±15 %, and one frame in thirty three times as long).
 * Tracking and drawing overlap, and tracking's answer waits for drawing that is under way. Returns the changes, the
 * beginning first.
 */
function play(
  device: Device,
  seconds: number,
  { seed = 1, ...options }: Partial<QualityLadderOptions> & { seed?: number } = {},
): { changes: Seen[]; last: Seen; ladder: QualityLadder } {
  const random = createRandom(seed);
  const ladder = new QualityLadder({ model: 'lite', isModelFree: true, isFullAffordable: () => true, ...options });
  const noise = (): number => (0.85 + 0.3 * random()) * (random() < 1 / 30 ? 3 : 1);
  const look = (timeMs: number): Seen => ({
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
    // The newest picture that there is after that, or the next one.
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
    it(`a strong phone climbs to full within five seconds and stays (seed ${seed})`, () => {
      const { changes, last } = play({ trackingMs: steady(12), drawingMs: steady(6) }, 600, { seed });
      expect(changes.length).toBe(2);
      expect(last).toMatchObject({ model: 'full', scale: 1, spacingMs: 0 });
      expect(last.timeMs).toBeLessThan(5000);
    });

    it(`a phone that holds 30 fps with lite alone stays there, with the whole picture (seed ${seed})`, () => {
      const { changes } = play({ trackingMs: steady(26), drawingMs: steady(12) }, 600, { seed });
      expect(changes).toEqual([{ timeMs: 0, model: 'lite', scale: 1, spacingMs: 0 }]);
    });

    it(`slow to draw: a smaller picture, the model stays (seed ${seed})`, () => {
      const { changes, last } = play({ trackingMs: steady(15), drawingMs: steady(100) }, 60, { seed, model: 'full' });
      expect(last).toMatchObject({ model: 'full', scale: 0.5 });
      expect(changes.every(({ model }) => model === 'full')).toBe(true);
      expect(last.timeMs).toBeLessThan(4000);
    });

    it(`slow to draw, and only the GPU knows: a smaller picture (seed ${seed})`, () => {
      const { changes, last } = play({ trackingMs: steady(15), drawingMs: steady(5), gpuMs: 100 }, 60, {
        seed,
        model: 'full',
      });
      expect(changes[1]).toMatchObject({ model: 'full', scale: 0.75 });
      expect(changes[2]).toMatchObject({ model: 'full', scale: 0.5 });
      expect(changes[2].timeMs).toBeLessThan(4000);
      expect(last.model).toBe('full');
    });

    it(`slow to track: the lighter model within two seconds, the picture stays whole (seed ${seed})`, () => {
      const { changes, last } = play({ trackingMs: steady(32), drawingMs: steady(8) }, 120, { seed, model: 'full' });
      expect(changes.length).toBe(2);
      expect(last).toMatchObject({ model: 'lite', scale: 1 });
      expect(last.timeMs).toBeLessThan(2000);
    });

    it(`too weak for anything: ends at the cheapest and leaves no frames out, since nothing gets worse (seed ${seed})`, () => {
      const { changes, last } = play({ trackingMs: steady(90), drawingMs: steady(140), fixedMs: 20 }, 300, {
        seed,
        model: 'full',
      });
      expect(last).toMatchObject({ model: 'lite', scale: 0.5, spacingMs: 0 });
      expect(changes.length).toBe(4);
    });

    it(`a camera that gives 15 fps makes nothing slow: still climbs to full (seed ${seed})`, () => {
      const { changes, last } = play({ trackingMs: steady(14), drawingMs: steady(8), cameraMs: 1000 / 15 }, 120, {
        seed,
      });
      expect(changes.length).toBe(2);
      expect(last).toMatchObject({ model: 'full', scale: 1, spacingMs: 0 });
    });

    it(`gets hot and cools: down within seconds, back up after a while, as it was (seed ${seed})`, () => {
      // Twice as slow from the second minute to the third.
      const heat = (ms: number) => (timeMs: number) => (timeMs > 60_000 && timeMs < 120_000 ? 2.2 * ms : ms);
      const { changes, last } = play({ trackingMs: heat(15), drawingMs: heat(10) }, 240, { seed });
      expect(changes[1]).toMatchObject({ model: 'full', scale: 1 });
      expect(changes[2]).toMatchObject({ model: 'lite' });
      expect(changes[2].timeMs).toBeLessThan(62_500);
      expect(last).toMatchObject({ model: 'full', scale: 1, spacingMs: 0 });
      expect(last.timeMs).toBeGreaterThan(120_000);
      expect(last.timeMs).toBeLessThan(140_000);
    });

    it(`gets hotter at the cheapest: leaves frames out, and takes them in again when it is cool (seed ${seed})`, () => {
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

    it(`hot for a minute in four: leaves frames out, takes them in again before anything gets better, and is as good as before each time (seed ${seed})`, () => {
      // Too slow for everything.
      const heat = (ms: number) => (timeMs: number) => (timeMs % 240_000 > 180_000 ? 4 * ms : ms);
      const { changes } = play({ trackingMs: heat(14), drawingMs: heat(12) }, 960, { seed });
      for (let wave = 0; wave < 4; wave++) {
        const isOf = ({ timeMs }: Seen): boolean => timeMs > wave * 240_000 && timeMs <= (wave + 1) * 240_000;
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

    it(`where full costs more than reckoned it tries ever more seldom: six times in ten minutes (seed ${seed})`, () => {
      // Room by the rule (17 × 1.6 = 27), yet full takes 51.
      const device: Device = { trackingMs: steady(17), drawingMs: steady(6) };
      const random = createRandom(seed);
      const ladder = new QualityLadder({ model: 'lite', isModelFree: true, isFullAffordable: () => true });
      const at: number[] = [];
      let onFullMs = 0;
      for (let timeMs = 0; timeMs < 600_000; timeMs += 100 / 3) {
        const cost = ladder.model === 'full' ? 3 : 1;
        if (ladder.model === 'full') onFullMs += 100 / 3;
        if (ladder.add(timeMs, device.trackingMs(timeMs) * cost * (0.85 + 0.3 * random()), 6, 0)) at.push(timeMs);
      }
      expect(at.length).toBe(12);
      const waits = at
        .slice(1)
        .map((timeMs, i) => timeMs - at[i])
        .filter((_, i) => i % 2 === 1);
      for (let i = 1; i < waits.length; i++) expect(waits[i]).toBeGreaterThan(1.8 * waits[i - 1]);
      expect(onFullMs / 600_000).toBeLessThan(0.02);
    });
  }

  for (const model of ['full', 'heavy', 'lite'] as const) {
    it(`a model that is settled (${model}) stays, fast or slow; the picture's size does not (seed 7)`, () => {
      const settled = { model, isModelFree: false, seed: 7 };
      const fast = play({ trackingMs: steady(2), drawingMs: steady(5) }, 60, settled);
      expect(fast.changes.length).toBe(1);
      const slow = play({ trackingMs: steady(60 / actualCosts[model]), drawingMs: steady(100) }, 60, settled);
      expect(slow.changes.every((seen) => seen.model === model)).toBe(true);
      expect(slow.last.scale).toBe(0.5);
    });
  }

  it('tracking that is slow alone leaves the picture whole, where drawing less would not help (seed 8)', () => {
    const { changes } = play({ trackingMs: steady(60), drawingMs: steady(6) }, 60, {
      model: 'full',
      isModelFree: false,
      seed: 8,
    });
    expect(changes.length).toBe(1);
  });

  it('does not climb to a model that the connection forbids, and does once it does not (seed 9)', () => {
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

  it('a model that could not be had is not asked for again (seed 10)', () => {
    const { ladder } = play({ trackingMs: steady(12), drawingMs: steady(6) }, 6, { seed: 10 });
    expect(ladder.model).toBe('full');
    ladder.settleModel('lite');
    for (let timeMs = 6000; timeMs < 400_000; timeMs += 33) expect(ladder.add(timeMs, 12, 6, 0)).toBe(false);
    expect(ladder.model).toBe('lite');
  });
});

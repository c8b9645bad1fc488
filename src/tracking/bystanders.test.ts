import { describe, expect, it } from 'vitest';
import { Bystanders } from './bystanders.ts';
import type { Region } from './region.ts';

const FRAME_MS = 33;
function regionAt(x: number, size = 400, rotation = 0): Region {
  return { x, y: 300, size, rotation };
}

/**
 * The followed person stands at x = 300. A bystander, nearer and so larger, walks from x = 900 to `end`, 6 px a frame.
 */
function passBy(bystanders: Bystanders, frames: number, end = -Infinity): number {
  let timeMs = 0;
  for (let i = 0; i < frames; i++, timeMs += FRAME_MS) {
    const other = Math.max(end, 900 - 6 * i);
    // While the two overlap, only the nearer is detected.
    const isHidden = Math.abs(other - 300) < 120;
    if (!isHidden) expect(bystanders.accept(regionAt(300), timeMs)).toBe(true);
    if (bystanders.isDetectionDue(timeMs)) {
      const people = isHidden ? [regionAt(other, 520)] : [regionAt(other, 520), regionAt(300)];
      expect(bystanders.choose(people, people.length, timeMs)).toBe(isHidden ? -1 : 1);
    }
  }
  return timeMs;
}

describe('Bystanders', () => {
  it('accepts every pose of a person who is alone, however far it jumps', () => {
    const bystanders = new Bystanders();
    for (let i = 0; i < 60; i++) {
      const region = regionAt(i % 2 === 0 ? 200 : 900, 300 + 100 * (i % 3));
      expect(bystanders.accept(region, i * FRAME_MS)).toBe(true);
      if (bystanders.isDetectionDue(i * FRAME_MS)) expect(bystanders.choose([region], 1, i * FRAME_MS)).toBe(0);
    }
  });

  it('asks for the detector rarely while the person is alone, and more often in company', () => {
    const count = (people: readonly Region[]): number => {
      const bystanders = new Bystanders();
      let detections = 0;
      for (let i = 0; i < 90; i++) {
        bystanders.accept(regionAt(300), i * FRAME_MS);
        if (!bystanders.isDetectionDue(i * FRAME_MS)) continue;
        bystanders.choose(people, people.length, i * FRAME_MS);
        detections++;
      }
      return detections;
    };
    expect(count([regionAt(300)])).toBeLessThan(12);
    expect(count([regionAt(300), regionAt(900)])).toBeGreaterThan(20);
  });

  it('refuses a pose that went along with a passer-by, and chooses the followed person again', () => {
    const bystanders = new Bystanders();
    const timeMs = passBy(bystanders, 140);
    // The passer-by is at 60 now.
    expect(bystanders.accept(regionAt(60, 520), timeMs)).toBe(false);
    expect(bystanders.choose([regionAt(54, 520), regionAt(300)], 2, timeMs + FRAME_MS)).toBe(1);
    expect(bystanders.accept(regionAt(300), timeMs + FRAME_MS)).toBe(true);
  });

  it('stays with a person who moves while a bystander stands near', () => {
    const bystanders = new Bystanders();
    for (let i = 0; i < 90; i++) {
      const timeMs = i * FRAME_MS;
      const region = regionAt(300 + 40 * Math.sin(i / 10), 400 + 30 * Math.sin(i / 7));
      expect(bystanders.accept(region, timeMs)).toBe(true);
      if (bystanders.isDetectionDue(timeMs)) expect(bystanders.choose([regionAt(520, 380), region], 2, timeMs)).toBe(1);
    }
  });

  it('takes a person who appears anywhere for the followed one, if all bystanders are still in their places', () => {
    const bystanders = new Bystanders();
    bystanders.accept(regionAt(300), 0);
    bystanders.choose([regionAt(300), regionAt(900)], 2, 0);
    for (let timeMs = 100; timeMs < 900; timeMs += 100) expect(bystanders.choose([regionAt(900)], 1, timeMs)).toBe(-1);
    expect(bystanders.choose([regionAt(900), regionAt(1500)], 2, 900)).toBe(1);
    expect(bystanders.accept(regionAt(1500), 900)).toBe(true);
  });

  it.each([
    ['is gone', regionAt(900), 1000],
    ['may be hidden by a nearer bystander', regionAt(400, 440), 4000],
    ['is gone, and a bystander farther away stands there', regionAt(400, 360), 1000],
  ])('follows any person once the followed one %s for long enough', (_, other, patienceMs) => {
    const bystanders = new Bystanders();
    bystanders.accept(regionAt(300), 0);
    bystanders.choose([regionAt(300), other], 2, 0);
    let timeMs = 100;
    while (bystanders.choose([other], 1, timeMs) < 0) timeMs += 100;
    expect(timeMs).toBe(patienceMs + 100);
    expect(bystanders.accept(other, timeMs)).toBe(true);
  });

  it('forgets everybody on reset()', () => {
    const bystanders = new Bystanders();
    bystanders.accept(regionAt(300), 0);
    bystanders.choose([regionAt(300), regionAt(900)], 2, 0);
    bystanders.reset();
    expect(bystanders.choose([regionAt(900), regionAt(300)], 2, 33)).toBe(0);
  });

  it('agrees: compares position, size and rotation of a detection with those of the pose', () => {
    const bystanders = new Bystanders();
    expect(bystanders.agrees(regionAt(300), regionAt(330, 420, 0.4))).toBe(true);
    expect(bystanders.agrees(regionAt(300), regionAt(300, 400, Math.PI / 2))).toBe(false);
    expect(bystanders.agrees(regionAt(300, 400, 3.1), regionAt(300, 400, -3.1))).toBe(true);
    expect(bystanders.agrees(regionAt(300), regionAt(700))).toBe(false);
  });
});

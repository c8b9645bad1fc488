import { describe, expect, it } from 'vitest';
import { Bystanders } from './bystanders.ts';
import type { Region } from './region.ts';

const FRAME_MS = 33;
function at(x: number, size = 400, rotation = 0): Region {
  return { x, y: 300, size, rotation };
}

/** The first person stands at 300; someone else walks from 900 to `end`, 6 px a frame, nearer and so larger. */
function passBy(watch: Bystanders, frames: number, end = -Infinity): number {
  let timeMs = 0;
  for (let i = 0; i < frames; i++, timeMs += FRAME_MS) {
    const other = Math.max(end, 900 - 6 * i);
    // While they overlap, only the nearer is detected.
    const isHidden = Math.abs(other - 300) < 120;
    if (!isHidden) expect(watch.accept(at(300), timeMs)).toBe(true);
    if (watch.isLookDue(timeMs)) {
      const people = isHidden ? [at(other, 520)] : [at(other, 520), at(300)];
      expect(watch.look(people, people.length, timeMs)).toBe(isHidden ? -1 : 1);
    }
  }
  return timeMs;
}

describe('Bystanders', () => {
  it('never doubts someone who is alone, however they jump', () => {
    const watch = new Bystanders();
    for (let i = 0; i < 60; i++) {
      const place = at(i % 2 === 0 ? 200 : 900, 300 + 100 * (i % 3));
      expect(watch.accept(place, i * FRAME_MS)).toBe(true);
      if (watch.isLookDue(i * FRAME_MS)) expect(watch.look([place], 1, i * FRAME_MS)).toBe(0);
    }
  });

  it('looks around now and then while alone, more often in company', () => {
    const count = (people: readonly Region[]): number => {
      const watch = new Bystanders();
      let looks = 0;
      for (let i = 0; i < 90; i++) {
        watch.accept(at(300), i * FRAME_MS);
        if (!watch.isLookDue(i * FRAME_MS)) continue;
        watch.look(people, people.length, i * FRAME_MS);
        looks++;
      }
      return looks;
    };
    expect(count([at(300)])).toBeLessThan(12);
    expect(count([at(300), at(900)])).toBeGreaterThan(20);
  });

  it('refuses a pose that has gone along with a passer-by, and finds the first person again', () => {
    const watch = new Bystanders();
    const timeMs = passBy(watch, 140);
    // The passer-by is at 60 now.
    expect(watch.accept(at(60, 520), timeMs)).toBe(false);
    expect(watch.look([at(54, 520), at(300)], 2, timeMs + FRAME_MS)).toBe(1);
    expect(watch.accept(at(300), timeMs + FRAME_MS)).toBe(true);
  });

  it('stays with someone who moves while another stands near', () => {
    const watch = new Bystanders();
    for (let i = 0; i < 90; i++) {
      const timeMs = i * FRAME_MS;
      const place = at(300 + 40 * Math.sin(i / 10), 400 + 30 * Math.sin(i / 7));
      expect(watch.accept(place, timeMs)).toBe(true);
      if (watch.isLookDue(timeMs)) expect(watch.look([at(520, 380), place], 2, timeMs)).toBe(1);
    }
  });

  it('takes who comes back for the first person, wherever they come, when the others have stayed', () => {
    const watch = new Bystanders();
    watch.accept(at(300), 0);
    watch.look([at(300), at(900)], 2, 0);
    for (let timeMs = 100; timeMs < 900; timeMs += 100) expect(watch.look([at(900)], 1, timeMs)).toBe(-1);
    expect(watch.look([at(900), at(1500)], 2, 900)).toBe(1);
    expect(watch.accept(at(1500), 900)).toBe(true);
  });

  it.each([
    ['is gone', at(900), 1000],
    ['may be hidden by someone nearer', at(400, 440), 4000],
    ['is gone, and someone farther away stands there', at(400, 360), 1000],
  ])('takes anyone when the first person %s for long enough', (_, other, patienceMs) => {
    const watch = new Bystanders();
    watch.accept(at(300), 0);
    watch.look([at(300), other], 2, 0);
    let timeMs = 100;
    while (watch.look([other], 1, timeMs) < 0) timeMs += 100;
    expect(timeMs).toBe(patienceMs + 100);
    expect(watch.accept(other, timeMs)).toBe(true);
  });

  it('forgets everybody on a reset', () => {
    const watch = new Bystanders();
    watch.accept(at(300), 0);
    watch.look([at(300), at(900)], 2, 0);
    watch.reset();
    expect(watch.look([at(900), at(300)], 2, 33)).toBe(0);
  });

  it('tells a pose that the detector sees too from one that has come loose', () => {
    const watch = new Bystanders();
    expect(watch.agrees(at(300), at(330, 420, 0.4))).toBe(true);
    expect(watch.agrees(at(300), at(300, 400, Math.PI / 2))).toBe(false);
    expect(watch.agrees(at(300, 400, 3.1), at(300, 400, -3.1))).toBe(true);
    expect(watch.agrees(at(300), at(700))).toBe(false);
  });
});

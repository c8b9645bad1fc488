import { describe, expect, it, vi } from 'vitest';
import type { Frame } from '../capture/frame-source.ts';
import { expectOneOpen, openFailover, recordWarnings } from './open-failover.test-helper.ts';

describe('createFailoverTracker: frames that fail', () => {
  const warnings = recordWarnings();

  it('passes over a frame that fails twice; replaces the engine when the next frame fails too', async () => {
    const { tracker, load, track, made } = openFailover(['webgpu', 'wasm']);
    await load();
    await track(0);
    made[0].tracking = 'fail';
    expect((await track(33)).image).toBe(null);
    expect([tracker.engine, warnings().length]).toEqual(['webgpu', 0]);
    expect((await track(66)).image).not.toBe(null);
    expect([made[0].seen, made[1].seen]).toEqual([[0], [66]]);
    expect([tracker.engine, warnings().length]).toEqual(['wasm', 1]);
    expectOneOpen(made);
  });

  it('single frames that fail among good ones do not restart the engine', async () => {
    const { load, track, made } = openFailover(['wasm', 'mediapipe']);
    await load();
    for (let i = 0; i < 12; i++) {
      made[0].tracking = i % 3 === 1 ? 'fail' : 'work';
      expect((await track(i)).image === null).toBe(i % 3 === 1);
    }
    expect([made.length, warnings().length]).toEqual([1, 0]);
  });

  it('an error of the source does not restart the engine', async () => {
    const { load, track, made } = openFailover(['wasm', 'mediapipe']);
    await load();
    await track(0);
    made[0].tracking = 'unreadable';
    await expect(track(1)).rejects.toMatchObject({ code: 'source-unreadable' });
    expect([made.length, warnings().length]).toEqual([1, 0]);
  });

  it('a frame whose image is lost with the engine resolves to lost, and the next frame is tracked', async () => {
    const { load, track, made } = openFailover(['wasm']);
    await load();
    await track(0);
    made[0].tracking = 'lose';
    expect((await track(33)).image).toBe(null);
    expect((await track(66)).image).not.toBe(null);
    expect(made.map(({ seen }) => seen)).toEqual([[0], [66]]);
    expectOneOpen(made);
  });

  it('an engine that stops answering is closed and started again within seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
    const { load, track, made } = openFailover(['wasm', 'mediapipe']);
    await load();
    const frames = Array.from({ length: 15 }, (_, i) => i);
    for (const i of frames) await track(i);
    made[0].tracking = 'hang';
    let lost: Frame | null = null;
    void track(99).then((frame) => (lost = frame));
    await vi.advanceTimersByTimeAsync(4000);
    expect(lost).toMatchObject({ image: null });
    await track(132);
    expect(made.map(({ engine, closed, seen }) => [engine, closed, seen])).toEqual([
      ['wasm', true, frames],
      ['wasm', false, [132]],
    ]);
    expect(warnings()).toEqual([expect.stringMatching(/wasm.*not answered for 3 seconds.*started again/)]);
  });

  it('an engine gets its full number of starts again after 300 tracked frames, not sooner', async () => {
    for (const [frames, expected] of [
      [299, 'wasm wasm mediapipe'],
      [300, 'wasm wasm wasm'],
    ] as const) {
      const { load, track, made, names } = openFailover(['wasm', 'mediapipe']);
      await load();
      for (let i = 0; i < 200; i++) await track(i);
      made[0].tracking = 'fail';
      await track(200);
      // Only frames since the second start count.
      for (let i = 0; i < frames; i++) await track(i);
      made[1].tracking = 'fail';
      await track(frames);
      await track(frames);
      expect(names()).toBe(expected);
    }
  });

  it('rejects every frame when no engine is left', async () => {
    const { load, track, made } = openFailover(['wasm'], ['work', 'unreachable']);
    await load();
    await track(0);
    made[0].tracking = 'fail';
    expect((await track(1)).image).toBe(null);
    await expect(track(2)).rejects.toMatchObject({
      code: 'engine-failed',
      message: 'on purpose. Then: on purpose: no file',
    });
    await expect(track(3)).rejects.toMatchObject({ name: 'FittingError' });
    expect(made.every(({ closed }) => closed)).toBe(true);
  });

  it('in mid-session, an engine that cannot be fetched is replaced by the next', async () => {
    const { tracker, load, track, made, names } = openFailover(['wasm', 'mediapipe'], ['work', 'unreachable']);
    await load();
    made[0].tracking = 'fail';
    expect((await track(0)).image).not.toBe(null);
    expect([names(), tracker.engine, made[2].assets]).toEqual(['wasm wasm mediapipe', 'mediapipe', '/assets/']);
  });

  it('a TypeError of wrong use does not restart the engine', async () => {
    const { load, track, made, names } = openFailover(['wasm', 'mediapipe']);
    await load();
    made[0].tracking = 'misuse';
    await expect(track(0)).rejects.toThrow(TypeError);
    expect([names(), warnings()]).toEqual(['wasm', []]);
  });
});

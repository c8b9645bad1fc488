import { describe, expect, it, vi } from 'vitest';
import { openFailover, recordWarnings } from './open-failover.test-helper.ts';

describe('createFailoverTracker: changes of model', () => {
  recordWarnings();

  it('a new engine starts with the model that was requested last', async () => {
    const { tracker, load, track, made } = openFailover(['wasm']);
    await load();
    await tracker.useModel?.('lite');
    expect(tracker.model).toBe('lite');
    made[0].tracking = 'fail';
    await track(0);
    expect([made[1].model, tracker.model]).toEqual(['lite', 'lite']);
  });

  it('a new engine does not start with a model that could not be loaded', async () => {
    const { tracker, load, track, made } = openFailover(['wasm']);
    await load();
    made[0].changing = 'unreachable';
    await expect(tracker.useModel?.('heavy')).rejects.toMatchObject({ code: 'model-unreachable' });
    made[0].tracking = 'fail';
    await track(0);
    expect(made[1].model).toBe('full');
  });

  it('a model that is requested while the engine changes reaches the new engine', async () => {
    const { tracker, load, track, made } = openFailover(['webgpu', 'wasm'], ['work', 'hang']);
    await load();
    made[0].tracking = 'fail';
    const tracking = track(0);
    await vi.waitFor(() => expect(made[1]?.loads).toBe(1));
    const second = made[1];
    expect(tracker.engine).toBe('webgpu');
    let isOver = false;
    const change = tracker.useModel?.('lite').then(() => (isOver = true));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isOver).toBe(false);
    // Tracker 3 is the second start of engine 2.
    second.close();
    await Promise.all([tracking, change]);
    expect([made[2].engine, tracker.model]).toEqual(['wasm', 'lite']);
  });

  it('an engine with a single model has no useModel, and a request that reaches it is rejected', async () => {
    const { tracker, load, track, made } = openFailover(['wasm', 'mediapipe'], ['work', 'unsupported', 'hang']);
    await load();
    const { useModel } = tracker;
    made[0].tracking = 'fail';
    const tracking = track(0);
    await vi.waitFor(() => expect(made[2]?.loads).toBe(1));
    Object.assign(made[2], { useModel: undefined });
    const change = useModel?.('lite');
    made[2].release();
    await tracking;
    await expect(change).rejects.toMatchObject({ code: 'engine-failed' });
    expect([tracker.engine, tracker.model, tracker.useModel]).toEqual(['mediapipe', 'full', undefined]);
  });
});

import { expect, it } from 'vitest';
import { FittingError } from '../errors.ts';
import { createTrackedFrame } from './create-tracked-frame.ts';
import { StubTracker } from './stub-tracker.test-helper.ts';
import { watchPageTracker } from './watch-page-tracker.ts';

const frame = { image: null, width: 4, height: 3, timeMs: 0 };

it('watchPageTracker: says that the page’s tracker threw, where, and what, and keeps the cause; synchronous throws too', async () => {
  const cause = new RangeError('no such bone');
  const stub = new StubTracker();
  stub.track = () => {
    throw cause;
  };
  stub.load = () => Promise.reject('broken');
  const tracker = watchPageTracker(stub);
  await expect(tracker.load({ assets: '/' })).rejects.toMatchObject({
    code: 'engine-failed',
    message: "The page's own tracker failed in load(): broken",
    cause: 'broken',
  });
  await expect(tracker.track(frame, createTrackedFrame())).rejects.toMatchObject({
    message: "The page's own tracker failed in track(): RangeError: no such bone",
    cause,
  });
});

it('watchPageTracker: passes calls, properties, a FittingError and an abort on', async () => {
  const stub = new StubTracker('webgpu', 'heavy');
  const tracker = watchPageTracker(stub);
  await tracker.load({ assets: '/assets/' });
  await tracker.track(frame, createTrackedFrame());
  tracker.reset();
  tracker.close();
  expect([tracker.engine, tracker.model, stub.loads, stub.resets, stub.closed, stub.seen]).toEqual([
    'webgpu',
    'heavy',
    1,
    1,
    true,
    [0],
  ]);
  for (const error of [new FittingError('model-unreachable', 'mine'), new DOMException('stopped', 'AbortError')]) {
    const failing = new StubTracker();
    failing.load = () => Promise.reject(error);
    await expect(watchPageTracker(failing).load({ assets: '/' })).rejects.toBe(error);
  }
});

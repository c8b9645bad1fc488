import { expect, it } from 'vitest';
import { propertyChecks } from './check-properties.ts';

const tracker = { engine: 'wasm', model: 'lite', load() {}, track() {}, reset() {}, close() {} };

it('tracker: takes an object with all methods and null; throws a TypeError that names the missing ones', () => {
  expect(propertyChecks.tracker(tracker)).toBe(tracker);
  expect(propertyChecks.tracker(undefined)).toBe(null);
  expect(() => propertyChecks.tracker({ ...tracker, track: 1, close: undefined })).toThrow(
    new TypeError('fitting-room: tracker must be a Tracker; it has no method track, close.'),
  );
  for (const value of [{}, 5, 'tracker'])
    expect(() => propertyChecks.tracker(value)).toThrow(/load, track, reset, close/);
});

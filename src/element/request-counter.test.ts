import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RequestCounter } from './request-counter.ts';

/** Tells the counter of requests to these addresses; `dropped`: requests that the browser has forgotten. */
let tell: (names: readonly string[], dropped?: number) => void;

beforeEach(() => {
  class StubObserver {
    constructor(onEntries: (list: object, observer: object, options: object) => void) {
      tell = (names, dropped = 0) =>
        onEntries({ getEntries: () => names.map((name) => ({ name })) }, this, { droppedEntriesCount: dropped });
    }
    observe(): void {}
    disconnect(): void {}
  }
  vi.stubGlobal('PerformanceObserver', StubObserver);
});
afterEach(() => vi.unstubAllGlobals());

it('RequestCounter counts all requests, those of other servers by host, and none that stays in the page', () => {
  const onCount = vi.fn();
  const counter = new RequestCounter('https://shop.test', onCount);
  tell(['https://shop.test/a.js', 'https://cdn.test/b.glb'], 7);
  tell(['https://cdn.test/c.glb', 'http://shop.test/d', 'data:text/plain,e', 'blob:https://shop.test/f']);
  expect(counter.count).toBe(11);
  expect([...counter.foreign]).toEqual([
    ['cdn.test', 2],
    ['shop.test', 1],
  ]);
  expect(onCount).toHaveBeenCalledTimes(2);
});

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { noteRequest } from '../note-request.ts';
import { RequestCounter } from './request-counter.ts';

/** Tells the counter of requests to these addresses, or of marks; `dropped`: requests that the browser has forgotten. */
let tell: (entries: readonly (string | object)[], dropped?: number) => void;
/** Types of entries that are observed. */
let observed: unknown[];

beforeEach(() => {
  class StubObserver {
    constructor(onEntries: (list: object, observer: object, options: object) => void) {
      observed = [];
      tell = (entries, dropped = 0) => {
        const list = entries.map((each) => (typeof each === 'string' ? { entryType: 'resource', name: each } : each));
        onEntries({ getEntries: () => list }, this, { droppedEntriesCount: dropped });
      };
    }
    observe(options: object): void {
      observed.push(options);
    }
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

it('RequestCounter counts the requests of workers, which are noted as marks, but no other marks', () => {
  const counter = new RequestCounter('https://shop.test', () => {});
  const mark = vi.spyOn(performance, 'mark');
  noteRequest('https://shop.test/model.tflite');
  noteRequest('https://cdn.test/model.wasm');
  const marks = mark.mock.results.map(({ value }) => value as PerformanceMark);
  tell([...marks, { entryType: 'mark', name: 'of the page', detail: null }]);
  expect(counter.count).toBe(2);
  expect([...counter.foreign]).toEqual([['cdn.test', 1]]);
  expect(observed).toEqual([
    { type: 'resource', buffered: true },
    { type: 'mark', buffered: true },
  ]);
});

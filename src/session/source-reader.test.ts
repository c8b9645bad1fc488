import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFrame } from '../capture/frame-source.ts';
import { Picture, StubSource } from './open-session.test-helper.ts';
import { SourceReader } from './source-reader.ts';

describe('SourceReader', () => {
  let warnings: string[] = [];
  beforeEach(() => {
    warnings = [];
    vi.spyOn(console, 'warn').mockImplementation((text: string) => void warnings.push(text));
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  /** A source of frames at these times, each with an image of 4 × 3 pixels. */
  function createSource(timesMs: readonly number[], size = { width: 4, height: 3 }): StubSource {
    const source = new StubSource();
    source.next = async (target) => {
      const timeMs = timesMs[source.given++];
      if (timeMs === undefined) return null;
      return Object.assign(target, { image: new Picture(), ...size, timeMs });
    };
    return source;
  }

  it('refuses a frame whose size is not that of its image, naming both sizes', async () => {
    const reader = new SourceReader(createSource([0], { width: 8, height: 6 }));
    await expect(reader.next(createFrame())).rejects.toMatchObject({
      code: 'source-unreadable',
      message: expect.stringMatching(/8 × 6.*4 × 3/) as unknown,
    });
  });

  it('measures a video frame by the size at which it is shown', async () => {
    const source = new StubSource();
    const image = { codedWidth: 16, codedHeight: 16, displayWidth: 12, displayHeight: 9, close() {} };
    source.next = async (target) => Object.assign(target, { image, width: 12, height: 9, timeMs: 0 });
    expect(await new SourceReader(source).next(createFrame())).toMatchObject({ width: 12, height: 9 });
  });

  it('warns once of a time that runs backwards, naming both times, and hands on every frame', async () => {
    const reader = new SourceReader(createSource([0, 40, 80, 0, 40, 20]));
    const times: number[] = [];
    for (let frame = createFrame(); await reader.next(frame); ) times.push(frame.timeMs);
    expect(times).toEqual([0, 40, 80, 0, 40, 20]);
    expect(warnings).toEqual([expect.stringMatching(/ 0 ms after one of 80 ms/)]);
  });

  it('warns of nothing while times rise or stand still', async () => {
    const reader = new SourceReader(createSource([0, 40, 40, 80]));
    for (let frame = createFrame(); await reader.next(frame); );
    await vi.advanceTimersByTimeAsync(60_000);
    expect(warnings).toEqual([]);
  });

  it('warns once of a source whose first frame does not come', async () => {
    const source = new StubSource();
    source.next = () => new Promise(() => undefined);
    void new SourceReader(source).next(createFrame());
    await vi.advanceTimersByTimeAsync(9_000);
    expect(warnings).toEqual([]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(warnings).toEqual([expect.stringContaining('not given a frame for 10 seconds')]);
  });

  it('waits with that warning while the page is hidden, and says nothing after close()', async () => {
    const page = { hidden: true };
    vi.stubGlobal('document', page);
    const source = new StubSource();
    source.next = () => new Promise(() => undefined);
    const readers = [new SourceReader(source), new SourceReader(source)];
    for (const reader of readers) void reader.next(createFrame());
    await vi.advanceTimersByTimeAsync(60_000);
    expect(warnings).toEqual([]);
    page.hidden = false;
    readers[1].close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(warnings.length).toBe(1);
    expect(source.closed).toBe(true);
  });

  it('does not warn of a later frame that takes long: a paused video gives none', async () => {
    const source = createSource([0]);
    const reader = new SourceReader(source);
    const frame = createFrame();
    await reader.next(frame);
    source.next = () => new Promise(() => undefined);
    void reader.next(frame);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(warnings).toEqual([]);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFrame } from './frame-source.ts';
import { SteppedVideoSource } from './stepped-video-source.ts';

describe('SteppedVideoSource', () => {
  for (const from of [undefined, null, 42, {}]) {
    it(`refuses ${String(from)}: it needs a URL or a Blob`, () => {
      expect(() => new SteppedVideoSource(from as unknown as string)).toThrow(TypeError);
    });
  }
  it('refuses a frame rate that is not between 0 and 240', () => {
    for (const fps of [0, -1, NaN, 1000])
      expect(() => new SteppedVideoSource('/clip.mp4', { fps })).toThrow(RangeError);
  });
});

/** A stub of a `<video>` of three frames at 10 fps. It shows the picture of a seek some ms after `seeked`. */
class SeekedVideo extends EventTarget {
  static lateMs = 0;
  readonly duration = 0.3;
  readonly seekable = { length: 1, end: () => 0.3 };
  readonly videoWidth = 4;
  readonly videoHeight = 3;
  /** Number of the frame whose picture a `VideoFrame` of the element gets. */
  picture = -1;
  #seconds = 0;
  set src(_: string) {
    queueMicrotask(() => this.dispatchEvent(new Event('loadeddata')));
  }
  get currentTime(): number {
    return this.#seconds;
  }
  set currentTime(seconds: number) {
    this.#seconds = seconds;
    setTimeout(() => {
      setTimeout(() => {
        this.picture = Math.floor(10 * seconds);
      }, SeekedVideo.lateMs);
      this.dispatchEvent(new Event('seeked'));
    });
  }
}

describe('a video that does not come', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('is given up after 20 s without a byte, but not while bytes come', async () => {
    vi.useFakeTimers();
    const video = new EventTarget();
    vi.stubGlobal('document', { createElement: () => video });
    const settled = vi.fn();
    const opening = new SteppedVideoSource('/clip.mp4').open().catch((cause: unknown) => cause);
    void opening.then(settled);
    await vi.advanceTimersByTimeAsync(15_000);
    video.dispatchEvent(new Event('progress'));
    await vi.advanceTimersByTimeAsync(15_000);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(6000);
    expect(await opening).toMatchObject({
      code: 'source-unreadable',
      message: expect.stringContaining('no byte has come for 20 s'),
    });
  });
});

/** Stubs `VideoFrame` of a `SeekedVideo`; `durationMicroseconds`: what it tells of a frame's duration. */
function stubFrames(durationMicroseconds: number | null): void {
  class StubFrame {
    static open = 0;
    readonly displayWidth = 4;
    readonly displayHeight = 3;
    readonly visibleRect = { width: 4, height: 3 };
    readonly duration = durationMicroseconds;
    readonly timestamp: number;
    readonly picture: number;
    constructor({ picture }: SeekedVideo) {
      this.picture = picture;
      this.timestamp = 100_000 * picture;
      StubFrame.open++;
    }
    close(): void {
      StubFrame.open--;
    }
  }
  vi.stubGlobal('VideoFrame', StubFrame);
}

describe('a picture that comes after `seeked`', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('document', { createElement: () => new SeekedVideo() });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  /** Steps through the file; returns the numbers of the pictures that it gives, and how many frames stayed open. */
  async function readPictures(): Promise<{ pictures: number[]; open: number }> {
    const source = new SteppedVideoSource('/clip.mp4', { fps: 10 });
    const pictures: number[] = [];
    const target = createFrame();
    for (;;) {
      const next = source.next(target);
      await vi.runAllTimersAsync();
      if (!(await next)) return { pictures, open: (VideoFrame as unknown as { open: number }).open };
      pictures.push((target.image as unknown as { picture: number }).picture);
      target.image?.close();
    }
  }

  for (const lateMs of [0, 5, 300]) {
    it(`is waited for: ${lateMs} ms`, async () => {
      SeekedVideo.lateMs = lateMs;
      stubFrames(100_000);
      expect(await readPictures()).toEqual({ pictures: [0, 1, 2], open: 0 });
    });
  }

  it('is not waited for without end, and not in a browser that tells no durations', async () => {
    SeekedVideo.lateMs = 60_000;
    for (const duration of [null, 100_000]) {
      stubFrames(duration);
      const next = new SteppedVideoSource('/clip.mp4', { fps: 10 }).next(createFrame());
      await vi.advanceTimersByTimeAsync(duration === null ? 1 : 1000);
      expect(await Promise.race([next, Promise.resolve('pending')]), String(duration)).not.toBe('pending');
    }
  });
});

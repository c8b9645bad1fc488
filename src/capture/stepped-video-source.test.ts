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

/** When the element presents the picture of a seek: `late` and `never` after `seeked`, `never` tells of no picture. */
type Presents = 'early' | 'late' | 'never';

/** A stub of a `<video>` of three frames at 10 fps that is stepped through by seeks. */
class SeekedVideo extends EventTarget {
  static presents: Presents = 'early';
  readonly duration = 0.3;
  readonly seekable = { length: 1, end: () => 0.3 };
  readonly videoWidth = 4;
  readonly videoHeight = 3;
  /** Number of the frame whose picture a `VideoFrame` of the element gets. */
  picture = -1;
  #callbacks = new Map<number, () => void>();
  set src(_: string) {
    queueMicrotask(() => this.dispatchEvent(new Event('loadeddata')));
  }
  set currentTime(seconds: number) {
    const present = (): void => {
      this.picture = Math.floor(seconds * 10);
      const callbacks = [...this.#callbacks.values()];
      this.#callbacks.clear();
      if (SeekedVideo.presents !== 'never') for (const callback of callbacks) callback();
    };
    setTimeout(() => {
      if (SeekedVideo.presents === 'early') present();
      this.dispatchEvent(new Event('seeked'));
      if (SeekedVideo.presents !== 'early') setTimeout(present, 20);
    });
  }
  requestVideoFrameCallback(callback: () => void): number {
    this.#callbacks.set(this.#callbacks.size + 1, callback);
    return this.#callbacks.size;
  }
  cancelVideoFrameCallback(handle: number): void {
    this.#callbacks.delete(handle);
  }
  removeAttribute(): void {}
  load(): void {}
}

describe('a seek', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('document', { hidden: false, createElement: () => new SeekedVideo() });
    class StubFrame {
      readonly displayWidth = 4;
      readonly displayHeight = 3;
      readonly visibleRect = { width: 4, height: 3 };
      readonly picture: number;
      constructor(video: SeekedVideo) {
        this.picture = video.picture;
      }
      close(): void {}
    }
    vi.stubGlobal('VideoFrame', StubFrame);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  /** Steps through the file and returns the numbers of the pictures that it gives. */
  async function readPictures(presents: Presents): Promise<number[]> {
    SeekedVideo.presents = presents;
    const source = new SteppedVideoSource('/clip.mp4', { fps: 10 });
    const pictures: number[] = [];
    const target = createFrame();
    for (;;) {
      const next = source.next(target);
      await vi.runAllTimersAsync();
      if (!(await next)) return pictures;
      pictures.push((target.image as unknown as { picture: number }).picture);
    }
  }

  for (const presents of ['early', 'late', 'never'] as const) {
    it(`gives the picture of each frame when the browser presents it ${presents === 'early' ? 'before' : 'after'} \`seeked\`${presents === 'never' ? ' and does not tell' : ''}`, async () => {
      expect(await readPictures(presents)).toEqual([0, 1, 2]);
    });
  }

  it('does not wait for a picture in a hidden page', async () => {
    vi.stubGlobal('document', { hidden: true, createElement: () => new SeekedVideo() });
    SeekedVideo.presents = 'never';
    const source = new SteppedVideoSource('/clip.mp4', { fps: 10 });
    const next = source.next(createFrame());
    await vi.advanceTimersByTimeAsync(10);
    expect(await Promise.race([next, Promise.resolve('pending')])).not.toBe('pending');
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { grabFrame } from './grab-frame.ts';

const video = { videoWidth: 640, videoHeight: 480 } as HTMLVideoElement;
const copy = { width: 640, height: 480 };

/** Stubs `VideoFrame` for a video of 640 × 480; `properties` replaces those of a plain frame. */
function stubFrames(properties: object) {
  const close = vi.fn();
  class StubFrame {
    displayWidth = 640;
    displayHeight = 480;
    visibleRect = { width: 640, height: 480 };
    close = close;
    constructor() {
      Object.assign(this, properties);
    }
  }
  vi.stubGlobal('VideoFrame', StubFrame);
  vi.stubGlobal('createImageBitmap', async () => copy);
  return { StubFrame, close };
}

describe('grabFrame', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('returns the frame itself when it shows what the element shows', async () => {
    for (const properties of [{}, { rotation: 0, flip: false }]) {
      const { StubFrame, close } = stubFrames(properties);
      expect(await grabFrame(video)).toBeInstanceOf(StubFrame);
      expect(close).not.toHaveBeenCalled();
    }
  });

  it.each([
    ['rotated', { rotation: 90 }],
    ['flipped', { flip: true }],
    ['of another size', { displayWidth: 480, displayHeight: 640 }],
    ['stretched', { visibleRect: { width: 320, height: 480 } }],
    ['without pixels', { visibleRect: null }],
  ])('copies a frame that is %s, and closes it', async (_, properties) => {
    const { close } = stubFrames(properties);
    expect(await grabFrame(video)).toBe(copy);
    expect(close).toHaveBeenCalledOnce();
  });

  it('copies in browsers without VideoFrame', async () => {
    stubFrames({});
    vi.stubGlobal('VideoFrame', undefined);
    expect(await grabFrame(video)).toBe(copy);
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { FittingError } from '../errors.ts';
import { createFrame } from './frame-source.ts';
import { openCameraSource } from './open-camera-source.ts';
import { installStream, StubBitmap, StubVideo } from './stub-browser.test-helper.ts';

afterEach(() => vi.unstubAllGlobals());

function stubCamera(
  getUserMedia: (constraints: MediaStreamConstraints) => Promise<MediaStream>,
  isSecureContext = true,
): void {
  vi.stubGlobal('isSecureContext', isSecureContext);
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
  vi.stubGlobal('innerWidth', 400);
  vi.stubGlobal('innerHeight', 800);
}

function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'opened',
    (error: unknown) => (error instanceof FittingError ? error.code : error),
  );
}

describe('openCameraSource', () => {
  for (const [name, code] of [
    ['NotAllowedError', 'camera-denied'],
    ['SecurityError', 'camera-denied'],
    ['NotFoundError', 'camera-missing'],
    ['OverconstrainedError', 'camera-missing'],
    ['NotReadableError', 'camera-busy'],
    ['AbortError', 'camera-busy'],
  ]) {
    it(`${name} of the browser is ${code}`, async () => {
      stubCamera(() => Promise.reject(new DOMException('no', name)));
      expect(await codeOf(openCameraSource({ facing: 'user' }))).toBe(code);
    });
  }

  it('an insecure page, or one without media devices, is insecure-context, and the shopper is not asked', async () => {
    const getUserMedia = vi.fn();
    stubCamera(getUserMedia, false);
    expect(await codeOf(openCameraSource({ facing: 'user' }))).toBe('insecure-context');
    stubCamera(getUserMedia);
    vi.stubGlobal('navigator', {});
    expect(await codeOf(openCameraSource({ facing: 'user' }))).toBe('insecure-context');
    expect(getUserMedia).not.toHaveBeenCalled();
  });

  it('asks for the facing and for 720p, in portrait on a portrait screen', async () => {
    const { stream } = installStream();
    const getUserMedia = vi.fn(async (_constraints: MediaStreamConstraints) => stream);
    stubCamera(getUserMedia);
    const source = await openCameraSource({ facing: 'environment' });
    expect(getUserMedia.mock.calls[0][0]).toEqual({
      audio: false,
      video: {
        facingMode: { ideal: 'environment' },
        width: { ideal: 720 },
        height: { ideal: 1280 },
        frameRate: { ideal: 30 },
      },
    });
    source.close();
  });

  it('gives the newest picture, counts the dropped ones, and stops every track on close', async () => {
    const { stream, track } = installStream();
    stubCamera(async () => stream);
    const source = await openCameraSource({ facing: 'user' });
    const video = StubVideo.last;
    for (const time of [10, 20, 30]) await video.present(time);
    const frame = createFrame();
    expect(await source.next(frame)).toBe(frame);
    expect(frame.timeMs).toBe(30);
    expect(source.dropped).toBe(2);
    frame.image?.close();
    const pending = source.next(frame);
    source.close();
    source.close();
    expect(await pending).toBe(null);
    expect(track.stopped).toBe(true);
    expect(StubBitmap.open).toBe(0);
  });

  it("times rise even if the camera's clock repeats a time or goes back", async () => {
    const { stream } = installStream();
    stubCamera(async () => stream);
    const source = await openCameraSource({ facing: 'user' });
    const times: number[] = [];
    const frame = createFrame();
    for (const time of [10, 10, 5, 40]) {
      await StubVideo.last.present(time);
      await source.next(frame);
      times.push(frame.timeMs);
    }
    expect(times.every((time, i) => i === 0 || time > times[i - 1])).toBe(true);
    source.close();
  });

  it('when the camera is unplugged, pending and later next() reject with camera-lost', async () => {
    const { stream, track } = installStream();
    stubCamera(async () => stream);
    const source = await openCameraSource({ facing: 'user' });
    const waiting = codeOf(source.next(createFrame()));
    track.dispatchEvent(new Event('ended'));
    expect(await waiting).toBe('camera-lost');
    expect(await codeOf(source.next(createFrame()))).toBe('camera-lost');
    source.close();
  });

  it('a camera that is allowed after the abort is stopped', async () => {
    const { stream, track } = installStream();
    let allow = (_stream: MediaStream): void => {};
    stubCamera(() => new Promise((resolve) => (allow = resolve)));
    const abort = new AbortController();
    const opened = openCameraSource({ facing: 'user', signal: abort.signal });
    abort.abort();
    allow(stream);
    await expect(opened).rejects.toThrow();
    expect(track.stopped).toBe(true);
  });

  it('stops taking pictures after 30 that nothing asked for, until the next next()', async () => {
    const { stream } = installStream();
    stubCamera(async () => stream);
    const source = await openCameraSource({ facing: 'user' });
    const before = StubBitmap.made;
    for (let i = 0; i < 100; i++) await StubVideo.last.present(i * 33);
    expect(StubBitmap.made - before).toBe(30);
    const frame = createFrame();
    const next = source.next(frame);
    await StubVideo.last.present(5000);
    await next;
    expect(frame.timeMs).toBe(5000);
    source.close();
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { FittingError } from '../errors.ts';
import { type Camera, CameraSource } from './camera-source.ts';
import { createFrame } from './frame-source.ts';
import { installStream, StubBitmap, StubVideo } from './stub-browser.test-helper.ts';

afterEach(() => vi.unstubAllGlobals());

/** Opens the frames of a stub camera that gives `streams`, one after the other; its stub video element exists. */
async function open(...streams: MediaStream[]): Promise<{ source: CameraSource; camera: Camera & { opened: number } }> {
  const camera = {
    onRelease: null as (() => void) | null,
    opened: 0,
    open: async (): Promise<MediaStream> => streams[camera.opened],
  };
  const source = new CameraSource(camera);
  const first = source.next(createFrame());
  await new Promise((resolve) => setTimeout(resolve));
  await StubVideo.last.present(1);
  (await first)?.image?.close();
  return { source, camera };
}

function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'opened',
    (error: unknown) => (error instanceof FittingError ? error.code : error),
  );
}

describe('CameraSource', () => {
  it('gives the newest picture, counts the dropped ones, and a pending next() ends on close; the stream runs on', async () => {
    const { stream, track } = installStream();
    const { source } = await open(stream);
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
    expect(track.stopped).toBe(false);
    expect(StubBitmap.open).toBe(0);
  });

  it("times rise even if the camera's clock repeats a time or goes back", async () => {
    const { stream } = installStream();
    const { source } = await open(stream);
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
    const { source } = await open(stream);
    const waiting = codeOf(source.next(createFrame()));
    track.dispatchEvent(new Event('ended'));
    expect(await waiting).toBe('camera-lost');
    expect(await codeOf(source.next(createFrame()))).toBe('camera-lost');
    source.close();
  });

  it('stops taking pictures after 30 that nothing asked for, until the next next()', async () => {
    const { stream } = installStream();
    const { source } = await open(stream);
    const before = StubBitmap.made;
    for (let i = 1; i <= 100; i++) await StubVideo.last.present(i * 33);
    expect(StubBitmap.made - before).toBe(30);
    const frame = createFrame();
    const next = source.next(frame);
    await new Promise((resolve) => setTimeout(resolve));
    await StubVideo.last.present(5000);
    await next;
    expect(frame.timeMs).toBe(5000);
    source.close();
  });

  it('a pending next() goes on with the next stream when the camera is given back', async () => {
    const { stream } = installStream();
    const { stream: other } = installStream();
    const { source, camera } = await open(stream, other);
    const before = StubVideo.last;
    const frame = createFrame();
    const pending = source.next(frame);
    camera.opened = 1;
    camera.onRelease?.();
    await new Promise((resolve) => setTimeout(resolve));
    expect(StubVideo.last).not.toBe(before);
    await StubVideo.last.present(500);
    expect(await pending).toBe(frame);
    expect(frame.timeMs).toBe(500);
    frame.image?.close();
    source.close();
    expect(await source.next(frame)).toBe(null);
  });
});

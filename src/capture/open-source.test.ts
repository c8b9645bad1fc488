import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FittingError } from '../errors.ts';
import { createFrame, type FrameSource } from './frame-source.ts';
import { openSource, type SourceValue } from './open-source.ts';
import { PhotoSource } from './photo-source.ts';
import { StubBitmap, StubVideo } from './stub-browser.test-helper.ts';

const OPTIONS = { camera: null };

let decoded: { width: number; height: number; options: ImageBitmapOptions | undefined }[] = [];

beforeEach(() => {
  decoded = [];
  StubBitmap.open = 0;
  vi.stubGlobal('document', { baseURI: 'https://shop.test/' });
  vi.stubGlobal('createImageBitmap', async (from: Blob | StubBitmap, options?: ImageBitmapOptions) => {
    if (from instanceof Blob && from.size < 3) throw new DOMException('cannot decode', 'InvalidStateError');
    const [width, height] = from instanceof Blob ? [4000, 3000] : [from.width, from.height];
    decoded.push({ width, height, options });
    return new StubBitmap(options?.resizeWidth ?? width, options?.resizeHeight ?? height);
  });
});
afterEach(() => vi.unstubAllGlobals());

function serve(type: string, status = 200, body = 'picture'): void {
  return void vi.stubGlobal(
    'fetch',
    async () => new Response(body, { status, headers: type ? { 'content-type': type } : {} }),
  );
}

function failure(value: SourceValue): Promise<FittingError> {
  return openSource(value, OPTIONS).then(
    () => expect.fail('it opened'),
    (error: unknown) => error as FittingError,
  );
}

describe('openSource', () => {
  it('a photo by its URL: upright, at most 1920 pixels, twelve frames 33 ms apart, then the end', async () => {
    serve('image/jpeg');
    const source = await openSource('/me.jpg', OPTIONS);
    expect(source).toBeInstanceOf(PhotoSource);
    expect([source.width, source.height, source.live]).toEqual([1920, 1440, false]);
    expect(decoded[0].options).toEqual({ imageOrientation: 'from-image' });
    const times: number[] = [];
    const frame = createFrame();
    while (await source.next(frame)) {
      times.push(frame.timeMs);
      frame.image?.close();
    }
    expect(times.length).toBe(12);
    expect(times[1] - times[0]).toBeCloseTo(33.3, 1);
    source.close();
    expect(StubBitmap.open).toBe(0);
    expect(await source.next(frame)).toBe(null);
  });

  it('a photo as a Blob', async () => {
    const source = await openSource(new Blob(['picture'], { type: 'image/png' }), OPTIONS);
    expect(source.width).toBe(1920);
    source.close();
  });

  it('a video as a Blob in a browser that plays none: names the alternatives, and makes no object URL, which a policy may forbid', async () => {
    const video = {
      set srcObject(value: unknown) {
        if (value !== null) throw new TypeError('not a MediaStream');
      },
    };
    vi.stubGlobal('document', { createElement: () => video });
    const makeAddress = vi.spyOn(URL, 'createObjectURL');
    const error = await failure(new Blob(['clip'], { type: 'video/mp4' }));
    expect(error).toMatchObject({ code: 'source-unreadable', message: expect.stringContaining('URL') as unknown });
    expect(makeAddress).not.toHaveBeenCalled();
    expect(Object.keys(video)).not.toContain('src');
  });

  it('a file that is neither photo nor video is source-unreadable, and the message names its type', async () => {
    serve('text/css');
    expect(await failure('/shop.css')).toMatchObject({
      code: 'source-unreadable',
      message: expect.stringContaining('text/css') as unknown,
    });
    expect(await failure(new Blob(['{}'], { type: 'application/json' }))).toMatchObject({
      code: 'source-unreadable',
      message: expect.stringContaining('application/json') as unknown,
    });
  });

  it('the message names URL and status of a missing file, and CORS for a refused one', async () => {
    serve('text/html', 404);
    expect(await failure('/none.jpg')).toMatchObject({
      code: 'source-unreadable',
      message: expect.stringMatching(/^\/none\.jpg could.*404/) as unknown,
    });
    expect(await failure('manequin')).toMatchObject({
      code: 'source-unreadable',
      message: expect.stringContaining("'camera' and 'mannequin'") as unknown,
    });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await failure('https://other.test/me.jpg')).toMatchObject({
      code: 'source-unreadable',
      message: expect.stringContaining('CORS') as unknown,
    });
  });

  it('a photo whose server falls silent, or breaks off, is source-unreadable, which says so', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const answer = (start: (to: ReadableStreamDefaultController) => void): void =>
        void vi.stubGlobal('fetch', async () => {
          return new Response(new ReadableStream({ start }), { headers: { 'content-type': 'image/jpeg' } });
        });
      answer((to) => to.enqueue(new Uint8Array(3)));
      const silent = failure('/silent.jpg');
      for (let i = 0; i < 10; i++) await new Promise((resolve) => setTimeout(resolve));
      await vi.advanceTimersByTimeAsync(20_000);
      expect(await silent).toMatchObject({
        code: 'source-unreadable',
        message: '/silent.jpg could not be fetched: no byte has come for 20 s, after 3 bytes.',
      });
      answer((to) => to.error(new TypeError('network error')));
      expect((await failure('/cut.jpg')).message).toContain('the connection broke off');
    } finally {
      vi.useRealTimers();
    }
  });

  it('a photo that cannot be decoded is source-unreadable', async () => {
    serve('image/jpeg', 200, 'x');
    expect(await failure('/broken.jpg')).toMatchObject({ code: 'source-unreadable' });
  });

  for (const [name, isOrigin] of [
    ['SecurityError', true],
    ['InvalidStateError', false],
  ] as const) {
    it(`a canvas that cannot be drawn (${name}) is source-unreadable, and the message ${isOrigin ? 'names' : 'does not name'} its origin`, async () => {
      const context = {
        drawImage: () => {
          throw new DOMException('on purpose', name);
        },
      };
      vi.stubGlobal('document', { createElement: () => ({ getContext: () => context }) });
      const canvas = { getContext() {}, nodeName: 'CANVAS', [Symbol.toStringTag]: 'HTMLCanvasElement' };
      const error = await failure(canvas as unknown as HTMLCanvasElement);
      expect(error.code).toBe('source-unreadable');
      expect(error.message.includes('another origin')).toBe(isOrigin);
    });
  }

  it('a FrameSource is returned as it is', async () => {
    const source = { width: 1, height: 1, live: false, next: async () => null, close() {} } satisfies FrameSource;
    expect(await openSource(source, OPTIONS)).toBe(source);
  });

  it('a value of another type throws a TypeError that lists the types', async () => {
    for (const value of [{}, 42, null])
      expect(await failure(value as unknown as SourceValue)).toBeInstanceOf(TypeError);
  });

  it('an abort while fetching rejects with the abort reason', async () => {
    const abort = new AbortController();
    vi.stubGlobal('fetch', async () => {
      abort.abort();
      throw new DOMException('aborted', 'AbortError');
    });
    await expect(openSource('/me.jpg', { camera: null, signal: abort.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  describe('a video element of the page', () => {
    const make = (change: Partial<StubVideo> = {}): HTMLVideoElement =>
      Object.assign(new StubVideo(), change) as unknown as HTMLVideoElement;

    for (const [what, change, words] of [
      ['is empty', { networkState: 0 }, /no source/],
      ['has no source that it can play', { networkState: 3 }, /can play/],
      ['is broken', { error: { code: 4, message: 'no decoder' } }, /no decoder/],
      ['has sound only', { readyState: 4, videoWidth: 0 }, /audio/],
    ] as const) {
      it(`that ${what} is source-unreadable`, async () => {
        expect(await failure(make(change))).toMatchObject({
          code: 'source-unreadable',
          message: expect.stringMatching(words) as unknown,
        });
      });
    }

    for (const [what, event, change] of [
      ['breaks', 'error', { error: { code: 4, message: 'no decoder' } }],
      ['turns out to have sound only', 'loadedmetadata', { readyState: 1, videoWidth: 0 }],
    ] as const) {
      it(`that ${what} during a next() is source-unreadable`, async () => {
        const video = make();
        const source = await openSource(video, OPTIONS);
        const next = source.next(createFrame());
        Object.assign(video, change);
        video.dispatchEvent(new Event(event));
        await expect(next).rejects.toMatchObject({ code: 'source-unreadable' });
        source.close();
      });
    }
  });
});

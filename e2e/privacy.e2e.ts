// Checks what the room promises about the shopper's pictures:
// 1. every request is a GET without a body, to the page's own server; while frames are drawn there is none;
// 2. nothing is written to any storage of the browser;
// 3. after stop() every image is closed, the canvas is empty, and the GPU holds no picture.
import type { Request } from 'playwright/test';
import { expect, openLab, siteUrl, test } from './fixtures.ts';
import { mannequinPictures } from './mannequin-pictures.ts';

/** What the page holds of pictures. */
interface Held {
  /** Images that were made and are not closed. */
  images: number;
  /** Sizes, "width × height", of textures and buffers of the GPU that were made and not deleted, but those of one pixel. */
  gpu: string[];
}

/** Script of the page: records every image and everything on the GPU that is made, and sets `window.held()`. */
function recordPictures(): void {
  const images: { width: number }[] = [];
  const frames: VideoFrame[] = [];
  const makeBitmap = window.createImageBitmap.bind(window) as (...args: unknown[]) => Promise<ImageBitmap>;
  Object.assign(window, {
    createImageBitmap: async (...args: unknown[]) => {
      const bitmap = await makeBitmap(...args);
      images.push(bitmap);
      return bitmap;
    },
    VideoFrame: class extends VideoFrame {
      constructor(...args: ConstructorParameters<typeof VideoFrame>) {
        super(...args);
        frames.push(this);
      }
    },
  });
  const gpu = new Map<object, string>();
  const { prototype } = WebGL2RenderingContext;
  type Method = (this: WebGL2RenderingContext, ...args: number[]) => unknown;
  const methods = prototype as unknown as Record<string, Method>;
  /** Records the size that a call gives to what is bound; `sizeFrom`: index of its width argument. */
  const watch = (name: string, binding: number, sizeFrom: number): void => {
    const call = methods[name];
    methods[name] = function (...args) {
      const bound = this.getParameter(binding) as object | null;
      const [width, height] = args.slice(sizeFrom);
      if (bound && width * height > 1) gpu.set(bound, `${width} × ${height}`);
      return call.apply(this, args);
    };
  };
  watch('texStorage2D', prototype.TEXTURE_BINDING_2D, 3);
  watch('renderbufferStorage', prototype.RENDERBUFFER_BINDING, 2);
  watch('renderbufferStorageMultisample', prototype.RENDERBUFFER_BINDING, 3);
  for (const name of ['deleteTexture', 'deleteRenderbuffer']) {
    const call = methods[name] as unknown as (this: unknown, item: object) => void;
    Object.assign(prototype, {
      [name](this: unknown, item: object) {
        gpu.delete(item);
        call.call(this, item);
      },
    });
  }
  Object.assign(window, {
    held: (): Held => ({
      images: images.filter(({ width }) => width > 0).length + frames.filter(({ format }) => format !== null).length,
      gpu: [...gpu.values()],
    }),
  });
}

test('only own files are requested, nothing is stored, and after stop() no picture is left', async ({ page }) => {
  const requests: Request[] = [];
  page.on('request', (request) => requests.push(request));
  await page.addInitScript(recordPictures);
  await openLab(page);
  const pictures = await mannequinPictures(page);
  await page.evaluate(async (pictures) => {
    const { createRoom, playPictures, untilStatus } = window.lab;
    const room = createRoom({ model: 'lite' }, { garment: null, source: playPictures(pictures) });
    document.querySelector('main')?.append(room);
    void room.start();
    await untilStatus(room, 'tracking', 60_000);
  }, pictures);
  const count = requests.length;
  const held = (): Promise<Held> => page.evaluate(() => (window as unknown as { held: () => Held }).held());
  const during = await page.evaluate(async () => {
    const room = document.querySelector('fitting-room');
    for (let i = 0; i < 3; i++)
      await new Promise((resolve) => room?.addEventListener('track', resolve, { once: true }));
    return room?.tracked?.frame ?? 0;
  });
  expect(during).toBeGreaterThan(1);
  expect(
    requests.slice(count).map((request) => request.url()),
    'requests while frames are drawn',
  ).toEqual([]);
  for (const request of requests) {
    expect(new URL(request.url()).origin).toBe(siteUrl());
    expect([request.method(), request.postData()]).toEqual(['GET', null]);
  }
  expect(
    requests.some((request) => request.url().endsWith('.tflite')),
    "the worker's requests are seen",
  ).toBe(true);
  expect((await held()).gpu.length, 'the record of the GPU works').toBeGreaterThan(2);

  const stored = await page.evaluate(async () => {
    const files: string[] = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
    return {
      local: { ...localStorage },
      session: { ...sessionStorage },
      cookies: document.cookie,
      databases: await indexedDB.databases(),
      caches: await caches.keys(),
      files,
    };
  });
  expect(stored).toEqual({ local: {}, session: {}, cookies: '', databases: [], caches: [], files: [] });

  await page.evaluate(() => document.querySelector('fitting-room')?.stop());
  await expect.poll(held).toEqual({ images: 0, gpu: [] });
  const after = await page.evaluate(() => {
    const room = document.querySelector('fitting-room');
    const canvas = room?.shadowRoot?.querySelector('canvas');
    return { tracked: room?.tracked, body: room?.body, size: [canvas?.width, canvas?.height] };
  });
  expect(after).toEqual({ tracked: null, body: null, size: [1, 1] });
});

test("the privacy panel counts every request, those of the room's worker too", async ({ page }) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await openLab(page);
  await page.evaluate(
    async (pictures) => {
      const { createRoom, playPictures, untilStatus } = window.lab;
      const room = createRoom({ model: 'lite', engine: 'wasm' }, { garment: null, source: playPictures(pictures) });
      room.privacyPanel = true;
      document.querySelector('main')?.append(room);
      void room.start();
      await untilStatus(room, 'tracking', 60_000);
    },
    await mannequinPictures(page),
  );
  await page.locator('fitting-room [part~="privacy-button"]').click();
  const panel = page.locator('fitting-room [part~="privacy-panel"]');
  // The page itself is no request of the page, and the icon is the browser's.
  const sent = (): string[] => requests.filter((url) => url.startsWith('http') && !/lab\.html$|favicon/.test(url));
  await expect(panel).toContainText('To other servers: 0.');
  await expect.poll(async () => /so far: (\d+)/.exec((await panel.textContent()) ?? '')?.[1]).toBe(`${sent().length}`);
  expect(sent().filter((url) => url.endsWith('.tflite')).length, 'the worker has sent some').toBeGreaterThan(1);
});

// Checks the engine `webgpu`, which runs the pose network on the GPU in a worker:
// 1. its landmarks and masks are those of the engine `wasm` (on the CPU), and near the truth of the mannequin;
// 2. it changes the model while it runs, and frees what it made for a frame;
// 3. it fails where the GPU is lost, or where there is none.
import type { Browser, Page } from 'playwright/test';
import { bareTest, expect, openLab, test, type Watch, watchPage } from './fixtures.ts';
import { launch } from './launch.ts';
import { softwareWebGpu } from './software-webgpu.ts';

// WebGPU runs in software here: these tests check results, not times.

/** BlazePose's indices of shoulders and hips. */
const TORSO = [11, 12, 23, 24];
/** Size of the frames, pixels. */
const CAMERA = { width: 360, height: 480 };

/** Warnings about the lab page itself: canvases and WebGL that it reads back for the truth. */
const PAGE_WARNINGS = /Lit is in dev mode|willReadFrequently|GPU stall due to ReadPixels/;

/** Script for the worker: counts buffers and textures not yet destroyed, and posts the counts when asked to `count`. */
const COUNTING_SCRIPT = `{
  const living = { buffers: 0, textures: 0 };
  const count = (maker, method, made, key) => {
    const create = maker[method];
    maker[method] = function (...args) { living[key]++; return create.apply(this, args); };
    const { destroy } = made;
    made.destroy = function () { living[key]--; destroy.call(this); };
  };
  count(GPUDevice.prototype, 'createBuffer', GPUBuffer.prototype, 'buffers');
  count(GPUDevice.prototype, 'createTexture', GPUTexture.prototype, 'textures');
  const channel = new BroadcastChannel('living');
  channel.onmessage = ({ data }) => data === 'count' && channel.postMessage({ ...living });
}
`;

bareTest.describe('engine webgpu', () => {
  let browser: Browser;
  let page: Page;
  let watch: Watch;
  // All tests share one browser, whose GPU the last of them takes away, and one window.
  bareTest.describe.configure({ mode: 'default' });
  bareTest.beforeAll(async () => {
    browser = await launch({ add: softwareWebGpu });
    await browser.newContext().then((context) => context.newPage());
  });
  bareTest.beforeEach(async () => {
    page = await browser.contexts()[0].newPage();
    watch = watchPage(page);
    await openLab(page);
  });
  bareTest.afterAll(() => browser.close());
  bareTest.afterEach(async () => {
    await page.close();
    expect(watch.complaints, 'the page complains').toEqual([]);
    expect(watch.foreign, 'the page asks other servers').toEqual([]);
  });

  for (const [segmentation, uprightFrames, acrossFrames] of [
    ['pose', 3, 1],
    ['selfie', 1, 1],
  ] as const) {
    bareTest(
      `answers as wasm does, landmarks and ${segmentation} mask, for bitmaps and video frames, and finds the mannequin`,
      async () => {
        const seen = await page.evaluate(
          async ({ torso, camera, segmentation, uprightFrames, acrossFrames }) => {
            const { MannequinSource, takeFrames, trackFrames } = window.lab;
            // The phone is turned in between.
            const upright = new MannequinSource({ assets: '/assets/', motion: 'arms', fps: 4, camera });
            const across = new MannequinSource({
              assets: '/assets/',
              motion: 'arms',
              fps: 4,
              camera: { width: camera.height, height: camera.width },
            });
            across.seek(1000);
            const frames = [...(await takeFrames(upright, uprightFrames)), ...(await takeFrames(across, acrossFrames))];
            const truth = {
              joints: new Float32Array(3 * 64),
              rotations: new Float32Array(4 * 64),
              landmarks: new Float32Array(3 * 33),
              personMask: { width: 0, height: 0, data: new Uint8ClampedArray(0) },
            };
            const exact = frames.map(({ timeMs, width }) =>
              structuredClone((width === upright.width ? upright : across).truth(timeMs, truth)),
            );
            // Frames as a camera gives them. The wasm engine reads their exact bytes, unlike a bitmap's.
            const cameraFrames = frames.map((frame) => ({
              ...frame,
              image: new VideoFrame(frame.image as ImageBitmap, { timestamp: frame.timeMs * 1000 }),
            }));
            const wasm = await trackFrames(cameraFrames, { engine: 'wasm', segmentation });
            const webgpu = await trackFrames([...frames.slice(0, 2), ...cameraFrames.slice(2)], {
              engine: 'webgpu',
              segmentation,
            });
            for (const { image } of [...frames, ...cameraFrames]) image?.close();
            upright.close();
            across.close();

            const overlap = (a: ArrayLike<number>, b: (i: number) => number): number => {
              let both = 0;
              let either = 0;
              for (let i = 0; i < a.length; i++) {
                if (a[i] > 127 && b(i) > 127) both++;
                if (a[i] > 127 || b(i) > 127) either++;
              }
              return both / either;
            };
            return webgpu.map(({ score, landmarks, world, mask, totalMs }, i) => {
              const { landmarks: points, personMask } = exact[i];
              const { width, height } = frames[i];
              // Of the torso, pixels: from the left shoulder (landmark 11, 3 values each) to the left hip (23).
              const length = Math.hypot((points[33] - points[69]) * width, (points[34] - points[70]) * height);
              const other = wasm[i];
              let distance = 0;
              let depth = 0;
              let worldMm = 0;
              let visibility = 0;
              for (let k = 0; k < 4 * 33; k += 4) {
                distance = Math.max(
                  distance,
                  Math.hypot(landmarks[k] - other.landmarks[k], landmarks[k + 1] - other.landmarks[k + 1]) / length,
                );
                depth = Math.max(depth, Math.abs(landmarks[k + 2] - other.landmarks[k + 2]) / length);
                visibility = Math.max(visibility, Math.abs(landmarks[k + 3] - other.landmarks[k + 3]));
                worldMm = Math.max(
                  worldMm,
                  1000 * Math.hypot(...[0, 1, 2].map((axis) => world[k + axis] - other.world[k + axis])),
                );
              }
              const truthErrors = torso.map(
                (k) =>
                  Math.hypot(
                    landmarks[4 * k] - points[3 * k] * width,
                    landmarks[4 * k + 1] - points[3 * k + 1] * height,
                  ) / length,
              );
              const exactAt = (index: number): number => {
                const column = Math.floor((((index % mask.width) + 0.5) / mask.width) * personMask.width);
                const row = Math.floor(((Math.floor(index / mask.width) + 0.5) / mask.height) * personMask.height);
                return personMask.data[row * personMask.width + column];
              };
              return {
                score,
                distance,
                depth,
                visibility,
                worldMm,
                truthErrors,
                totalMs,
                wasmMs: other.totalMs,
                sameSize: mask.width === other.mask.width && mask.height === other.mask.height,
                maskIoU: overlap(mask.data, (index) => other.mask.data[index]),
                truthIoU: overlap(mask.data, exactAt),
              };
            });
          },
          { torso: TORSO, camera: CAMERA, segmentation, uprightFrames, acrossFrames },
        );
        test.info().annotations.push({ type: 'seen', description: JSON.stringify(seen) });
        expect(seen.length).toBe(uprightFrames + acrossFrames);
        for (const { score, distance, depth, visibility, worldMm, truthErrors, sameSize, maskIoU, truthIoU } of seen) {
          expect(score).toBeGreaterThan(0.9);
          expect(distance, 'shares of the torso between the engines').toBeLessThan(0.001);
          expect(depth).toBeLessThan(0.001);
          expect(visibility).toBeLessThan(0.001);
          expect(worldMm).toBeLessThan(0.1);
          // Shoulders and hips of people are found to 3 to 11 %.
          for (const error of truthErrors) expect(error).toBeLessThan(0.15);
          expect(sameSize).toBe(true);
          expect(maskIoU).toBeGreaterThan(0.995);
          expect(truthIoU).toBeGreaterThan(0.85);
        }
        expect(
          watch.log.filter((line) => !PAGE_WARNINGS.test(line)),
          'a worker without faults is silent',
        ).toEqual([]);
      },
    );
  }

  bareTest('changes the model while it runs, and keeps no buffer or texture of a frame', async () => {
    await page.route('**/tracking-worker-webgpu.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: COUNTING_SCRIPT + (await response.text()) });
    });
    const { models, living } = await page.evaluate(async (camera) => {
      const { MannequinSource, takeFrames, openEngine } = window.lab;
      const source = new MannequinSource({ assets: '/assets/', motion: 'arms', fps: 4, camera });
      const frames = await takeFrames(source, 7);
      source.close();
      const channel = new BroadcastChannel('living');
      const count = (): Promise<{ buffers: number; textures: number }> =>
        new Promise((resolve) => {
          channel.onmessage = ({ data }) => resolve(data);
          channel.postMessage('count');
        });
      const tracker = await openEngine({ engine: 'webgpu', model: 'lite' });
      const target = {
        timeMs: 0,
        frame: 0,
        width: 0,
        height: 0,
        score: 0,
        mask: null,
        classes: null,
        landmarks: new Float32Array(33 * 4),
        worldLandmarks: new Float32Array(33 * 4),
      };
      let changed = false;
      const models: string[] = [];
      const living: { buffers: number; textures: number }[] = [];
      for (const [i, frame] of frames.entries()) {
        // The old model works on while the new one comes.
        if (i === 3) void tracker.useModel?.('full').then(() => (changed = true));
        await tracker.track(frame, target);
        if (i === 4) while (!changed) await new Promise((resolve) => setTimeout(resolve, 20));
        models.push(tracker.model);
        living.push(await count());
      }
      tracker.close();
      return { models, living };
    }, CAMERA);
    test.info().annotations.push({ type: 'living', description: JSON.stringify(living) });
    expect(models.slice(0, 3)).toEqual(Array(3).fill('lite'));
    expect(models.slice(5)).toEqual(Array(2).fill('full'));
    expect(living[2]).toEqual(living[1]);
    expect(living[6]).toEqual(living[5]);
    expect(living[6].buffers, 'the full model has more buffers').toBeGreaterThan(living[2].buffers);
  });

  bareTest('a GPU lost in the middle of a frame fails that frame, and every one after it', async () => {
    watch.expect(/./);
    await page.evaluate(async (camera) => {
      const { MannequinSource, takeFrames, openEngine } = window.lab;
      const source = new MannequinSource({ assets: '/assets/', motion: 'arms', fps: 4, camera });
      const frames = await takeFrames(source, 3);
      source.close();
      const tracker = await openEngine({ engine: 'webgpu' });
      const target = {
        timeMs: 0,
        frame: 0,
        width: 0,
        height: 0,
        score: 0,
        mask: null,
        classes: null,
        landmarks: new Float32Array(33 * 4),
        worldLandmarks: new Float32Array(33 * 4),
      };
      await tracker.track(frames[0], target);
      const codeOf = (track: Promise<unknown>): Promise<string> =>
        track.then(
          () => 'tracked',
          (cause: { code: string; message: string }) => `${cause.code}: ${cause.message}`,
        );
      const middle = codeOf(tracker.track(frames[1], target));
      Object.assign(window, {
        outcome: middle.then(async (code) => [code, await codeOf(tracker.track(frames[2], target))]),
      });
    }, CAMERA);
    const session = await browser.newBrowserCDPSession();
    await session.send('Browser.crashGpuProcess').catch(() => {});
    const outcome = await page.evaluate(() => (window as unknown as { outcome: Promise<string[]> }).outcome);
    expect(outcome).toEqual([
      expect.stringMatching(/^engine-failed: the GPU/),
      expect.stringMatching(/^engine-failed: /),
    ]);
  });
});

test('engine webgpu: rejects where the browser offers no GPU, before it fetches anything', async ({ page, watch }) => {
  await openLab(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const message = await page.evaluate(() =>
    window.lab.openEngine({ engine: 'webgpu' }).then(
      () => 'loaded',
      ({ code, message }) => `${code}: ${message}`,
    ),
  );
  expect(message).toMatch(/^engine-failed: this browser offers no GPU/);
  expect(asked.filter((url) => /\.(wasm|tflite)$/.test(url))).toEqual([]);
  expect(watch.log.filter((line) => !PAGE_WARNINGS.test(line))).toEqual([]);
});

// The page in which `fitting-room preview` draws, with the room's modules and the T-shirt.
import type { Page } from 'playwright/test';
import { joinWebp, webpSize } from '../tools/cli/preview/join-webp.ts';
import { type PicturePlan, planPictures } from '../tools/cli/preview/plan-pictures.ts';
import { expect, siteUrl, test } from './fixtures.ts';

const PAGE =
  '<!doctype html><title>Preview</title><script type="module" src="/tools/cli/preview/preview-page.ts"></script>';

/** Lets the page draw `pictures` of the garment at `garment`. Resolves to what it sends: pictures by name, and the end. */
async function draw(
  page: Page,
  garment: string,
  pictures: readonly PicturePlan[],
): Promise<{ sent: Map<string, Buffer[]>; end: string }> {
  const sent = new Map<string, Buffer[]>();
  const base = `${siteUrl()}/preview`;
  const job = {
    modules: { index: '/src/index.ts', define: '/src/define.ts' },
    assets: '/assets/',
    garment,
    pictures,
  };
  let end: (text: string) => void = () => undefined;
  const ended = new Promise<string>((resolve) => {
    end = resolve;
  });
  await page.route(`${base}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname.slice('/preview/'.length);
    const body = route.request().postDataBuffer() ?? Buffer.alloc(0);
    if (path === '') return route.fulfill({ contentType: 'text/html', body: PAGE });
    if (path === 'job.json') return route.fulfill({ json: job });
    if (path === 'done' || path === 'failed') end(`${path} ${body}`.trim());
    else sent.set(path, [...(sent.get(path) ?? []), body]);
    return route.fulfill({ status: 204 });
  });
  await page.goto(`${base}/`);
  return { sent, end: await ended };
}

test('the page of `preview` draws sheets, a turn and the room, and the turn becomes one moving picture', async ({
  page,
}) => {
  const tee = { kind: 'top', sizes: ['S', 'L'], baseSize: 'L', colors: ['sage'] } as const;
  const plans = planPictures(tee, ['female-50']);
  // A few shots of each kind.
  const few = plans.map((plan) => ({ ...plan, shots: plan.shots.slice(0, plan.kind === 'clip' ? 3 : 1) }));
  const { sent, end } = await draw(page, '/assets/tee.glb', few);
  expect(end).toBe('done');
  expect([...sent].map(([name, files]) => [name, files.length])).toEqual([
    ['pictures/bodies', 1],
    ['pictures/sizes', 1],
    ['pictures/colors', 1],
    ['pictures/turn', 3],
    ['pictures/room', 1],
  ]);
  const frames = sent.get('pictures/turn')!;
  const size = webpSize(frames[0]);
  const clip = joinWebp(frames, { ...size, frameMs: 90 });
  const decoded = await page.evaluate(
    async (bytes) => {
      const decoder = new ImageDecoder({ type: 'image/webp', data: Uint8Array.from(bytes) });
      await decoder.tracks.ready;
      const { image } = await decoder.decode({ frameIndex: 2 });
      const { displayWidth, displayHeight, duration } = image;
      return { frames: decoder.tracks.selectedTrack?.frameCount, displayWidth, displayHeight, duration };
    },
    [...clip],
  );
  expect(decoded).toEqual({ frames: 3, displayWidth: size.width, displayHeight: size.height, duration: 90_000 });
});

test('the page of `preview` says why a garment cannot be drawn', async ({ page, watch }) => {
  watch.expect(/404/);
  const shots = planPictures({ kind: 'top', sizes: ['S'], baseSize: 'S', colors: [] }, ['female-50']);
  const { sent, end } = await draw(page, '/assets/missing.glb', shots);
  expect(sent.size).toBe(0);
  expect(end).toMatch(/^failed .*missing\.glb/);
});

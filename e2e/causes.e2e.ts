// Checks that messages to the page's author name the true cause of a failure, and the way out. Each test brings one
// fault of network, policy or device about; the room (`<fitting-room>`) reports it. docs/troubleshooting.md lists them.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page, Route } from 'playwright/test';
import { bareTest, expect, isolatedUrl, openLab, siteUrl, test } from './fixtures.ts';
import { launch } from './launch.ts';

/** Chromium's own messages about failed requests and policies. */
const FAILED_REQUEST = /Failed to load resource|Content Security Policy|violates the following|CORS policy|MIME type/;

/** Starts a room with these attributes, and resolves to its first error, `code: message`, within 40 s. */
function startAndFail(
  page: Pick<Page, 'evaluate'>,
  attributes: Record<string, string>,
  garment: string | null = null,
): Promise<string> {
  return page.evaluate(
    async ([attributes, garment]) => {
      const room = window.lab.createRoom({ model: 'lite', ...attributes }, { garment });
      document.querySelector('main')?.append(room);
      const failed = new Promise<string>((resolve, reject) => {
        room.addEventListener('fitting-error', (event) => {
          const { code, message } = (event as CustomEvent<{ code: string; message: string }>).detail;
          resolve(`${code}: ${message}`);
        });
        setTimeout(() => reject(new Error(`still ${room.state.status}`)), 40_000);
      });
      void room.start();
      const error = await failed;
      room.remove();
      return error;
    },
    [attributes, garment] as const,
  );
}

/** Another server, which answers everything with `body`, and lets no other origin read it. */
async function serveElsewhere(type: string, body: string): Promise<{ url: string; close(): void }> {
  const server = createServer((_request, response) => response.writeHead(200, { 'Content-Type': type }).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Serves the lab page, or the files of a pattern, with changed headers (null: without the header). */
async function changeHeaders(
  page: Page,
  change: Record<string, string | null>,
  files = '**/e2e/lab.html',
): Promise<void> {
  await page.route(files, async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    for (const [name, value] of Object.entries(change)) {
      if (value === null) delete headers[name];
      else headers[name] = value;
    }
    await route.fulfill({ response, headers });
  });
}

test('models: a folder that is not there, behind a fallback that answers with a page', async ({ page, watch }) => {
  watch.expect(FAILED_REQUEST);
  await openLab(page);
  await page.route('**/nowhere/**', (route) =>
    route.fulfill({ status: 200, contentType: 'text/html', body: '<!doctype html><title>Shop</title>' }),
  );
  const error = await startAndFail(page, { source: 'mannequin', assets: '/nowhere/' });
  expect(error).toMatch(/^model-unreachable: .*\/nowhere\/.*web page in place of the file.*`assets`/);
});

test('models: another server, which the policy of the page does not allow', async ({ page, watch }) => {
  watch.expect(FAILED_REQUEST);
  await openLab(page);
  const error = await startAndFail(page, { source: 'mannequin', assets: `${isolatedUrl()}/assets/` });
  expect(error).toMatch(
    /^model-unreachable: .*content security policy.*add http:\/\/isolated\.localhost:\d+ to "connect-src"/,
  );
});

test('garments: files that are missing, refused, pointers or packed', async ({ page, watch }) => {
  watch.expect(FAILED_REQUEST);
  await changeHeaders(page, { 'content-security-policy': null });
  await openLab(page);
  const answers: [string, Parameters<Route['fulfill']>[0], RegExp][] = [
    ['/faults/gone.glb', { status: 404 }, /^garment-unreachable: .*gone\.glb.*404.*`src`/],
    ['/faults/closed.glb', { status: 403 }, /^garment-unreachable: .*403.*readable/],
    ['/faults/page.glb', { contentType: 'text/html', body: '<html></html>' }, /^garment-invalid: .*web page/],
    ['/faults/lfs.glb', { body: 'version https://git-lfs.github.com/spec/v1\n' }, /^garment-invalid: .*Git LFS/],
    ['/faults/packed.glb', { body: Buffer.from([0x1f, 0x8b, 8, 0]) }, /^garment-invalid: .*Content-Encoding: gzip/],
  ];
  for (const [url, answer, meaning] of answers) {
    await page.route(new URL(url, siteUrl()).href, (route) => route.fulfill(answer));
    const error = await startAndFail(page, { source: 'mannequin' }, url);
    expect(error).toMatch(meaning);
  }
});

bareTest('garments: a server that does not let other origins read', async () => {
  // Chromium keeps pages that the test itself answers from asking this machine.
  const browser = await launch({ add: ['--disable-features=LocalNetworkAccessChecks'] });
  const page = await browser.newPage();
  const cdn = await serveElsewhere('model/gltf-binary', 'glTF');
  await changeHeaders(page, { 'content-security-policy': null });
  await openLab(page);
  const error = await startAndFail(page, { source: 'mannequin' }, `${cdn.url}/tee.glb`);
  expect(error).toMatch(/^garment-unreachable: .*Access-Control-Allow-Origin/);
  cdn.close();
  await browser.close();
});

test('garments: an address that redirects to a server that this page may not read', async ({ page, watch }) => {
  watch.expect(FAILED_REQUEST);
  await changeHeaders(page, { 'content-security-policy': null });
  await openLab(page);
  const elsewhere = 'https://elsewhere.test/tee.glb';
  await page.route(new URL('/faults/moved.glb', siteUrl()).href, (route) =>
    route.fulfill({ status: 302, headers: { location: elsewhere } }),
  );
  const error = await startAndFail(page, { source: 'mannequin' }, '/faults/moved.glb');
  expect(error).toMatch(/^garment-unreachable: .*redirects it to another address/);
  watch.foreign.length = 0;
});

test("a policy without 'wasm-unsafe-eval' is named before models are loaded", async ({ page, watch }) => {
  watch.expect(FAILED_REQUEST);
  await changeHeaders(page, { 'content-security-policy': "default-src 'self'" });
  await openLab(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const error = await startAndFail(page, { source: 'mannequin' });
  expect(error).toMatch(/^engine-failed: .*'wasm-unsafe-eval' in "script-src"/);
  expect(asked.filter((url) => /\.(tflite|wasm|glb)$/.test(url))).toEqual([]);
});

test('workers: forbidden by the policy of the page, or by their own', async ({ page, watch }) => {
  watch.expect(FAILED_REQUEST);
  const policy = (more: string): string => `default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; ${more}`;
  await changeHeaders(page, { 'content-security-policy': policy("worker-src 'none'") });
  await openLab(page);
  expect(await startAndFail(page, { source: 'mannequin', engine: 'wasm' })).toMatch(
    /^model-unreachable: .*tracking-worker\.js.*content security policy forbids workers.*"worker-src 'self'"/,
  );

  await page.unroute('**/e2e/lab.html');
  await changeHeaders(page, { 'content-security-policy': "script-src 'self'" }, '**/tracking-worker.js');
  await openLab(page);
  expect(await startAndFail(page, { source: 'mannequin', engine: 'wasm' })).toMatch(
    /^engine-failed: .*sent with .*tracking-worker\.js forbids WebAssembly.*'wasm-unsafe-eval'/,
  );

  const own = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";
  await changeHeaders(page, { 'content-security-policy': own }, '**/tracking-worker.js');
  await openLab(page);
  expect(await startAndFail(page, { source: 'mannequin', engine: 'wasm' })).toMatch(
    /^model-unreachable: .*sent with .*tracking-worker\.js forbids it: add http:\/\/localhost:\d+ to "connect-src"/,
  );
});

test('workers: a page that asks for cross-origin isolation, and a script that is sent without it', async ({
  page,
  watch,
}) => {
  watch.expect(FAILED_REQUEST);
  await changeHeaders(page, { 'cross-origin-embedder-policy': 'require-corp' });
  await openLab(page);
  expect(await startAndFail(page, { source: 'mannequin', engine: 'wasm' })).toMatch(
    /^model-unreachable: .*tracking-worker\.js.*script without: send "Cross-Origin-Embedder-Policy: require-corp"/,
  );
});

test('workers: a page that requires trusted types, without a policy and with one', async ({ page, watch }) => {
  watch.expect(/TrustedScriptURL|trusted types/i);
  const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'";
  await changeHeaders(page, { 'content-security-policy': policy });
  await openLab(page);
  const start = (): Promise<string> => startAndFail(page, { source: 'mannequin', engine: 'wasm' });
  expect(await start()).toMatch(/^model-unreachable: .*requires trusted types.*trustedTypes\.createPolicy\('default'/);
  await page.evaluate(() => {
    type Factory = { createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): void };
    const { trustedTypes } = window as unknown as { trustedTypes: Factory };
    trustedTypes.createPolicy('default', { createScriptURL: (url) => url });
  });
  // The next thing that is wrong is found: the worker has started.
  await page.route('**/pose_detection.tflite', (route) => route.fulfill({ status: 404 }));
  watch.expect(FAILED_REQUEST);
  expect(await start()).toMatch(/^model-unreachable: .*pose_detection\.tflite.*404/);
});

bareTest('workers: from another server, which the policy does not allow, or not wholly', async () => {
  // As above.
  const browser = await launch({ add: ['--disable-features=LocalNetworkAccessChecks'] });
  const page = await browser.newPage();
  const foreign = isolatedUrl();
  const policy = (worker: string): string =>
    `default-src 'self'; connect-src 'self' ${foreign}; script-src 'self' 'wasm-unsafe-eval'; worker-src ${worker}`;
  for (const [worker, meaning] of [
    [
      "'self'",
      /^model-unreachable: .*forbids workers: it must allow "worker-src blob:" and "script-src http:.*`assets`/,
    ],
    ['blob:', /^model-unreachable: .*is not the page's own server.*"script-src http:\/\/isolated.*`assets`/],
  ] as const) {
    await page.unroute('**/e2e/lab.html');
    await changeHeaders(page, { 'content-security-policy': policy(worker) });
    await openLab(page);
    expect(await startAndFail(page, { source: 'mannequin', engine: 'wasm', assets: `${foreign}/assets/` })).toMatch(
      meaning,
    );
  }
  await browser.close();
});

test('the device has no network', async ({ page, watch }) => {
  watch.expect(FAILED_REQUEST);
  await openLab(page);
  await page.context().setOffline(true);
  const error = await startAndFail(page, { source: 'mannequin', assets: '/other-assets/' });
  expect(error).toMatch(/^model-unreachable: .*The device has no network/);
  await page.context().setOffline(false);
});

test('a video on a server without byte ranges', async ({ page }) => {
  await openLab(page);
  // One second of grey, recorded by the browser itself.
  const bytes = await page.evaluate(async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 });
    const context = canvas.getContext('2d');
    const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: 'video/webm' });
    const recorded = new Promise<Blob>((resolve) => (recorder.ondataavailable = ({ data }) => resolve(data)));
    recorder.start();
    for (let i = 0; i < 30; i++) {
      if (context) Object.assign(context, { fillStyle: `rgb(${4 * i} 99 99)` }).fillRect(0, 0, 320, 240);
      await new Promise((resolve) => setTimeout(resolve, 33));
    }
    recorder.stop();
    return [...new Uint8Array(await (await recorded).arrayBuffer())];
  });
  await page.route('**/no-ranges.webm', (route) =>
    route.fulfill({ contentType: 'video/webm', body: Buffer.from(bytes) }),
  );
  const error = await startAndFail(page, { source: `${siteUrl()}/no-ranges.webm` });
  expect(error).toMatch(/^source-unreadable: .*must answer range requests/);
});

test('a browser without WebAssembly is named before models are loaded', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(globalThis, 'WebAssembly', { value: undefined }));
  await openLab(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const error = await startAndFail(page, { source: 'mannequin' });
  expect(error).toMatch(/^unsupported-browser: .*no WebAssembly/);
  expect(asked.filter((url) => /\.(tflite|wasm|glb)$/.test(url))).toEqual([]);
});

test('the camera: forbidden by a header, by an iframe, and missing in the browser of an app', async ({
  page,
  watch,
}) => {
  watch.expect(/Permissions policy|camera is not allowed/i);
  await page.context().grantPermissions(['camera']);
  await changeHeaders(page, { 'permissions-policy': 'camera=()' });
  await openLab(page);
  expect(await startAndFail(page, {})).toMatch(/^camera-denied: .*Permissions-Policy forbids.*camera=\(self\)/);

  await page.unroute('**/e2e/lab.html');
  const shop = await serveElsewhere('text/html', `<iframe src="${siteUrl()}/e2e/lab.html"></iframe>`);
  await page.goto(shop.url);
  const [, framed] = page.frames();
  await framed.waitForFunction(() => 'lab' in window, null, { timeout: 30_000 });
  expect(await startAndFail(framed, {})).toMatch(/^camera-denied: .*<iframe allow="camera"/);
  shop.close();
  watch.foreign.length = 0;

  await page.addInitScript(() => Object.defineProperty(navigator, 'mediaDevices', { value: undefined }));
  await openLab(page);
  expect(await startAndFail(page, {})).toMatch(/^insecure-context: .*browser of an app/);
});

test('the browser of an app: the shopper is told, and offered a photo', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'mediaDevices', { value: undefined }));
  await openLab(page);
  await page.evaluate(() => {
    const room = window.lab.createRoom({}, { garment: null });
    document.querySelector('main')?.append(room);
    void room.start();
  });
  const alert = page.locator('fitting-room').getByRole('alert');
  await expect(alert).toContainText('This app shows pages without a camera');
  await expect(alert.getByRole('button', { name: 'Choose a photo' })).toBeVisible();
});

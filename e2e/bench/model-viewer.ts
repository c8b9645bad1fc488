// `@google/model-viewer` (Apache-2.0), a viewer of 3D models, shows the same garment on a page of its own: what a shop
// pays that only shows a garment. It wants another version of three.js than this project, so that it cannot be
// installed beside it: its published bundle is fetched once by `npm pack`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import type { Browser } from 'playwright';
import type { CompressedFiles } from './compressed-files.ts';
import { type Routes, sendText } from './serve-bench.ts';

const VERSION = '4.4.0';
const FOLDER = `e2e/output/model-viewer-${VERSION}`;
const SCRIPT = `${FOLDER}/package/dist/model-viewer.min.js`;
const DECODER = 'node_modules/meshoptimizer/meshopt_decoder.cjs';
/** Waiting limit for its page, milliseconds. Over the slow line it takes seconds. */
const SHOWN_MS = 120_000;

/** Fetches the bundle where it is missing. Returns whether it is there: without npm's registry it is not. */
export function hasModelViewer(): boolean {
  if (existsSync(SCRIPT)) return true;
  mkdirSync(FOLDER, { recursive: true });
  const options = { cwd: FOLDER, encoding: 'utf8', shell: process.platform === 'win32' } as const;
  const { status } = spawnSync('npm', ['pack', `@google/model-viewer@${VERSION}`, '--silent'], options);
  const unpack = ['-xzf', `google-model-viewer-${VERSION}.tgz`, 'package/dist/model-viewer.min.js'];
  return status === 0 && spawnSync('tar', unpack, options).status === 0;
}

/** Its page. */
const PAGE = `<!doctype html>
<html lang="en">
  <title>model-viewer</title>
  <link rel="icon" href="/demo/icon.svg" type="image/svg+xml">
  <script src="/viewer/setup.js"></script>
  <script type="module" src="/viewer/dist/model-viewer.min.js"></script>
  <model-viewer src="/package/assets/tee.glb" alt="The garment"></model-viewer>
</html>`;

/**
 * Names the decoder of the garment's meshes, which a page of model-viewer has to bring, and notes when the model is
 * shown.
 */
const SETUP = `self.ModelViewerElement = { meshoptDecoderLocation: '/viewer/decoder/meshopt_decoder.cjs' };
addEventListener('DOMContentLoaded', () => {
  document.querySelector('model-viewer').addEventListener('load', () => {
    self.shownMs = performance.now();
  });
});`;

/** It makes inline styles and pictures with addresses of their own, which this project's policy forbids. */
const POLICY = "default-src 'self' blob: data: 'unsafe-inline' 'wasm-unsafe-eval'";

/** Routes of its page, `/viewer/page`, and of its files, which `files` sends. */
export function modelViewerRoutes(files: CompressedFiles): Routes {
  const send = sendText('text/html', PAGE);
  return {
    '/viewer/page': (request, response) => {
      response.setHeader('Content-Security-Policy', POLICY);
      send(request, response);
    },
    '/viewer/setup.js': sendText('text/javascript', SETUP),
    '/viewer/dist/': files.serve(`${FOLDER}/package/dist`),
    '/viewer/decoder/': files.serve('node_modules/meshoptimizer'),
  };
}

/** What its page costs. */
export interface ViewerFigures {
  /** Bytes of its files and the garment's, by brotli. */
  modelViewerBytesBrotli: number;
  /** From the start of the page until the garment is shown. */
  modelViewerMs: number;
}

/** Opens its page at `url` in a browser without a cache. `files` knows the sizes. */
export async function measureModelViewer(
  browser: Browser,
  url: string,
  files: CompressedFiles,
): Promise<ViewerFigures> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    for (const path of [SCRIPT, DECODER]) await files.prepare(path);
    files.bytes.clear();
    // Not until the page is loaded, for which the limit is shorter.
    await page.goto(`${url}/viewer/page`, { waitUntil: 'commit' });
    const shown = await page.waitForFunction(() => (globalThis as { shownMs?: number }).shownMs, null, {
      timeout: SHOWN_MS,
    });
    const modelViewerMs = (await shown.jsonValue()) as number;
    return { modelViewerBytesBrotli: [...files.bytes.values()].reduce((sum, each) => sum + each, 0), modelViewerMs };
  } finally {
    await context.close();
  }
}

// Opens the page of a benchmark: builds its program, starts a server and a browser, and closes both at the end.
import type { Browser, Page } from 'playwright';
import { chromium } from 'playwright';
// @ts-expect-error plain JavaScript without types: it runs before anything is installed
import { layOutAssets } from '../../tools/lay-out-assets.mjs';
import { lateOptimization } from '../late-optimization.ts';
import config from '../playwright.config.ts';
import { softwareWebGpu } from '../software-webgpu.ts';
import type { Program } from './build-programs.ts';
import { buildPrograms, pageOf } from './build-programs.ts';
import type { Routes } from './serve-bench.ts';
import { sendText, serveBench } from './serve-bench.ts';

/** Flags with which Chromium draws by software. */
const softwareWebGl = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
/** Flags with which Chromium uses the machine's GPU. */
const hardware = ['--ignore-gpu-blocklist', '--enable-unsafe-webgpu', '--enable-features=Vulkan'];

/** The page of a benchmark, its server and its browser. */
export interface BenchOptions {
  /** Name of the module in `e2e/bench/page` that the page runs. */
  page: string;
  /** Further programs to build and serve at `/bench/`. */
  programs?: readonly Program[];
  /** Further request handlers of the server, by the beginning of the path. */
  routes?: Routes;
  /** Whether to use the machine's GPU. By default everything runs by software, as in the browser tests. */
  gpu?: boolean;
  /** Whether the browser has WebGPU (by software without `gpu`). */
  webGpu?: boolean;
  /** Further flags for the browser. */
  flags?: readonly string[];
  /** JavaScript text that runs in the page before its own. */
  initScript?: string;
}

/** An open page of a benchmark, and its browser: Playwright's. */
export interface Bench {
  browser: Browser;
  page: Page;
  /** URLs of requests to other servers. All were stopped. */
  readonly blocked: string[];
  /** Address of the server. */
  readonly url: string;
  /** Text of the built programs, by file name. */
  readonly files: Readonly<Record<string, string>>;
}

/** Lines of the page's console that begin with `PROGRESS` are printed. Others are those of the rivals' packages. */
const PROGRESS = 'bench: ';

/**
 * Opens a page of `e2e/bench/page`, runs `work` on it, and closes everything. Resolves to the result of `work`.
 *
 * 1. Lays out the assets, bundles the page's program and serves both.
 * 2. Starts the browser of the browser tests, without `lateOptimization`, and opens the page.
 * 3. Waits until the page has defined `window.bench`.
 */
export async function openBench<T>(
  {
    page: name,
    programs = [],
    routes = {},
    gpu = false,
    webGpu = false,
    flags: moreFlags = [],
    initScript,
  }: BenchOptions,
  work: (bench: Bench) => Promise<T>,
): Promise<T> {
  await layOutAssets({ log: console.error });
  const files = await buildPrograms([{ name, format: 'es' }, ...programs]);
  const built = Object.fromEntries(
    Object.entries(files).map(([file, code]) => [`/bench/${file}`, sendText('text/javascript', code)]),
  );
  const server = await serveBench({ ...built, ...routes, '/page': sendText('text/html', pageOf(name)) });
  const { args: testArgs = [], ...launch } = config.use?.launchOptions ?? {};
  const args = testArgs.filter((flag) => flag !== lateOptimization);
  const flags = gpu
    ? [...args.filter((flag) => !softwareWebGl.includes(flag)), ...hardware]
    : [...args, ...(webGpu ? softwareWebGpu : [])];
  const browser = await chromium.launch({ ...launch, args: [...flags, ...moreFlags] });
  try {
    const blocked: string[] = [];
    const context = await browser.newContext();
    // tasks-vision sends reports to its maker. The content security policy forbids it; here the attempts are counted.
    await context.route(
      (url) => url.origin !== server.url,
      (route) => {
        blocked.push(route.request().url());
        return route.abort();
      },
    );
    if (initScript !== undefined) await context.addInitScript({ content: initScript });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.text().startsWith(PROGRESS)) console.error(message.text().slice(PROGRESS.length));
    });
    page.on('pageerror', (error) => console.error(error));
    await page.goto(`${server.url}/page`);
    await page.waitForFunction(() => 'bench' in window);
    return await work({ browser, page, blocked, url: server.url, files });
  } finally {
    await browser.close();
    server.close();
  }
}

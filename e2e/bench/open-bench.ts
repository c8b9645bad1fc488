import type { Browser, Page } from 'playwright';
import { chromium } from 'playwright';
// @ts-expect-error plain JavaScript without types: it runs before anything is installed
import { layOutAssets } from '../../tools/lay-out-assets.mjs';
import config from '../playwright.config.ts';
import { softwareWebGpu } from '../software-webgpu.ts';
import type { Program } from './build-programs.ts';
import { buildPrograms, pageOf } from './build-programs.ts';
import type { Routes } from './serve-bench.ts';
import { sendText, serveBench } from './serve-bench.ts';

/** Which flags make a browser draw and compute by software, and which let it use the machine's GPU. */
const softwareWebGl = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
const hardware = ['--ignore-gpu-blocklist', '--enable-unsafe-webgpu', '--enable-features=Vulkan'];

export interface BenchOptions {
  /** Module in `e2e/bench/page` that the page runs. */
  page: string;
  /** Further programs that it asks for. */
  programs?: readonly Program[];
  routes?: Routes;
  /** The machine's GPU; else everything by software, as in the browser tests. */
  gpu?: boolean;
  /** WebGPU, by software where `gpu` is off. */
  webGpu?: boolean;
  /** Further flags of the browser. */
  flags?: readonly string[];
  /** Runs in the page before everything else. */
  initScript?: string;
}

export interface Bench {
  browser: Browser;
  page: Page;
  /** Requests to other servers, none of which was let through. */
  readonly blocked: string[];
  /** Address of the server. */
  readonly url: string;
  /** Text of the built programs, by file name. */
  readonly files: Readonly<Record<string, string>>;
}

/** What the page says while it works, to the terminal; the rest of its console is the rivals' chatter. */
const PROGRESS = 'bench: ';

/** Brings the assets up to date, bundles and serves the page, opens it in the browser that the browser tests use, and closes all of it after `work`. */
export async function openBench<T>(
  { page: name, programs = [], routes = {}, gpu = false, webGpu = false, flags: more = [], initScript }: BenchOptions,
  work: (bench: Bench) => Promise<T>,
): Promise<T> {
  await layOutAssets({ log: console.error });
  const files = await buildPrograms([{ name, format: 'es' }, ...programs]);
  const built = Object.fromEntries(
    Object.entries(files).map(([file, code]) => [`/bench/${file}`, sendText('text/javascript', code)]),
  );
  const server = await serveBench({ ...built, ...routes, '/page': sendText('text/html', pageOf(name)) });
  const { args = [], ...launch } = config.use?.launchOptions ?? {};
  const flags = gpu
    ? [...args.filter((flag) => !softwareWebGl.includes(flag)), ...hardware]
    : [...args, ...(webGpu ? softwareWebGpu : [])];
  const browser = await chromium.launch({ ...launch, args: [...flags, ...more] });
  try {
    const blocked: string[] = [];
    const context = await browser.newContext();
    // tasks-vision reports to its maker; the policy forbids it, and this says so.
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

// `npm run packages`: tries the package as a shop's engineer does, by the guides in `docs/`.
//   npm run packages                      all shops (see shops.ts)
//   npm run packages -- vite next         these shops
//   npm run packages -- --no-build vite   with the packages of the last build
//   npm run packages -- --no-checks       without publint and "are the types wrong"
//
// 1. Build and pack both packages; check their weight, and what publint and "are the types wrong" say of them.
// 2. For each shop, in a folder outside the repository: install the framework and the packed package, write the files
//    and run the commands of its guide, and build.
// 3. Open the page in Chromium and let it wear a garment.
// 4. In the first shop, let the command `preview` draw the T-shirt.
//
// It needs npm's registry, so it is not a part of `npm test`. What it installs stays in
// `~/.cache/fitting-room-packages` (FITTING_PACKAGES sets another folder) and makes the next run shorter.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright';
// @ts-expect-error plain JavaScript without types: it runs before anything is installed
import { provideBrowser } from '../setup/find-browser.mjs';
import { securityHeaders } from '../setup/security-headers.ts';
import { serveFiles } from '../setup/serve-files.ts';
import { makeShop, movePages, type Tarballs } from './make-shop.ts';
import { packPackages } from './pack-packages.ts';
import { readGuide } from './read-guide.ts';
import { type Served, serveByCommand, serveFolder } from './serve-shop.ts';
import { type Shop, shops } from './shops.ts';
import { tryShop } from './try-shop.ts';

const cache = process.env.FITTING_PACKAGES ?? join(homedir(), '.cache', 'fitting-room-packages');

/** The CDN's address in the guide, which the tests replace by that of a server of this machine. */
const GUIDE_CDN = 'https://cdn.example';

/** Headers with which a page is cross-origin isolated. */
const ISOLATION = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** Returns the policy in the guide's block `text policy`. */
function policyOf(markdown: string): string {
  const policy = /^```text policy\n(.*?)\n```$/ms.exec(markdown)?.[1];
  if (!policy) throw new Error('the guide names no policy');
  return policy;
}

/** Serves a shop's pages. Returns the servers, that of the page first. */
async function serveShop(shop: Shop, folder: string, markdown: string): Promise<Served[]> {
  if ('command' in shop.pages) return [await serveByCommand(shop.pages.command, folder)];
  const pages = join(folder, shop.pages.folder);
  if (!shop.isForeign) {
    const headers = { ...(shop.policy === 'strict' && securityHeaders), ...(shop.isIsolated && ISOLATION) };
    return [await serveFolder(serveFiles(pages), () => headers)];
  }
  const cdn = await serveFolder(serveFiles(join(folder, 'cdn')), () => ({ 'Access-Control-Allow-Origin': '*' }));
  const moved = join(folder, 'served');
  rmSync(moved, { recursive: true, force: true });
  movePages(pages, moved, GUIDE_CDN, cdn.url);
  const policy = policyOf(markdown).replaceAll(GUIDE_CDN, cdn.url);
  const page = await serveFolder(serveFiles(moved), () => ({ 'Content-Security-Policy': policy }));
  return [page, cdn];
}

/** Makes, builds, serves and opens a shop. Resolves to its faults. */
async function checkShop(shop: Shop, tarballs: Tarballs, browser: Browser): Promise<string[]> {
  const folder = join(cache, shop.name);
  const markdown = readFileSync(`docs/${shop.guide}.md`, 'utf8');
  const servers: Served[] = [];
  try {
    makeShop({ shop, guide: readGuide(markdown), tarballs, folder });
    servers.push(...(await serveShop(shop, folder, markdown)));
    const { isServerRendered = false, loads = [] } = shop;
    return await tryShop(browser, { url: servers[0].url, isServerRendered, loads });
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  } finally {
    for (const server of servers) await server.close();
  }
}

/** Lets the command of the package in a shop's folder draw the package's T-shirt. Returns its faults. */
function checkPreview(folder: string): string[] {
  const tee = 'node_modules/fitting-room/dist/assets/tee.glb';
  const args = ['fitting-room', 'preview', tee, '--out', 'preview', '--bodies', 'female-50'];
  rmSync(join(folder, 'preview'), { recursive: true, force: true });
  const { status, stdout, stderr } = spawnSync('npx', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) return [stdout + stderr];
  const wanted = ['bodies.webp', 'sizes.webp', 'colors.webp', 'turn.webp', 'room.webp', 'index.html'];
  return wanted.filter((name) => !existsSync(join(folder, 'preview', name))).map((name) => `preview lacks ${name}`);
}

const args = process.argv.slice(2);
const names = args.filter((arg) => !arg.startsWith('--'));
const unknown = names.find((name) => !shops.some((shop) => shop.name === name));
if (unknown !== undefined) throw new Error(`no shop is called ${unknown}: ${shops.map(({ name }) => name).join(', ')}`);
if (!args.includes('--no-build')) {
  const { status } = spawnSync(process.execPath, ['tools/build.mjs'], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
mkdirSync(cache, { recursive: true });
let failures = 0;
const report = (name: string, faults: readonly string[]): void => {
  console.log(
    faults.length === 0 ? `passed  ${name}` : `failed  ${name}\n  ${faults.join('\n  ').replaceAll('\n', '\n  ')}`,
  );
  if (faults.length > 0) failures++;
};
const { tarballs, checks } = packPackages(join(cache, 'packed'), args.includes('--no-checks'));
for (const { name, faults } of checks) report(name, faults);
const browser = await chromium.launch({
  executablePath: await provideBrowser(),
  args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
});
try {
  for (const shop of shops) {
    if (names.length === 0 || names.includes(shop.name)) report(shop.name, await checkShop(shop, tarballs, browser));
    if (shop === shops[0] && names.length === 0) report('preview', checkPreview(join(cache, shop.name)));
  }
} finally {
  await browser.close();
}
console.log(failures === 0 ? 'all passed' : `${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;

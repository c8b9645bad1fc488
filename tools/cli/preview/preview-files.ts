import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { prepareGarment } from '../../../src/adopt/prepare-garment.ts';
import { toGarmentInvalid } from '../../../src/garment/garment-invalid.ts';
import type { Mannequin } from '../../../src/mannequin/mannequin.ts';
import { readMannequin } from '../../../src/mannequin/read-mannequin.ts';
// @ts-expect-error plain JavaScript without types: it runs before anything is installed
import { findSystemBrowser } from '../../setup/find-system-browser.mjs';
import { describeFacts, readFacts } from '../garment-facts.ts';
import type { Printer } from '../printer.ts';
import { fileError, readGarmentFile } from '../read-garment-file.ts';
import { joinWebp, webpSize } from './join-webp.ts';
import { type OpenBrowser, openBrowser } from './open-browser.ts';
import { type PicturePlan, planPictures } from './plan-pictures.ts';
import { type PreviewServer, servePreview } from './serve-preview.ts';
import { writeReport } from './write-report.ts';

/** Where the command is called from. */
export interface PreviewOptions {
  /** Path of the package's folder with the room's modules, and `assets`. */
  packageFolder: string;
  /** Path of the folder from which paths of files count. */
  folder: string;
  /** Path of the folder with the page's script; by default that of this module, where the build puts it. */
  pageFolder?: string;
  /** The command as a person writes it, for messages. */
  usage: string;
}

/** How long a picture of the clip is shown, ms. */
const CLIP_FRAME_MS = 90;
/** The page sends a picture at least this often, ms, or it is given up: a slow machine takes a minute for a sheet. */
const SILENCE_MS = 300_000;

/**
 * Draws garments on the mannequin for the command line: for each file a folder with pictures (WebP) on bodies, in poses,
 * in sizes and colours, of a turn, and in the room itself, and a page that shows them, `index.html`. It draws in a
 * browser of this machine, without a window. Nothing leaves the machine.
 *
 * Rejects with an error whose message says what to do, for the first file that cannot be drawn.
 *
 * @param args Paths of GLB or `.gltf` files; `--out DIR` (`-o`) names the folder, by default the file's name without its
 * ending, with `-preview`; several files get a folder each in DIR. `--bodies a,b` chooses the bodies.
 */
export async function previewFiles(args: readonly string[], printer: Printer, options: PreviewOptions): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { out: { type: 'string', short: 'o' }, bodies: { type: 'string' } },
  });
  if (positionals.length === 0) throw new Error(`which files? ${options.usage}`);
  const browser: string | null = findSystemBrowser();
  if (browser === null)
    throw new Error('preview draws in a browser: install Chrome, Chromium or Edge, or name one by CHROME_PATH');
  const assetsFolder = join(options.packageFolder, 'assets');
  const readAsset = async (path: string): Promise<ArrayBuffer> =>
    Uint8Array.from(await readFile(join(assetsFolder, path))).buffer;
  const mannequin = await readMannequin(await readAsset('mannequin.glb'));
  const bodies = chooseBodies(values.bodies, mannequin);
  for (const path of positionals) {
    const file = resolve(options.folder, path);
    const name = basename(file).replace(/\.(glb|gltf)$/i, '');
    const own =
      values.out === undefined ? `${file.replace(/\.(glb|gltf)$/i, '')}-preview` : resolve(options.folder, values.out);
    const folder = values.out !== undefined && positionals.length > 1 ? join(own, name) : own;
    const { bytes, readBeside } = await readGarmentFile(file, options.usage);
    const prepared = await prepareGarment(bytes, mannequin, { compress: false, readAsset, readBeside }).catch(
      (error: unknown) => {
        throw new Error(`${file}: ${toGarmentInvalid(error).message}`, { cause: error });
      },
    );
    const { facts, warnings } = readFacts(prepared.file, { bytes: bytes.length, isPrepared: prepared.file === bytes });
    const all = [...prepared.warnings, ...warnings];
    for (const warning of all) printer.warn(`${file}: ${warning}`);
    const plans = planPictures(facts, bodies);
    await mkdir(folder, { recursive: true }).catch((error: unknown) => {
      throw fileError(folder, `The pictures cannot be written there: name another folder (${options.usage}).`, error);
    });
    const pictures = await draw(prepared.file, plans, { browserPath: browser, printer, ...options });
    for (const { name, kind } of plans) {
      const parts = pictures.get(name) ?? [];
      const picture = kind === 'clip' ? joinWebp(parts, { ...webpSize(parts[0]), frameMs: CLIP_FRAME_MS }) : parts[0];
      await writeFile(join(folder, `${name}.webp`), picture);
    }
    const text = { file: basename(file), facts: describeFacts(facts), warnings: all };
    await writeFile(join(folder, 'index.html'), writeReport(text, plans));
    printer.log(`${file}: ${plans.map(({ name }) => `${name}.webp`).join(', ')}, all in ${join(folder, 'index.html')}`);
  }
}

/** Returns the bodies of `--bodies`, all by default. Throws where one is unknown. */
function chooseBodies(list: string | undefined, { presets }: Mannequin): string[] {
  const known = Object.keys(presets);
  const chosen = list
    ?.split(',')
    .map((word) => word.trim())
    .filter(Boolean);
  const wrong = chosen?.find((body) => !known.includes(body));
  if (wrong !== undefined) throw new Error(`--bodies: "${wrong}" is none of ${known.join(', ')}`);
  // The middle woman and the middle man first: sizes, colours and the turn are drawn on the first body.
  return chosen?.length ? chosen : known.toSorted((a, b) => Number(b.endsWith('-50')) - Number(a.endsWith('-50')));
}

/** Draws the pictures in a browser. Resolves to the files by name: one, or one for each frame of a clip. */
async function draw(
  garment: Uint8Array,
  plans: readonly PicturePlan[],
  {
    browserPath,
    printer,
    packageFolder,
    pageFolder = fileURLToPath(new URL('.', import.meta.url)),
  }: PreviewOptions & { browserPath: string; printer: Printer },
): Promise<Map<string, Buffer[]>> {
  const pictures = new Map<string, Buffer[]>();
  const total = plans.reduce((sum, { kind, shots }) => sum + (kind === 'clip' ? shots.length : 1), 0);
  let drawn = 0;
  let timer: NodeJS.Timeout | undefined;
  let site: PreviewServer | null = null;
  let browser: OpenBrowser | null = null;
  try {
    await new Promise<void>((resolve, reject) => {
      const fail = (message: string): void => reject(new Error(message));
      const waitOn = (): void => {
        clearTimeout(timer);
        timer = setTimeout(fail, SILENCE_MS, `${browserPath} drew nothing for ${SILENCE_MS / 1000} s`);
      };
      waitOn();
      const start = async (): Promise<void> => {
        site = await servePreview({
          packageFolder,
          pageFolder,
          garment,
          pictures: [...plans],
          onPicture(name, bytes) {
            waitOn();
            printer.progress?.(++drawn, total);
            pictures.set(name, [...(pictures.get(name) ?? []), bytes]);
          },
          onEnd: (fault) => (fault === null ? resolve() : fail(`the garment cannot be drawn: ${fault}`)),
        });
        browser = await openBrowser(browserPath, site.url);
        fail(`${browserPath} ended before it had drawn all: ${await browser.ended}`);
      };
      start().catch(reject);
    });
  } finally {
    clearTimeout(timer);
    await (browser as OpenBrowser | null)?.close();
    (site as PreviewServer | null)?.close();
  }
  return pictures;
}

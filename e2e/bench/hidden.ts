// `npm run bench -- hidden`: is a person found whose face is covered, and is none found where there is none?
// 1. The page tracks each clip with bare and with covered faces: footage, films of pairs (a pair is one person filmed
//    twice; here in their own clothes), and stills of the mannequin.
// 2. It tracks pictures without a person: backgrounds of the clips, drawn pictures, photos of clothes, a given folder.
// 3. Node prints the shares of frames in which a person was found, and the pictures in which one was found.
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { serveFiles } from '../../tools/setup/serve-files.ts';
import { emptyKinds } from '../lab/empty-scenes.ts';
import { dataFolder, hasFootage } from '../serve.ts';
import { callPage } from './call-page.ts';
import { describeMachine } from './describe-machine.ts';
import { openBench } from './open-bench.ts';
import type { HiddenBench, HiddenClip, HiddenRun } from './page/hidden-page.ts';
import { printTable } from './print-table.ts';

/** The tracker's settings, and further pictures. */
export interface HiddenOptions {
  /** BlazePose's landmark model, and the engine that runs it: on the CPU or on the GPU. */
  model: 'lite' | 'full' | 'heavy';
  engine: 'wasm' | 'webgpu';
  /** Folder with further pictures without a person; null: none. */
  pictures: string | null;
}

/** The figures that `--json` writes. */
export interface HiddenReport {
  /** The tracker's model, and the engine that ran: not the given engine where the browser lacks it. */
  model: string;
  engine: string;
  /** By clip: number of frames, and in how many of them the person was found, with bare and with covered face. */
  people: Record<string, HiddenRun>;
  /** By kind of picture: number of pictures, and the names of those in which a person was found. */
  empty: Record<string, { pictures: number; found: string[] }>;
}

/** Number of drawn pictures of each kind. */
const DRAWN = 12;
/** Names of picture files. */
const PICTURE = /\.(jpe?g|png|webp)$/i;

/** Clips of the test data; `fps`: frames a second that are read of a video. */
const footage: readonly HiddenClip[] = [
  { name: 'squats', src: '/footage/squats/pose_squats.mp4', fps: 5 },
  { name: 'rendered-male-arms', src: '/footage/rendered-male-arms/clip.mp4', fps: 10 },
  { name: 'balancing', src: '/footage/balancing/cam02.mp4', fps: 6 },
  { name: 'seated', src: '/footage/half-body/seated.mp4', fps: 4 },
  { name: 'still pose', src: '/footage/stills/pose.jpg' },
  { name: 'still portrait', src: '/footage/stills/portrait.jpg' },
];
/** Without an address: the page draws the mannequin. */
const mannequin: HiddenClip = { name: 'mannequin, ten stills' };

/** Returns the URLs of the pictures in `folder` (a path), which is served at `route`. */
async function listPictures(folder: string, route: string): Promise<string[]> {
  return (await readdir(folder))
    .filter((name) => PICTURE.test(name))
    .toSorted()
    .map((name) => route + encodeURIComponent(name));
}

/** Runs the benchmark, prints two tables and returns the figures. */
export function benchHidden({ model, engine, pictures }: HiddenOptions): Promise<HiddenReport> {
  const pairs = `${dataFolder}/pairs`;
  const flatPhotos = `${dataFolder}/flat-photos`;
  const routes = {
    '/pairs/': serveFiles(pairs),
    '/flat-photos/': serveFiles(flatPhotos),
    ...(pictures === null ? {} : { '/pictures/': serveFiles(pictures) }),
  };
  return openBench({ page: 'hidden-page', routes, webGpu: engine === 'webgpu' }, async ({ page, browser }) => {
    const opened = await callPage<HiddenBench, 'open'>(page, 'open', engine, model);
    console.log(`\n${await describeMachine(browser, page)}`);
    console.log(`model ${model}, engine ${opened}${hasFootage ? '' : '; no footage: FITTING_DATA'}\n`);
    const report: HiddenReport = { model, engine: opened, people: {}, empty: {} };
    const clips = [...(hasFootage ? footage : [])];
    if (existsSync(pairs))
      for (const name of (await readdir(pairs)).toSorted())
        clips.push({ name: `pair ${name}`, src: `/pairs/${name}/own.mp4`, fps: 6 });
    for (const clip of [...clips, mannequin]) {
      report.people[clip.name] = await callPage<HiddenBench, 'runClip'>(page, 'runClip', clip);
      console.error(clip.name);
    }
    const backgrounds: { pictures: number; found: string[] } = { pictures: 0, found: [] };
    for (const clip of clips) {
      const run = await callPage<HiddenBench, 'runBackgrounds'>(page, 'runBackgrounds', clip);
      backgrounds.pictures += run.pictures;
      backgrounds.found.push(...run.found);
    }
    report.empty['background of a clip'] = backgrounds;
    for (const kind of emptyKinds) {
      const found = await callPage<HiddenBench, 'runDrawn'>(page, 'runDrawn', kind, DRAWN);
      report.empty[kind] = { pictures: DRAWN, found };
      console.error(kind);
    }
    const folders: [string, string, string][] = [['photos of clothes', flatPhotos, '/flat-photos/']];
    if (pictures !== null) folders.push(['pictures', pictures, '/pictures/']);
    for (const [name, folder, route] of folders) {
      if (!existsSync(folder)) continue;
      const list = await listPictures(folder, route);
      report.empty[name] = {
        pictures: list.length,
        found: await callPage<HiddenBench, 'runPictures'>(page, 'runPictures', list),
      };
    }
    print(report);
    return report;
  });
}

/** Prints both tables of a report. */
function print({ people, empty }: HiddenReport): void {
  const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;
  printTable(
    ['person found', 'frames', 'bare face', 'covered face', 'covered, trunk in its place'],
    Object.entries(people).map(([name, { frames, bare, covered, near }]) => [
      name,
      String(frames),
      percent(bare, frames),
      percent(covered, frames),
      percent(near, frames),
    ]),
  );
  console.log();
  printTable(
    ['no person in the picture', 'pictures', 'person found', ''],
    Object.entries(empty).map(([name, { pictures, found }]) => [
      name,
      String(pictures),
      String(found.length),
      found.map((each) => decodeURIComponent(each.split('/').at(-1) ?? each)).join(', '),
    ]),
  );
  console.log();
}

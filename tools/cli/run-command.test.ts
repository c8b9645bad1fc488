import { appendFile, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MANIFEST, makeManifest } from './integrity.ts';
import { runCommand } from './run-command.ts';

/** Files of the package and of the extras, as `npm run build` sorts them. */
const MAIN_FILES = [
  'define.js',
  'index.js',
  'stages-AbCd1234.js',
  'fitting-room.d.ts',
  'cli/main.js',
  'assets/mannequin.glb',
  'assets/runtime/pose_detection.tflite',
  'assets/runtime/pose_landmark_lite.tflite',
  'assets/runtime/pose_landmark_full.tflite',
  'assets/runtime/litert_wasm_trimmed.wasm',
  'assets/runtime/tracking-worker.js',
  'assets/runtime/tracking-worker-webgpu.js',
  'assets/runtime/mediapipe-runtime.js',
];
const EXTRA_FILES = [
  'assets/runtime/pose_landmark_heavy.tflite',
  'assets/runtime/litert_wasm_threaded_internal.wasm',
  'assets/runtime/tracking-worker.js',
  'assets/runtime/mediapipe-runtime.js',
  'assets/runtime/mediapipe/pose/pose.js',
];

/** A shop's folder, which the command is run in, and the folder `dist` of the package in it. */
let shop: string;
let dist: string;

/** Writes a package's files, whose content names package and path, and its manifest. Returns its folder `dist`. */
async function install(name: string, files: readonly string[], version: string): Promise<string> {
  const folder = join(shop, 'node_modules', name);
  for (const file of files) {
    const path = join(folder, 'dist', file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `${name} ${file}`);
  }
  const exports = { './package.json': './package.json' };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name, version, exports }));
  const manifest = await makeManifest(join(folder, 'dist'), version);
  await writeFile(join(folder, 'dist', MANIFEST), JSON.stringify(manifest));
  return join(folder, 'dist');
}

/** How the command starts itself from its sources. */
const program = ['tools/run.mjs', 'tools/cli/main.ts', 'answer-preparations'] as const;

/** Runs the command in the shop's folder; resolves to the lines that it prints. */
async function run(...args: string[]): Promise<string[]> {
  const lines: string[] = [];
  const print = (line: string): void => void lines.push(line);
  await runCommand(args, { log: print, warn: print }, { packageFolder: dist, folder: shop, program });
  return lines;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(join(shop, folder), { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

beforeEach(async () => {
  shop = await mkdtemp(join(tmpdir(), 'fitting-room-command-'));
  dist = await install('fitting-room', MAIN_FILES, '1.2.3');
});

afterEach(() => rm(shop, { recursive: true }));

describe('fitting-room assets', () => {
  it('copies what every room loads, with the models lite and full, and no module', async () => {
    const [line] = await run('assets', 'public/room');
    expect(line).toContain('version 1.2.3');
    const files = await filesIn('public/room');
    expect(files).toEqual(expect.arrayContaining(['mannequin.glb', 'pose_landmark_full.tflite', MANIFEST]));
    expect(files).not.toContain('define.js');
  });

  it('copies the chosen models and engines only', async () => {
    await run('assets', 'room', '--models', 'lite', '--engines', 'wasm');
    const files = await filesIn('room');
    expect(files).toContain('pose_landmark_lite.tflite');
    expect(files).not.toContain('pose_landmark_full.tflite');
    expect(files).not.toContain('tracking-worker-webgpu.js');
  });

  it('with --modules, lays the folder out as the package: modules beside the folder of assets, no types', async () => {
    await run('assets', 'room', '--modules');
    expect(await readdir(join(shop, 'room'))).toEqual(
      expect.arrayContaining(['assets', 'define.js', 'stages-AbCd1234.js']),
    );
    expect(await filesIn('room')).not.toContain('fitting-room.d.ts');
    expect(await filesIn('room')).not.toContain('main.js');
  });

  it('says what to install for a choice that is in the extras', async () => {
    await expect(run('assets', 'room', '--models', 'lite,heavy')).rejects.toThrow(
      'npm install fitting-room-extras@1.2.3',
    );
  });

  it('takes from the extras what is chosen, in place of the file of the same name', async () => {
    await install('fitting-room-extras', EXTRA_FILES, '1.2.3');
    await run('assets', 'heavy', '--models', 'lite,heavy');
    expect(await filesIn('heavy')).toContain('pose_landmark_heavy.tflite');
    expect(await filesIn('heavy')).not.toContain('pose.js');
    const workerOf = (folder: string) => readFile(join(shop, folder, 'runtime/tracking-worker.js'), 'utf8');
    expect(await workerOf('heavy')).toMatch(/^fitting-room /);

    await run('assets', 'threads', '--threads');
    expect(await filesIn('threads')).toContain('litert_wasm_threaded_internal.wasm');
    expect(await workerOf('threads')).toMatch(/^fitting-room-extras /);
  });

  it('refuses extras of another version', async () => {
    await install('fitting-room-extras', EXTRA_FILES, '1.2.4');
    await expect(run('assets', 'room', '--engines', 'wasm,mediapipe')).rejects.toThrow('install the same version');
  });

  it('refuses a file that is not what the manifest of the package says', async () => {
    await appendFile(join(dist, 'assets/mannequin.glb'), '!');
    await expect(run('assets', 'room')).rejects.toThrow('damaged, install the package anew: mannequin.glb');
  });

  it('names the words that an option takes', async () => {
    await expect(run('assets', 'room', '--models', 'huge')).rejects.toThrow('none of lite, full, heavy');
    await expect(run('assets')).rejects.toThrow('Usage');
  });
});

describe('fitting-room prepare', () => {
  it('prepares a garment with the mannequin of the package, and knows paths of the shop', async () => {
    await copyFile('assets/mannequin.glb', join(dist, 'assets/mannequin.glb'));
    await copyFile('assets/tee.glb', join(shop, 'tee.glb'));
    expect((await run('prepare', 'tee.glb')).at(-1)).toContain('prepared already');
    await expect(run('prepare')).rejects.toThrow('npx fitting-room prepare FILE… -o DIR');
  });
});

describe('fitting-room preview', () => {
  it('says what is wrong before it opens a browser', async () => {
    await copyFile('assets/mannequin.glb', join(dist, 'assets/mannequin.glb'));
    await copyFile('assets/tee.glb', join(shop, 'tee.glb'));
    await writeFile(join(shop, 'page.glb'), '<!doctype html>');
    await expect(run('preview')).rejects.toThrow('npx fitting-room preview FILE…');
    await expect(run('preview', 'tee.glb', '--bodies', 'giant')).rejects.toThrow('"giant" is none of female-5');
    await expect(run('preview', 'missing.glb')).rejects.toThrow('there is no such file');
    await expect(run('preview', 'page.glb')).rejects.toThrow('not a GLB');
    await expect(run('preview', 'tee.glb', '--out', 'page.glb')).rejects.toThrow('name another folder');
  });
});

describe('fitting-room verify', () => {
  it('finds files that were changed or lost after the copy', async () => {
    await run('assets', 'room');
    expect(await run('verify', 'room')).toEqual(['room: all files are as in version 1.2.3']);
    await appendFile(join(shop, 'room/mannequin.glb'), '!');
    await rm(join(shop, 'room/runtime/tracking-worker.js'));
    await expect(run('verify', 'room')).rejects.toThrow(/mannequin\.glb, runtime\/tracking-worker\.js/);
  });

  it('says so when the folder holds no assets', async () => {
    await expect(run('verify', '.')).rejects.toThrow('integrity.json is missing');
  });
});

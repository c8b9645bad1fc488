import { copyFile, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeGlb } from '../../../src/garment/make-glb.test-helper.ts';
import { garmentExtras, isPrepared } from '../../../src/garment/prepared-format.ts';
import { readGlb } from '../../../src/garment/read-glb.ts';
import { prepareFiles } from './prepare-files.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'prepare-garment-'))));
afterAll(() => rm(folder, { recursive: true }));

/** How the command starts itself from its sources. */
const program = ['tools/run.mjs', 'tools/cli/main.ts', 'answer-preparations'] as const;

/** Runs the command in the test's own folder. Returns what is printed, and the error's message or null. */
async function prepare(...args: string[]): Promise<{ out: string; warnings: string; error: string | null }> {
  const out: string[] = [];
  const warnings: string[] = [];
  const printer = { log: (line: string) => void out.push(line), warn: (line: string) => void warnings.push(line) };
  const options = { assetsFolder: resolve('assets'), folder, usage: 'prepare FILE… -o DIR', program };
  const error = await prepareFiles(args, printer, options).then(
    () => null,
    ({ message }: Error) => message,
  );
  return { out: out.join('\n'), warnings: warnings.join('\n'), error };
}

it('prepares a file, and prints bytes before and after and what it guessed', async () => {
  const strange = new Uint8Array(await makeGlb({ skinned: false }));
  await writeFile(join(folder, 'tube.glb'), strange);
  const { out, warnings, error } = await prepare('tube.glb');
  expect(error).toBe(null);
  const written = Uint8Array.from(await readFile(join(folder, 'tube-prepared.glb')));
  expect(isPrepared(garmentExtras(readGlb(written).json))).toBe(true);
  expect(out).toContain(`tube.glb: ${strange.byteLength} bytes`);
  expect(out).toContain(`tube-prepared.glb: ${written.byteLength} bytes`);
  expect(warnings).toMatch(/tube\.glb: no bones.*\n.*tube\.glb: no extras\.garment: kind and sizes are guessed/);
});

it('prepares a garment in several files as it does the same in one, and names a file that is missing', async () => {
  await writeFile(join(folder, 'whole.glb'), new Uint8Array(await makeGlb({ skinned: false })));
  const { json, binary } = readGlb(Uint8Array.from(await readFile(join(folder, 'whole.glb'))));
  json.buffers = [{ byteLength: binary.byteLength, uri: 'all%20of%20it.bin' }];
  await writeFile(join(folder, 'parts.gltf'), JSON.stringify(json));
  expect((await prepare('parts.gltf')).error).toMatch(
    /parts\.gltf: it refers to all%20of%20it\.bin \(there is no such/,
  );
  await writeFile(join(folder, 'all of it.bin'), binary);
  for (const file of ['whole.glb', 'parts.gltf']) expect(await prepare(file)).toMatchObject({ error: null });
  const read = (name: string) => readFile(join(folder, `${name}-prepared.glb`));
  expect((await read('parts')).equals(await read('whole'))).toBe(true);
});

it('says what to do when a file is broken or not named', async () => {
  await writeFile(join(folder, 'page.glb'), '<!doctype html>');
  expect(await prepare('page.glb')).toMatchObject({
    error: expect.stringMatching(/page\.glb: the file is not a GLB \(binary glTF\) but a web page or XML: check/),
  });
  // There is no src at the command line.
  expect((await prepare('page.glb')).error).not.toMatch(/src/);
  expect(await prepare()).toMatchObject({ error: expect.stringMatching(/prepare FILE… -o DIR/) });
});

it('never writes to the maker’s file, under whatever name', async () => {
  const strange = new Uint8Array(await makeGlb({ skinned: false }));
  await writeFile(join(folder, 'maker.glb'), strange);
  await symlink(join(folder, 'maker.glb'), join(folder, 'maker-prepared.glb'));
  for (const args of [['maker.glb', '-o', 'maker.glb'], ['maker.glb', '-o', '.'], ['maker.glb']])
    expect(await prepare(...args)).toMatchObject({
      error: expect.stringMatching(/is the maker's file.*another/),
    });
  expect(Uint8Array.from(await readFile(join(folder, 'maker.glb')))).toEqual(strange);
});

it('prepares many in processes of their own, the good ones whatever the others are, and says how fast', async () => {
  for (const name of ['a', 'b']) await writeFile(join(folder, `${name}.glb`), new Uint8Array(await makeGlb({})));
  await copyFile('assets/tee.glb', join(folder, 'tee.glb'));
  await writeFile(join(folder, 'page.glb'), '<!doctype html>');
  const { out, warnings, error } = await prepare('a.glb', 'page.glb', 'b.glb', 'tee.glb', '-o', 'ready', '--jobs', '2');
  expect(error).toBe('1 of 4 files cannot be prepared');
  expect(warnings).toMatch(/page\.glb: the file is not a GLB/);
  expect(out).toMatch(/3 of 4 files prepared, [\d.]+ files per second/);
  // The tee is prepared already: the folder has it as it is.
  expect((await readdir(join(folder, 'ready'))).sort()).toEqual(['a.glb', 'b.glb', 'tee.glb']);
  expect((await readFile(join(folder, 'ready/tee.glb'))).equals(await readFile('assets/tee.glb'))).toBe(true);
});

it('refuses options that contradict each other, before it prepares anything', async () => {
  const refused = async (args: string[], message: RegExp) =>
    expect(await prepare(...args)).toMatchObject({ error: expect.stringMatching(message), out: '' });
  await refused(['a.glb', 'b.glb', '-o', 'one.glb'], /one file: name a folder/);
  await refused(['x/coat.glb', 'y/coat.gltf', '-o', 'ready'], /would both become .*ready\/coat\.glb/);
  await refused(['a.glb', '--jobs', 'many'], /"many" is no number/);
  await refused(['a.glb', '--jobs', '0'], /name a --queue/);
  await refused(['--work'], /prepare --work --queue redis/);
  await refused(['a.glb', '--queue', 'localhost'], /"localhost" is no address like redis/);
  await refused(['a.glb', '--queue', 'redis://localhost'], /npm install bullmq ioredis/);
});

it('says which file cannot be read or written, why, and what to do, and leaves no half a file', async () => {
  await writeFile(join(folder, 'good.glb'), new Uint8Array(await makeGlb({ skinned: false })));
  expect(await prepare('nowhere.glb')).toMatchObject({
    error: expect.stringMatching(
      /nowhere\.glb: there is no such file or folder\. The garment cannot be read: name a GLB/,
    ),
  });
  expect(await prepare('good.glb', '-o', 'whole.glb/folder.glb')).toMatchObject({
    error: expect.stringMatching(
      /folder\.glb: a part of this path is a file, not a folder\. The prepared garment cannot be written/,
    ),
  });
  expect(await prepare('.')).toMatchObject({ error: expect.stringMatching(/this is a folder, not a file/) });
  expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
});

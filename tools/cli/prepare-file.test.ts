import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeGlb } from '../../src/garment/make-glb.test-helper.ts';
import { garmentExtras, isPrepared } from '../../src/garment/prepared-format.ts';
import { readGlb } from '../../src/garment/read-glb.ts';
import { prepareFile } from './prepare-file.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'prepare-garment-'))));
afterAll(() => rm(folder, { recursive: true }));

/**
 * Prepares a file; paths are within the test's own folder. Returns what is printed, and the error's message or null.
 */
async function prepare(...files: string[]): Promise<{ out: string; warnings: string; error: string | null }> {
  const out: string[] = [];
  const warnings: string[] = [];
  const printer = { log: (line: string) => void out.push(line), warn: (line: string) => void warnings.push(line) };
  const error = await prepareFile(
    files.map((file) => join(folder, file)),
    printer,
    { assetsFolder: 'assets', usage: 'prepare IN.glb [OUT.glb]' },
  ).then(
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
    error: expect.stringMatching(/page\.glb: the file is not a GLB \(binary glTF\): export as glTF 2\.0/),
  });
  // There is no src at the command line.
  expect((await prepare('page.glb')).error).not.toMatch(/src/);
  expect(await prepare()).toMatchObject({ error: expect.stringMatching(/IN\.glb \[OUT\.glb\]/) });
});

it('never writes to the maker’s file, under whatever name, and takes one garment at a time', async () => {
  const strange = new Uint8Array(await makeGlb({ skinned: false }));
  await writeFile(join(folder, 'maker.glb'), strange);
  await symlink(join(folder, 'maker.glb'), join(folder, 'maker-prepared.glb'));
  for (const files of [['maker.glb', 'maker.glb'], ['maker.glb']])
    expect(await prepare(...files)).toMatchObject({
      error: expect.stringMatching(/is the maker's file.*another/),
    });
  expect(await prepare('maker.glb', 'a.glb', 'b.glb')).toMatchObject({
    error: expect.stringMatching(/one garment at a time/),
  });
  expect(Uint8Array.from(await readFile(join(folder, 'maker.glb')))).toEqual(strange);
});

it('says which file cannot be read or written, why, and what to do, and leaves no half a file', async () => {
  await writeFile(join(folder, 'good.glb'), new Uint8Array(await makeGlb({ skinned: false })));
  expect(await prepare('nowhere.glb')).toMatchObject({
    error: expect.stringMatching(
      /nowhere\.glb: there is no such file or folder\. The garment cannot be read: name a GLB/,
    ),
  });
  expect(await prepare('good.glb', 'no/such/folder.glb')).toMatchObject({
    error: expect.stringMatching(
      /folder\.glb: there is no such file or folder\. The prepared garment cannot be written/,
    ),
  });
  expect(await prepare('')).toMatchObject({ error: expect.stringMatching(/this is a folder, not a file/) });
  expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeGlb } from '../../src/garment/make-glb.test-helper.ts';
import { readGlb } from '../../src/garment/read-glb.ts';
import { checkFiles } from './check-files.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'check-files-'));
  await writeFile(join(folder, 'tube.glb'), new Uint8Array(await makeGlb({ skinned: false })));
  await writeFile(join(folder, 'page.glb'), '<!doctype html>');
});
afterAll(() => rm(folder, { recursive: true }));

/** Checks files of the test's own folder. Returns what is printed, and the error's message or null. */
async function check(...args: string[]): Promise<{ out: string; warnings: string; error: string | null }> {
  const out: string[] = [];
  const warnings: string[] = [];
  const printer = { log: (line: string) => void out.push(line), warn: (line: string) => void warnings.push(line) };
  const error = await checkFiles(
    args.map((arg) => (arg.startsWith('-') || arg.startsWith('assets/') ? arg : join(folder, arg))),
    printer,
    { assetsFolder: 'assets', folder: process.cwd(), usage: 'check FILE…' },
  ).then(
    () => null,
    ({ message }: Error) => message,
  );
  return { out: out.join('\n'), warnings: warnings.join('\n'), error };
}

it('says what a prepared garment holds, and finds no fault in it', async () => {
  const { out, warnings, error } = await check('assets/tee.glb');
  expect(error).toBe(null);
  expect(warnings).toBe('');
  expect(out).toMatch(/tee\.glb: can be worn; prepared; top, layer 1; sizes XS S M L XL XXL; colours white, black/);
});

it('says what is guessed of a file that is not prepared; only --strict counts that as a fault', async () => {
  const { out, warnings, error } = await check('tube.glb');
  expect(error).toBe(null);
  expect(out).toMatch(
    /tube\.glb: can be worn; not prepared yet; .*; sizes M \(no measures\) L \(no measures\); one colour; \d+ triangles/,
  );
  expect(warnings).toContain('  warning: no extras.garment: kind and sizes are guessed');
  expect((await check('--strict', 'tube.glb')).error).toBe('1 of 1 files have faults');
});

it('checks every file before it fails, and writes the same as JSON', async () => {
  const { out, warnings, error } = await check('page.glb', 'none.glb', 'tube.glb');
  expect(error).toBe('2 of 3 files have faults');
  expect(out).toMatch(/page\.glb: cannot be worn\n.*none\.glb: cannot be worn\n.*tube\.glb: can be worn/);
  expect(warnings).toMatch(/error: the file is not a GLB/);
  expect(warnings).toMatch(/error: .*none\.glb: there is no such file/);
  const json = await check('--json', 'page.glb', 'tube.glb');
  expect(json.error).toBe('1 of 2 files have faults');
  const reports = JSON.parse(json.out);
  expect(reports[1].warnings).toContainEqual({
    by: 'fitting-room',
    message: 'no extras.garment: kind and sizes are guessed',
  });
  expect(reports).toMatchObject([
    { errors: [{ by: 'fitting-room' }], garment: null },
    { errors: [], garment: { kind: 'top', sizes: ['M', 'L'], measuredSizes: [], isPrepared: false } },
  ]);
});

it('says where a file that can be worn breaks the glTF standard, once a kind of fault, and how to mend it', async () => {
  const { json, binary } = readGlb(new Uint8Array(await makeGlb({ skinned: false })));
  const parts = { ...json, buffers: [{ byteLength: binary.byteLength, uri: 'strange.bin' }], scene: 7, unheardOf: 1 };
  await writeFile(join(folder, 'strange.gltf'), JSON.stringify(parts));
  await writeFile(join(folder, 'strange.bin'), binary);
  const { warnings, error } = await check('strange.gltf');
  expect(error).toBe('1 of 1 files have faults');
  expect(warnings).toMatch(/error: UNRESOLVED_REFERENCE: .* \(at \/scene\)/);
  expect(warnings).toMatch(/warning: UNEXPECTED_PROPERTY: .* \(at \/unheardOf\)/);
  expect(warnings).toMatch(/Blender: File > Export > glTF 2\.0/);
});

it('asks for files', async () => {
  expect((await check()).error).toBe('which files? check FILE…');
  await expect(readFile(join(folder, 'tube-prepared.glb')), 'nothing is written').rejects.toThrow('ENOENT');
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { relative } from 'node:path';
import { expect, it } from 'vitest';
import { buildPrograms } from './build-programs.ts';
import { keyOf } from './cache.ts';
import { type Film, type FilmProgram, filmInputs } from './film-key.ts';

const film = { data: ['assets/mannequin.glb'], browserVersion: '1', options: { frames: 90 } };

/** The key of what `program` films, after text was added to the end of files. */
async function keyWith(program: FilmProgram, changes: Record<string, string> = {}): Promise<string> {
  await Promise.all(Object.keys(changes).map((file) => readFile(file)));
  const files = await buildPrograms([{ name: program, format: 'es' }], {
    name: 'change',
    enforce: 'pre',
    // Without packages: bundling three.js takes a second.
    resolveId: (id, importer) => (importer && !/^[./]/.test(id) ? { id, external: true } : null),
    transform: (code, id) => `${code}\n${changes[relative(process.cwd(), id)] ?? ''}`,
  });
  return keyOf(await filmInputs({ ...film, program, files }));
}

const CODE = 'globalThis.changed = 1;';
const COMMENT = '// A comment.';
const unrelated = { 'src/body/create-body-solver.ts': CODE, 'src/scene/create-stage.ts': CODE };

it('changes the key of clips with code that films or tracks, and with no other code and no comment', async () => {
  const key = await keyWith('film-clips');
  for (const file of ['src/synthetic/mannequin-source.ts', 'src/tracking/worker-tracker.ts', 'e2e/bench/clip.ts'])
    expect(await keyWith('film-clips', { [file]: CODE }), file).not.toBe(key);
  const others = { ...unrelated, 'src/garment/fit-garment.ts': CODE, 'src/synthetic/mannequin-source.ts': COMMENT };
  expect(await keyWith('film-clips', others)).toBe(key);
});

it('changes the key of garment masks with garment code, but not with the body solve, the scene or a comment', async () => {
  const key = await keyWith('film-garments');
  expect(await keyWith('film-garments', { 'src/garment/fit-garment.ts': CODE })).not.toBe(key);
  expect(await keyWith('film-garments', { ...unrelated, 'src/garment/fit-garment.ts': COMMENT })).toBe(key);
});

it('changes the key of pairs with code that plays or tracks, but with no code that draws or judges', async () => {
  const key = await keyWith('film-pairs');
  for (const file of ['src/capture/stepped-video-source.ts', 'src/tracking/worker-tracker.ts'])
    expect(await keyWith('film-pairs', { [file]: CODE }), file).not.toBe(key);
  const others = { ...unrelated, 'src/garment/fit-garment.ts': CODE, 'e2e/bench/trunk-width.ts': CODE };
  expect(await keyWith('film-pairs', others)).toBe(key);
});

it('changes the key with a file of the data folder, the browser and the options', async () => {
  const folder = await mkdtemp(`${tmpdir()}/bench-data-`);
  const keyOfFilm = async (change: Partial<Film>): Promise<string> =>
    keyOf(await filmInputs({ ...film, program: 'film-clips', files: {}, data: [folder], ...change }));
  try {
    await writeFile(`${folder}/model`, 'a');
    const key = await keyOfFilm({});
    expect(await keyOfFilm({})).toBe(key);
    expect(await keyOfFilm({ browserVersion: '2' })).not.toBe(key);
    expect(await keyOfFilm({ options: { frames: 91 } })).not.toBe(key);
    await writeFile(`${folder}/model`, 'b');
    expect(await keyOfFilm({})).not.toBe(key);
  } finally {
    await rm(folder, { recursive: true });
  }
});

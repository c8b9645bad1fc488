import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCycles, type Import, isTest, listFiles, REPOSITORY, readImports } from './read-imports.test-helper.ts';

/** What the files of a folder may import besides each other, by the table in the architecture document. */
interface Rule {
  /** Folders, or files without `.ts`, that may be imported in any way. */
  from: readonly string[];
  /** Folders of which types may be imported. */
  typesFrom?: readonly string[];
  /** Folders that may be imported by `import()` or as types, so that their code is loaded only when it is needed. */
  lazyFrom?: readonly string[];
  /** npm packages. A type of any package may be imported anywhere. */
  packages?: readonly string[];
}

/** Importable from everywhere in `src`. */
const EVERYWHERE = ['src/errors', 'src/download', 'src/pulse', 'src/import-module', 'src/note-request'];
const ENTRY = ['src/index', 'src/define'];

/** The longest folder that holds a file decides. `*` allows every package. */
const RULES: Record<string, Rule> = {
  src: { from: ['src'], packages: ['*'] },
  'src/element': { from: ['src/session', 'src/locale', 'src/assets-base'], packages: ['lit', 'lean-qr'] },
  'src/locale': { from: [] },
  'src/session': {
    from: [
      'src/capture',
      'src/tracking',
      'src/mannequin',
      'src/body',
      'src/garment',
      'src/cloth',
      'src/scene',
      'src/math',
    ],
    lazyFrom: ['src/adopt', 'src/synthetic'],
    packages: ['three'],
  },
  'src/capture': { from: ['src/math'] },
  // These packages are bundled into the worker or loaded from the assets; the bundler of a page never sees them.
  'src/parsing': { from: ['src/math'] },
  'src/tracking': {
    from: ['src/math', 'src/parsing'],
    typesFrom: ['src/capture'],
    packages: ['three', '@litertjs/core', '@tensorflow', '@tensorflow-models', '@mediapipe'],
  },
  'src/mannequin': { from: ['src/math'], packages: ['three'] },
  'src/body': { from: ['src/mannequin', 'src/math'], typesFrom: ['src/tracking'], packages: ['three'] },
  'src/garment': { from: ['src/mannequin', 'src/math'], typesFrom: ['src/body'], packages: ['three'] },
  'src/cloth': { from: ['src/garment', 'src/mannequin', 'src/math'], typesFrom: ['src/body'] },
  'src/adopt': {
    from: ['src/garment', 'src/mannequin', 'src/math'],
    packages: ['three', '@gltf-transform', 'meshoptimizer', 'draco3dgltf'],
  },
  'src/scene': {
    from: ['src/math', 'src/mannequin'],
    typesFrom: ['src/capture', 'src/tracking', 'src/body', 'src/garment'],
    packages: ['three'],
  },
  'src/synthetic': {
    from: ['src/adopt', 'src/cloth', 'src/garment', 'src/mannequin', 'src/capture', 'src/math', 'src/assets-base'],
    packages: ['three'],
  },
  // Value classes of three.js only.
  'src/math': { from: [], packages: ['three'] },
  tools: { from: ['src'], packages: ['*'] },
  demo: { from: ENTRY, packages: ['node:fs', 'vitest'] },
  // The tools lay out the assets and serve the pages.
  e2e: { from: [...ENTRY, 'tools', 'e2e'], packages: ['*'] },
  'e2e/lab': { from: ['src'] },
  'e2e/bench': { from: ['src', 'tools', 'e2e'], packages: ['*'] },
};

const MAX_LINES = 300;

const files = ['src', 'tools', 'demo', 'e2e'].flatMap(listFiles);
const imports = files.flatMap(readImports);

function isWithin(path: string, folders: readonly string[]): boolean {
  const name = path.replace(/\.ts$/, '');
  return folders.some((folder) => name === folder || name.startsWith(`${folder}/`));
}

function folderOf(file: string): string {
  let folder = file.slice(0, file.lastIndexOf('/'));
  while (!(folder in RULES) && folder.includes('/')) folder = folder.slice(0, folder.lastIndexOf('/'));
  return folder;
}

/** Says which rule an import breaks, or null. */
function findFault({ file, target, isPackage, isType, isLazy }: Import): string | null {
  const folder = folderOf(file);
  const { from, typesFrom = [], lazyFrom = [], packages = [] } = RULES[folder];
  if (isPackage) {
    const isAllowed = isType || packages.includes('*') || packages.some((name) => `${target}/`.startsWith(`${name}/`));
    return isAllowed ? null : `${file} imports the package ${target}`;
  }
  if (!/\.(ts|mjs|css)$/.test(target)) return `${file} imports ${target} without its ending`;
  if (folderOf(target) === folder || isWithin(target, from)) return null;
  if (folder.startsWith('src') && isWithin(target, EVERYWHERE)) return null;
  if (isType && isWithin(target, [...typesFrom, ...lazyFrom])) return null;
  if (isLazy && isWithin(target, lazyFrom)) return null;
  return `${file} imports ${isType ? 'a type of ' : ''}${target}`;
}

describe('layers', () => {
  it('every folder of src has a rule, and folders are one level deep', () => {
    const folders = new Set(listFiles('src').map((file) => file.slice(0, file.lastIndexOf('/'))));
    expect([...folders].filter((folder) => !(folder in RULES))).toEqual([]);
  });

  it('imports keep to the table of the architecture document', () => {
    expect(files.length).toBeGreaterThan(250);
    const faults = imports.filter(({ file }) => !isTest(file) || !file.startsWith('src/')).map(findFault);
    expect(faults.filter((fault) => fault !== null)).toEqual([]);
  });

  it('an import that breaks the table is found', () => {
    const by = { isPackage: false, isType: false, isLazy: false };
    expect(findFault({ ...by, file: 'src/scene/x.ts', target: 'src/element/fitting-room.ts', isType: true })).toMatch(
      /^src\/scene\/x.ts imports a type of src\/element/,
    );
    expect(findFault({ ...by, file: 'src/body/x.ts', target: 'src/tracking/tracker.ts' })).not.toBe(null);
    expect(findFault({ ...by, file: 'src/body/x.ts', target: 'src/tracking/tracker.ts', isType: true })).toBe(null);
    expect(findFault({ ...by, file: 'src/session/x.ts', target: 'src/adopt/x.ts' })).not.toBe(null);
    expect(findFault({ ...by, file: 'src/session/x.ts', target: 'src/adopt/x.ts', isLazy: true })).toBe(null);
    expect(findFault({ ...by, file: 'src/element/x.ts', target: 'three', isPackage: true })).not.toBe(null);
    expect(findFault({ ...by, file: 'e2e/x.e2e.ts', target: 'src/body/body.ts', isType: true })).not.toBe(null);
    expect(findFault({ ...by, file: 'e2e/lab/x.ts', target: 'src/body/body.ts' })).toBe(null);
    expect(findFault({ ...by, file: 'tools/mannequin/x.ts', target: 'e2e/fixtures.ts' })).not.toBe(null);
  });

  it('no file imports itself through others, type imports included', () => {
    const loop = { isPackage: false, isType: true, isLazy: false };
    const known = ['a', 'b', 'c', 'd'].map((file, i) => ({ ...loop, file, target: ['b', 'c', 'a', 'a'][i] }));
    expect(findCycles(known)).toEqual([['a', 'b', 'c']]);
    expect(findCycles(imports)).toEqual([]);
  });

  it(`no file of src is longer than ${MAX_LINES} lines`, () => {
    const lineCount = (file: string): number =>
      readFileSync(join(REPOSITORY, file), 'utf8').trimEnd().split('\n').length;
    const tooLong = listFiles('src').filter((file) => lineCount(file) > MAX_LINES);
    expect(tooLong).toEqual([]);
  });

  it('nothing heavy is in the shell: what define.ts reaches without a dynamic import', () => {
    const reached = new Set<string>();
    const visit = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const { target, isPackage, isType, isLazy } of readImports(file)) {
        if (isType || isLazy) continue;
        if (isPackage) reached.add(target);
        else visit(target);
      }
    };
    visit('src/define.ts');
    expect([...reached].filter((name) => !name.endsWith('.ts'))).toEqual(['lit']);
    const allowed = ['src', 'src/element', 'src/session', 'src/locale'];
    const vocabulary = ['src/capture/facing.ts', 'src/capture/frame-source.ts', 'src/tracking/tracker.ts'];
    // The camera is asked for at the tap, before anything else has loaded.
    vocabulary.push('src/capture/ask-for-camera.ts');
    const others = [...reached].filter((name) => name.endsWith('.ts') && !allowed.includes(folderOf(name)));
    expect(others.filter((name) => !vocabulary.includes(name))).toEqual([]);
  });

  it('importing the package in Node defines nothing and leaves no globals', async () => {
    const before = Object.getOwnPropertyNames(globalThis);
    const { FittingRoom, FittingGarment, SteppedVideoSource, MannequinSource } = await import('./index.ts');
    await import('./define.ts');
    for (const member of [FittingRoom, FittingGarment, SteppedVideoSource, MannequinSource])
      expect(member).toBeTypeOf('function');
    expect(typeof document).toBe('undefined');
    const added = Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name));
    expect(added.filter((name) => /fitting|HTMLElement/i.test(name))).toEqual([]);
  });
});

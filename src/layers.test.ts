import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const src = dirname(fileURLToPath(import.meta.url));

/** What a folder may import besides itself, `errors.ts` and types named in `typesFrom`: `folder` or `folder/file`. */
const rules: Record<string, { from: readonly string[]; typesFrom?: readonly string[] }> = {
  // The public entry: everything below.
  '': {
    from: [
      'element',
      'session',
      'mannequin',
      'capture',
      'tracking',
      'body',
      'garment',
      'adopt',
      'scene',
      'synthetic',
      'math',
    ],
  },
  element: { from: ['session', 'assets-base'] },
  session: {
    from: ['mannequin', 'capture', 'tracking', 'body', 'garment', 'adopt', 'scene', 'synthetic', 'math', 'download'],
  },
  mannequin: { from: ['math', 'download'] },
  adopt: { from: ['garment', 'mannequin', 'math'] },
  synthetic: { from: ['adopt', 'garment', 'mannequin', 'capture', 'math', 'assets-base'] },
  capture: { from: ['math'] },
  tracking: { from: ['math', 'download'], typesFrom: ['capture'] },
  // The mannequin's bones and shape are vocabulary and pure maths that body, garment and scene share.
  body: { from: ['math', 'mannequin'], typesFrom: ['tracking'] },
  garment: { from: ['math', 'mannequin', 'download', 'adopt'], typesFrom: ['body'] },
  scene: {
    from: ['math', 'mannequin'],
    typesFrom: ['body', 'capture', 'garment', 'tracking', 'mannequin'],
  },
  math: { from: [] },
};

/** Packages that a folder may use; `three` in `math` for its value classes alone. */
const packages: Record<string, readonly string[]> = {
  element: ['lit'],
  session: ['three'],
  mannequin: ['three'],
  adopt: ['three', '@gltf-transform', 'meshoptimizer'],
  synthetic: ['three'],
  body: ['three'],
  garment: ['three'],
  scene: ['three'],
  math: ['three'],
  // Bundled into the worker or loaded from the assets, never seen by a page's bundler.
  tracking: ['three', '@litertjs/core', '@tensorflow', '@tensorflow-models', '@mediapipe'],
};

interface Import {
  file: string;
  target: string;
  isType: boolean;
}

const files = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter(
    (entry) =>
      entry.isFile() &&
      entry.name.endsWith('.ts') &&
      !entry.name.endsWith('.d.ts') &&
      !/\.test(-helper)?\.ts$/.test(entry.name),
  )
  .map((entry) => relative(src, join(entry.parentPath, entry.name)));

/** Static imports and exports, and dynamic imports; comments are cut away first. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
  const statics = text.matchAll(/^\s*(?:import|export)\s+(type\s+)?(?:([^'";]*?)\s+from\s+)?['"]([^'"]+)['"]/gm);
  const dynamics = text.matchAll(/(typeof\s+)?\bimport\(\s*['"]([^'"]+)['"]\s*\)/g);
  return [
    ...[...statics].map(([, type, names = '', target]) => ({
      file,
      target,
      isType: type !== undefined || /^\{(\s*type\s+\w+(\s+as\s+\w+)?\s*,?)+\s*\}$/.test(names.trim()),
    })),
    ...[...dynamics].map(([, type, target]) => ({ file, target, isType: type !== undefined })),
  ];
}

function folderOf(path: string): string {
  return path.includes('/') ? path.split('/')[0] : '';
}

/** Why an import breaks the layers, or null. */
function fault({ file, target, isType }: Import): string | null {
  const folder = folderOf(file);
  if (!target.startsWith('.')) {
    const allowed =
      folder === '' || (packages[folder] ?? []).some((name) => target === name || target.startsWith(`${name}/`));
    return allowed || isType ? null : `${file} imports the package ${target}`;
  }
  if (!target.endsWith('.ts')) return `${file} imports ${target} without its .ts`;
  const path = relative(src, resolve(src, dirname(file), target)).replace(/\.ts$/, '');
  const to = folderOf(path);
  if (path === 'errors' || to === folder) return null;
  const { from, typesFrom = [] } = rules[folder];
  if (from.includes(to) && to !== '') return null;
  if (from.includes(path)) return null;
  if (isType && typesFrom.includes(to)) return null;
  return `${file} imports ${isType ? 'a type of ' : ''}${path}`;
}

describe('layers', () => {
  it('every folder of src has a rule, and folders are one level deep', () => {
    const folders = [...new Set(files.map(folderOf))];
    expect(folders.filter((folder) => !(folder in rules))).toEqual([]);
    expect(files.filter((file) => file.split('/').length > 2)).toEqual([]);
  });

  it('imports keep to the table of ARCHITECTURE', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(files.flatMap(importsOf).map(fault).filter(Boolean)).toEqual([]);
  });

  it('sees a broken arrow when there is one', () => {
    expect(fault({ file: 'scene/x.ts', target: '../element/fitting-room.ts', isType: true })).toContain('scene/x.ts');
    expect(fault({ file: 'body/x.ts', target: '../tracking/create-tracker.ts', isType: false })).toContain('body/x.ts');
    expect(fault({ file: 'body/x.ts', target: '../tracking/tracker.ts', isType: true })).toBe(null);
    expect(fault({ file: 'element/x.ts', target: 'three', isType: false })).toContain('three');
  });

  it('nothing heavy is in the shell: what define.ts reaches without a dynamic import', () => {
    const reached = new Set<string>();
    const visit = (file: string): void => {
      if (reached.has(file)) return;
      reached.add(file);
      const text = readFileSync(join(src, file), 'utf8');
      for (const { target, isType } of importsOf(file)) {
        if (isType || text.includes(`import('${target}')`)) continue;
        if (target.startsWith('.')) visit(relative(src, resolve(src, dirname(file), target)));
        else reached.add(target);
      }
    };
    visit('define.ts');
    expect([...reached].filter((name) => !name.endsWith('.ts'))).toEqual(['lit']);
    const allowed = ['', 'element', 'session'];
    const vocabulary = ['capture/facing.ts', 'capture/frame-source.ts', 'tracking/tracker.ts'];
    expect(
      [...reached].filter(
        (name) => name.endsWith('.ts') && !allowed.includes(folderOf(name)) && !vocabulary.includes(name),
      ),
    ).toEqual([]);
  });

  it('importing the package in Node defines nothing and leaves no globals', async () => {
    const before = Object.getOwnPropertyNames(globalThis);
    const { FittingRoom, FittingGarment, SteppedVideoSource, MannequinSource } = await import('./index.ts');
    await import('./define.ts');
    expect(
      [FittingRoom, FittingGarment, SteppedVideoSource, MannequinSource].every(
        (member) => typeof member === 'function',
      ),
    ).toBe(true);
    expect(typeof document).toBe('undefined');
    const added = Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name));
    expect(added.filter((name) => /fitting|HTMLElement/i.test(name))).toEqual([]);
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundleTypes } from './bundle-types.ts';

let folder: string;

/** Writes declaration files, text by path, and bundles `index.d.ts`, without the spaces at the beginnings of lines. */
function bundle(files: Record<string, string>, replacements: Record<string, string> = {}): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return bundleTypes(join(folder, 'index.d.ts'), replacements);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fitting-room-types-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('bundleTypes', () => {
  it('takes what the exports need, with its comments, and nothing else', () => {
    const text = bundle({
      'index.d.ts': "export type { A } from './a.ts';\n",
      'a.d.ts':
        "import type { B } from './b/b.ts';\n/** What A is. */\nexport interface A { b: B; }\nexport interface Unused { b: B; }\n",
      'b/b.d.ts': "export type B = (typeof names)[number];\nexport declare const names: readonly ['x'];\n",
    });
    expect(text).toBe(
      [
        '/** What A is. */\ninterface A { b: B; }',
        'type B = (typeof names)[number];',
        "declare const names: readonly ['x'];",
        'export { A };\n',
      ].join('\n'),
    );
  });

  it('gives declarations of one name different names; the export keeps its own', () => {
    const text = bundle({
      'index.d.ts': "export { Source } from './public.ts';\n",
      'public.d.ts':
        "import { Source as Any } from './inner.ts';\nexport declare class Source extends Any { other: Any; }\n",
      'inner.d.ts': 'export declare class Source { Source: number; }\n',
    });
    expect(text).toContain('declare class Source extends Source$1 { other: Source$1; }');
    expect(text).toContain('declare class Source$1 { Source: number; }');
    expect(text).toMatch(/export { Source };\n$/);
  });

  it('replaces types of packages as it is told, and refuses others', () => {
    const files = {
      'index.d.ts': "import { LitElement } from 'lit';\nexport declare class Room extends LitElement {}\n",
    };
    expect(bundle(files, { 'lit LitElement': 'HTMLElement' })).toContain('class Room extends HTMLElement {}');
    expect(() => bundle(files)).toThrow('needs LitElement of the package lit');
  });

  it('refuses a type that tsc has inferred from a package', () => {
    expect(() => bundle({ 'index.d.ts': 'export declare const a: import("three").Mesh;\n' })).toThrow(
      'name it in the source',
    );
  });

  it('keeps the global declarations of files that are needed', () => {
    const text = bundle({
      'index.d.ts': "export type { A } from './a.ts';\n",
      'a.d.ts':
        "import type { B } from './b.ts';\nexport interface A {}\ndeclare global {\n    interface Window { b: B; }\n}\n",
      'b.d.ts': 'export interface B {}\n',
    });
    expect(text).toContain('interface Window { b: B; }');
    expect(text).toContain('interface B {}');
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

/** Absolute path of the repository. */
export const REPOSITORY = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** One import, or one re-export (`export … from`), in a file. Paths are relative to the repository's root. */
export interface Import {
  /** Path of the file that imports. */
  file: string;
  /** Path of the imported file, or the package specifier as written. */
  target: string;
  /** Whether `target` is a package specifier: it does not begin with a dot. */
  isPackage: boolean;
  /** Whether only types are imported, so that the compiler removes the import: `import type`, `typeof import()`. */
  isType: boolean;
  /** Whether it is an `import()` expression, which loads the module when it is evaluated. */
  isLazy: boolean;
}

/** A node of the syntax tree: ESTree, with TypeScript's additional nodes. */
interface SyntaxNode {
  type: string;
  source?: { value?: unknown } | null;
  importKind?: string;
  exportKind?: string;
  specifiers?: { importKind?: string; exportKind?: string }[];
}

/**
 * Lists the TypeScript files under `folder`, a path relative to the repository's root. Leaves out declarations
 * (`.d.ts`), AssemblyScript (`.as.ts`), packages and the output of browser tests. Returns sorted paths, relative to the
 * repository's root.
 */
export function listFiles(folder: string): string[] {
  return readdirSync(join(REPOSITORY, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(d|as)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(REPOSITORY.length + 1))
    .filter((path) => !path.includes('node_modules') && !path.startsWith('e2e/output'))
    .sort();
}

/** Returns whether the path `file` names a test or a helper of tests, which only tests may import. */
export function isTest(file: string): boolean {
  return /\.(test|test-helper|e2e)\.ts$/.test(file);
}

/**
 * Parses `file`, a path relative to the repository's root, and lists its imports in the order of the syntax tree:
 * static and dynamic imports, re-exports, and imports within types. Throws if the file has a syntax error.
 */
export function readImports(file: string): Import[] {
  const { program, errors } = parseSync(file, readFileSync(join(REPOSITORY, file), 'utf8'));
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`);
  const imports: Import[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const specifier = (node as SyntaxNode).source?.value;
    if (typeof specifier === 'string') {
      const isPackage = !specifier.startsWith('.');
      const target = isPackage ? specifier : join(dirname(file), specifier);
      const { type } = node as SyntaxNode;
      imports.push({
        file,
        target,
        isPackage,
        isType: isTypeOnly(node as SyntaxNode),
        isLazy: type === 'ImportExpression',
      });
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(program.body);
  return imports;
}

function isTypeOnly({ type, importKind, exportKind, specifiers = [] }: SyntaxNode): boolean {
  if (type === 'TSImportType' || importKind === 'type' || exportKind === 'type') return true;
  return specifiers.length > 0 && specifiers.every((each) => (each.importKind ?? each.exportKind) === 'type');
}

/**
 * Finds import cycles: groups of files that reach each other through imports, type imports included (strongly connected
 * components; Tarjan 1972). Imports of packages are ignored. Returns one sorted list of paths for each group; a file
 * that imports itself is a group of one.
 */
export function findCycles(imports: readonly Import[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const { file, target, isPackage } of imports) {
    if (!isPackage) targets.set(file, [...(targets.get(file) ?? []), target]);
  }
  const index = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const cycles: string[][] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    lowest.set(file, index.get(file)!);
    open.push(file);
    for (const target of targets.get(file) ?? []) {
      if (!index.has(target)) visit(target);
      if (open.includes(target)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(target)!));
    }
    if (lowest.get(file) !== index.get(file)) return;
    const cycle = open.splice(open.indexOf(file));
    if (cycle.length > 1 || targets.get(file)?.includes(file)) cycles.push(cycle.sort());
  };
  for (const file of targets.keys()) if (!index.has(file)) visit(file);
  return cycles;
}

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from 'vite';

/** A node of the syntax tree, as ESTree for TypeScript describes it: positions in the text, and children by name. */
export interface SyntaxNode {
  type: string;
  start: number;
  end: number;
  [child: string]: unknown;
}

/** Something that another module declares: its name there, and the module: path of a file, or name of a package. */
export interface Imported {
  from: string;
  name: string;
}

/** A declaration file (`.d.ts`) of the build. */
export interface DeclarationFile {
  code: string;
  /** Statements by the name that they declare; an interface may have several. Without `export`. */
  declared: Map<string, SyntaxNode[]>;
  /** What the file imports, by local name. */
  imported: Map<string, Imported>;
  /** By exported name: the local name, or what is passed on from another file. */
  exported: Map<string, string | Imported>;
  /** Blocks `declare global`. */
  globals: SyntaxNode[];
  /** Start of each comment by its end. */
  comments: Map<number, number>;
}

/**
 * Returns the doc comment of a statement or member, or an empty text. Between both may stand `export`, and comments to
 * the end of a line, such as those for the linter.
 */
export function docCommentOf({ code, comments }: DeclarationFile, { start }: SyntaxNode): string {
  const before = code
    .slice(0, start)
    .replace(/export\s+$/, '')
    .replace(/(\s*\/\/.*\n)*\s*$/, '');
  const from = comments.get(before.length);
  return from === undefined ? '' : before.slice(from);
}

/** Returns the path of the declarations that a module specifier in `file` means; a package's name stays as it is. */
function resolveSpecifier(file: string, specifier: string): string {
  return specifier.startsWith('.') ? join(dirname(file), specifier.replace(/\.ts$/, '.d.ts')) : specifier;
}

/** Returns the names that a statement declares. */
function namesOf(statement: SyntaxNode): string[] {
  const ids = statement.declarations
    ? (statement.declarations as SyntaxNode[]).map(({ id }) => id as SyntaxNode)
    : [statement.id as SyntaxNode];
  return ids.map(({ name }) => name as string);
}

/**
 * Reads a declaration file that tsc wrote from a module of this repository. It imports and exports by name only.
 * Throws at any other form (`export *`, `export default`, `import * as`).
 */
export function readDeclarations(file: string): DeclarationFile {
  const code = readFileSync(file, 'utf8');
  const { program, comments } = parseSync(file, code);
  const result: DeclarationFile = {
    code,
    declared: new Map(),
    imported: new Map(),
    exported: new Map(),
    globals: [],
    comments: new Map(comments.map(({ start, end }) => [end, start])),
  };
  const declare = (statement: SyntaxNode): string[] => {
    const names = namesOf(statement);
    for (const name of names) result.declared.set(name, [...(result.declared.get(name) ?? []), statement]);
    return names;
  };
  for (const statement of program.body as unknown as SyntaxNode[]) {
    const source = (statement.source as { value: string } | null | undefined)?.value;
    const from = source === undefined ? '' : resolveSpecifier(file, source);
    const specifiers = (statement.specifiers ?? []) as Record<'local' | 'imported' | 'exported', { name: string }>[];
    if (statement.type === 'ImportDeclaration') {
      for (const { local, imported } of specifiers) {
        if (!imported) throw new Error(`${file}: import "${local.name}" by its name`);
        result.imported.set(local.name, { from, name: imported.name });
      }
    } else if (statement.type === 'ExportNamedDeclaration') {
      if (statement.declaration)
        for (const name of declare(statement.declaration as SyntaxNode)) result.exported.set(name, name);
      for (const { local, exported } of specifiers)
        result.exported.set(exported.name, source === undefined ? local.name : { from, name: local.name });
    } else if (statement.global) {
      result.globals.push(statement);
    } else if (statement.id || statement.declarations) {
      declare(statement);
    } else if (statement.type !== 'EmptyStatement') {
      throw new Error(`${file}: ${code.slice(statement.start, statement.end).slice(0, 80)} cannot be bundled`);
    }
  }
  return result;
}

/** Adds an identifier's node, or the first one of a dotted name, to `found`. */
function addReference(node: unknown, found: SyntaxNode[]): void {
  const { type, left, object } = node as SyntaxNode;
  if (type === 'Identifier') found.push(node as SyntaxNode);
  else if (type === 'TSQualifiedName') addReference(left, found);
  else if (type === 'MemberExpression') addReference(object, found);
}

/**
 * Returns the identifiers below `node` that refer to a declared or imported name. Throws at `import('…')`, for which
 * the source has to name the type instead.
 */
export function findReferences(node: SyntaxNode, found: SyntaxNode[] = []): SyntaxNode[] {
  if (node.type === 'TSImportType') throw new Error('a public type is inferred from a package: name it in the source');
  for (const key of ['typeName', 'exprName', 'superClass', 'expression']) if (node[key]) addReference(node[key], found);
  if (node.computed && node.key) addReference(node.key, found);
  for (const child of Object.values(node)) {
    for (const item of Array.isArray(child) ? child : [child]) {
      if (item && typeof item === 'object' && typeof (item as SyntaxNode).type === 'string')
        findReferences(item as SyntaxNode, found);
    }
  }
  return found;
}

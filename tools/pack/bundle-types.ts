import {
  type DeclarationFile,
  docCommentOf,
  findReferences,
  type Imported,
  readDeclarations,
  type SyntaxNode,
} from './read-declarations.ts';

/** Types of packages that a shop does not install (`lit LitElement`), and the browser's type that stands for each. */
export type Replacements = Readonly<Record<string, string>>;

/** A declaration on its way into the bundle. */
interface Wanted {
  file: string;
  local: string;
  /** Its name in the bundle. */
  name: string;
}

/**
 * Bundles the declarations of a public entry into one text, which names no package and no file, with only what the
 * entry's exports need. (Libraries that do it need TypeScript's own parser, which TypeScript 7 does not have, or a
 * newer Node than this project.)
 *
 * 1. Begin with the entry's exports.
 * 2. Find where each name is declared, and the names in that declaration in turn.
 * 3. Give different declarations of one name different names; exports keep theirs.
 * 4. Write all declarations, with their comments and the global declarations of their files, and the exports.
 *
 * @param entry path of the entry's `.d.ts`, which tsc wrote.
 * @param replacements for types of packages; throws where a type of another package is needed.
 */
export function bundleTypes(entry: string, replacements: Replacements): string {
  const files = new Map<string, DeclarationFile>();
  const wanted = new Map<string, Wanted>();
  const taken = new Set<string>();
  const read = (file: string): DeclarationFile => {
    const known = files.get(file) ?? readDeclarations(file);
    files.set(file, known);
    return known;
  };

  /** Returns where `name`, as `file` exports it, is declared. */
  const findExport = (file: string, name: string): Imported => {
    const target = read(file).exported.get(name);
    if (target === undefined) throw new Error(`${file} exports no ${name}`);
    return typeof target === 'string' ? findLocal(file, target)! : findExport(target.from, target.name);
  };
  /** Returns where a name that `file` uses is declared; null for a name of the language or the browser. */
  const findLocal = (file: string, local: string): Imported | null => {
    const { declared, imported } = read(file);
    if (declared.has(local)) return { from: file, name: local };
    const target = imported.get(local);
    if (!target) return null;
    return target.from.endsWith('.d.ts') ? findExport(target.from, target.name) : target;
  };
  /** Takes a declaration into the bundle, if it is not there, and returns its name there. */
  const want = ({ from, name }: Imported, wish = name): string => {
    if (!from.endsWith('.d.ts')) {
      const replacement = replacements[`${from} ${name}`];
      if (!replacement) throw new Error(`a public type needs ${name} of the package ${from}`);
      return replacement;
    }
    const key = `${from} ${name}`;
    const known = wanted.get(key);
    if (known) return known.name;
    let free = wish;
    for (let i = 1; taken.has(free); i++) free = `${wish}$${i}`;
    taken.add(free);
    wanted.set(key, { file: from, local: name, name: free });
    return free;
  };
  /** Returns a statement's text, with the names of the bundle and the comment before it. */
  const write = (file: string, node: SyntaxNode, local = '', name = ''): string => {
    const { code } = read(file);
    const edits = findReferences(node).flatMap((reference) => {
      const target = findLocal(file, reference.name as string);
      return target ? [{ ...reference, text: want(target) }] : [];
    });
    const id = node.id as SyntaxNode | undefined;
    if (id && id.name === local) edits.push({ ...id, text: name });
    let text = code.slice(node.start, node.end);
    for (const { start, end, text: replacement } of edits.sort((a, b) => b.start - a.start))
      text = text.slice(0, start - node.start) + replacement + text.slice(end - node.start);
    const comment = docCommentOf(read(file), node);
    return comment ? `${comment}\n${text}` : text;
  };

  // Exports first, so that they keep their names.
  const exports = [...read(entry).exported.keys()].map((name) => {
    const inside = want(findExport(entry, name), name);
    return inside === name ? name : `${inside} as ${name}`;
  });
  const statements: string[] = [];
  const globalFiles = new Set<string>();
  // Writing a declaration may want more, which the loop then comes to.
  for (const { file, local, name } of wanted.values()) {
    const { declared, globals } = read(file);
    for (const node of declared.get(local)!) statements.push(write(file, node, local, name));
    if (!globalFiles.has(file)) for (const node of globals) statements.push(write(file, node));
    globalFiles.add(file);
  }
  return `${statements.join('\n')}\nexport { ${exports.join(', ')} };\n`;
}

import { type Plugin, parseSync } from 'vite';

/** Tags of templates in which a line break means as much as a space. */
const TAGS: ReadonlySet<string> = new Set(['html', 'svg', 'css']);

/** The parts of a syntax tree that are read here (ESTree). */
interface Node {
  type: string;
  start: number;
  end: number;
  tag?: { name?: string };
  quasi?: { quasis: Node[] };
}

/**
 * In the built modules, shortens the templates of markup and styles: a line break and the indentation after it become
 * one space. The minifier leaves templates as they are, and the page loads those of the room before the first tap.
 */
export function collapseTemplates(): Plugin {
  return {
    name: 'fitting-room-collapse-templates',
    apply: 'build',
    enforce: 'post',
    transform(code, id) {
      return id.includes('/src/element/') ? collapseLineBreaks(code) : null;
    },
  };
}

/** Shortens the templates in a module's JavaScript. */
export function collapseLineBreaks(code: string): string {
  const parts: string[] = [];
  let end = 0;
  for (const quasi of findQuasis(parseSync('module.js', code).program)) {
    parts.push(code.slice(end, quasi.start), code.slice(quasi.start, quasi.end).replace(/\s*\n\s*/g, ' '));
    end = quasi.end;
  }
  return parts.join('') + code.slice(end);
}

/** The texts of all templates with one of `TAGS`, in the order of the code. */
function findQuasis(program: unknown): Node[] {
  const found: Node[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { type, tag, quasi } = value as Node;
    if (type === 'TaggedTemplateExpression' && TAGS.has(tag?.name ?? '')) found.push(...(quasi?.quasis ?? []));
    for (const child of Object.values(value)) visit(child);
  };
  visit(program);
  return found.sort((a, b) => a.start - b.start);
}

import { readFileSync } from 'node:fs';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { isTest, listFiles } from '../read-imports.test-helper.ts';
import { garmentInvalid } from './garment-invalid.ts';

/** A node of the syntax tree (ESTree), as far as this test looks into it. */
interface SyntaxNode {
  type: string;
  name?: string;
  callee?: SyntaxNode;
  arguments?: SyntaxNode[];
  id?: SyntaxNode;
  init?: SyntaxNode | null;
  key?: SyntaxNode;
  property?: SyntaxNode;
  value?: unknown;
  quasis?: { value: { cooked: string } }[];
  consequent?: SyntaxNode;
  alternate?: SyntaxNode;
}

/** What a remedy begins with: it tells the merchandiser what to do. */
const IMPERATIVE =
  /^(check|correct|embed|export|join|move|open|pack|prepare|reduce|rename|scale|take|unpack|upload|weight)( |$)/;

const files = [...listFiles('src/garment'), ...listFiles('src/adopt')].filter((file) => !isTest(file));
const trees = files.map((file) => ({ file, nodes: listNodes(parseSync(file, readFileSync(file, 'utf8')).program) }));
/** Texts of the constants of all files, by name. */
const constants = new Map<string, SyntaxNode>();
for (const { nodes } of trees)
  for (const { type, id, init } of nodes)
    if (type === 'VariableDeclarator' && id?.name && init) constants.set(id.name, init);

function listNodes(tree: unknown): SyntaxNode[] {
  if (typeof tree !== 'object' || tree === null) return [];
  const inner = Object.values(tree).flatMap(listNodes);
  return 'type' in tree ? [tree as SyntaxNode, ...inner] : inner;
}

/** The texts of all properties `remedy` of the objects in all files. */
function tableRemedies(): string[] {
  const properties = trees.flatMap(({ nodes }) =>
    nodes.filter(({ type, key }) => type === 'Property' && key?.name === 'remedy'),
  );
  return properties.flatMap(({ value }) => textsOf(value as SyntaxNode));
}

/** Every text that an expression may have; '' for an expression that this test cannot read. */
function textsOf(node: SyntaxNode | undefined): string[] {
  if (node?.type === 'Literal') return [String(node.value)];
  if (node?.type === 'TemplateLiteral') return [textOfTemplate(node)];
  if (node?.type === 'ConditionalExpression') return [...textsOf(node.consequent), ...textsOf(node.alternate)];
  // A remedy that stands in a table: all of the tables' remedies.
  if (node?.type === 'MemberExpression' && node.property?.name === 'remedy') return tableRemedies();
  if (node?.type === 'Identifier' && constants.has(node.name!)) return textsOf(constants.get(node.name!));
  return [''];
}

/** A template with the values of its constants filled in, and `…` for what is known only when it runs. */
function textOfTemplate({ quasis = [], ...node }: SyntaxNode): string {
  const { expressions = [] } = node as { expressions?: SyntaxNode[] };
  return quasis
    .map(({ value }, i) => value.cooked + (i < expressions.length ? textsOf(expressions[i])[0] || '…' : ''))
    .join('');
}

describe('garmentInvalid', () => {
  it('says fault and remedy', () => {
    expect(garmentInvalid('the sleeve is missing', 'export it')).toMatchObject({
      code: 'garment-invalid',
      message: 'the sleeve is missing: export it',
    });
  });

  it('is the only source of garment-invalid in the folders garment and adopt', () => {
    const others = trees.flatMap(({ file, nodes }) =>
      nodes
        .filter(({ type, callee }) => type === 'NewExpression' && callee?.name === 'FittingError')
        .filter((node) => textsOf(node.arguments?.[0]).includes('garment-invalid'))
        .map(() => file),
    );
    // The second puts the file's address before the message.
    expect(others).toEqual(['src/garment/garment-invalid.ts', 'src/garment/load-garment.ts']);
  });

  it('gets a remedy in every call: something to do', () => {
    const remedies = trees.flatMap(({ file, nodes }) =>
      nodes
        .filter(({ type, callee }) => type === 'CallExpression' && callee?.name === 'garmentInvalid')
        .flatMap((call) => textsOf(call.arguments?.[1]).map((remedy) => ({ file, remedy }))),
    );
    expect(remedies.length).toBeGreaterThan(50);
    expect(remedies.filter(({ remedy }) => !IMPERATIVE.test(remedy))).toEqual([]);
  });
});

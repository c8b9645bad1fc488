import { type DeclarationFile, docCommentOf, readDeclarations, type SyntaxNode } from './read-declarations.ts';

/** A part of the description of an element, in the format of `custom-elements.json` (schema 1.0). */
type Item = Record<string, unknown>;

/** One tag of a doc comment: `@attr {type} name - text`. */
interface DocTag {
  tag: string;
  type?: string;
  name: string;
  text: string;
}

/** Returns the text of a doc comment without its stars: the part before the first tag, and the tags. */
function readDoc(comment: string): { text: string; tags: DocTag[] } {
  const lines = comment
    .replace(/^\/\*\*|\*\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''));
  const [text, ...parts] = lines.join('\n').split(/^@/m);
  const tags = parts.map((part) => {
    const [, tag, type, name = '', rest = ''] = /^(\w+)(?: \{(.+?)\})?(?: (?!- )(\S+))?(?: - (.*))?/s.exec(part)!;
    return { tag, type, name, text: rest.replace(/\s+/g, ' ').trim() };
  });
  return { text: text.trim(), tags };
}

/** Describes the public properties and methods of a class: those with a name, neither static nor protected. */
function describeMembers(file: DeclarationFile, body: SyntaxNode): Item[] {
  const members = new Map<string, Item>();
  for (const node of body.body as SyntaxNode[]) {
    const name = (node.key as { type: string; name: string } | undefined)?.name;
    const isHidden = node.static || node.accessibility || (node.key as SyntaxNode)?.type === 'PrivateIdentifier';
    if (!name || isHidden || /^(constructor|private|\w+Callback)$/.test(name) || members.has(name)) continue;
    const description = readDoc(docCommentOf(file, node)).text.replace(/\s+/g, ' ');
    const value = node.value as SyntaxNode | null;
    const annotation = (node.typeAnnotation ?? value?.returnType) as SyntaxNode | undefined;
    const type = annotation && { text: file.code.slice(annotation.start, annotation.end).replace(/^:\s*/, '') };
    const isMethod = node.kind === 'method';
    members.set(name, {
      kind: isMethod ? 'method' : 'field',
      name,
      ...(description && { description }),
      ...(type && (isMethod ? { return: { type } } : { type })),
    });
  }
  return [...members.values()];
}

/**
 * Describes a custom element for `custom-elements.json`, from which editors and documentation tools read its
 * attributes, events, slots, parts and custom properties.
 *
 * @param file path of the `.d.ts` of its class, as tsc wrote it, with the class's doc comment.
 * @param className name of the class, which the file exports.
 * @param path path of the module in the published package that exports the class.
 */
export function describeElement(file: string, className: string, path: string): Item {
  const declarations = readDeclarations(file);
  const node = declarations.declared.get(className)?.find(({ type }) => type === 'ClassDeclaration');
  if (!node) throw new Error(`${file} declares no class ${className}`);
  const { text, tags } = readDoc(docCommentOf(declarations, node));
  const list = (tag: string, more: (item: DocTag) => Item = () => ({})): Item[] =>
    tags.filter((item) => item.tag === tag).map((item) => ({ name: item.name, description: item.text, ...more(item) }));
  const tagName = tags.find(({ tag }) => tag === 'element')?.name;
  if (!tagName) throw new Error(`${className} has no @element`);
  const declaration = {
    kind: 'class',
    customElement: true,
    name: className,
    tagName,
    description: text,
    attributes: list('attr', ({ type = 'string' }) => ({ type: { text: type.replace(/'\|'/g, "' | '") } })),
    members: describeMembers(declarations, node.body as SyntaxNode),
    events: list('fires', () => ({ type: { text: 'CustomEvent' } })),
    slots: list('slot'),
    cssParts: list('csspart'),
    cssProperties: list('cssprop'),
  };
  const reference = { name: className, module: path };
  return {
    kind: 'javascript-module',
    path,
    declarations: [declaration],
    exports: [
      { kind: 'js', name: className, declaration: reference },
      { kind: 'custom-element-definition', name: tagName, declaration: reference },
    ],
  };
}

/** Bytes on a JavaScript heap by what they are for. */
export interface HeapParts {
  /** Machine and byte code, feedback and hidden classes: what the engine itself notes down while a program runs. */
  code: number;
  /** What the program holds: objects, arrays, strings, closures. */
  data: number;
}

interface HeapSnapshot {
  snapshot: { meta: { node_fields: string[]; node_types: [string[], ...unknown[]] } };
  nodes: number[];
}

const CODE_TYPES: readonly string[] = ['code', 'object shape', 'hidden'];

/** Adds up a heap snapshot as the DevTools protocol gives it (`HeapProfiler.takeHeapSnapshot`), in JSON. */
export function weighSnapshot(json: string): HeapParts {
  const { snapshot, nodes } = JSON.parse(json) as HeapSnapshot;
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const isCode = types[0].map((type) => CODE_TYPES.includes(type));
  const typeAt = fields.indexOf('type');
  const sizeAt = fields.indexOf('self_size');
  const parts = { code: 0, data: 0 };
  for (let at = 0; at < nodes.length; at += fields.length)
    parts[isCode[nodes[at + typeAt]] ? 'code' : 'data'] += nodes[at + sizeAt];
  return parts;
}

/** Bytes of a JavaScript heap by purpose. */
export interface HeapParts {
  /** Data that the engine adds while a program runs: machine code, byte code, type feedback, hidden classes. */
  code: number;
  /** Data of the program itself: objects, arrays, strings, closures. */
  data: number;
}

/**
 * The parts of a snapshot that are read: names of a node's fields and of its types, and the fields of all nodes, one
 * node after the other.
 */
interface HeapSnapshot {
  snapshot: { meta: { node_fields: string[]; node_types: [string[], ...unknown[]] } };
  nodes: number[];
}

/** Types of nodes that the engine adds. */
const CODE_TYPES: readonly string[] = ['code', 'object shape', 'hidden'];

/** Returns the bytes of a heap snapshot of the DevTools protocol (`HeapProfiler.takeHeapSnapshot`, JSON) by purpose. */
export function weighSnapshot(json: string): HeapParts {
  const { snapshot, nodes } = JSON.parse(json) as HeapSnapshot;
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const isCode = types[0].map((type) => CODE_TYPES.includes(type));
  const typeOffset = fields.indexOf('type');
  const sizeOffset = fields.indexOf('self_size');
  const parts = { code: 0, data: 0 };
  for (let node = 0; node < nodes.length; node += fields.length)
    parts[isCode[nodes[node + typeOffset]] ? 'code' : 'data'] += nodes[node + sizeOffset];
  return parts;
}

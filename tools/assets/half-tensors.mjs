/** Number of the type float16 in a TensorFlow Lite schema (`TensorType`). */
const FLOAT16 = 1;
// Numbers of the fields that are read, in the tables of the schema (tensorflow/compiler/mlir/lite/schema/schema.fbs).
const MODEL = { subgraphs: 2, buffers: 4 };
const SUBGRAPH = { tensors: 0 };
const TENSOR = { shape: 0, type: 1, buffer: 2 };
const BUFFER = { data: 0 };

/**
 * Finds the constants of type float16 in a TensorFlow Lite model, which is a FlatBuffer: tables whose fields are found
 * through lists of offsets (https://flatbuffers.dev/internals).
 *
 * @param bytes the file, a Buffer.
 * @returns for each constant its shape, and where its numbers lie: `from`, address of the first byte, and `count`.
 */
export function halfTensors(bytes) {
  const follow = (address) => address + bytes.readUInt32LE(address);
  /** Address of a field's value; null if the table leaves the field out, which then has its default, 0 or nothing. */
  const fieldOf = (table, number) => {
    const offsets = table - bytes.readInt32LE(table);
    // Before the offsets stand the lengths of their list and of the table, 2 bytes each.
    const entry = offsets + 4 + 2 * number;
    const offset = entry < offsets + bytes.readUInt16LE(offsets) ? bytes.readUInt16LE(entry) : 0;
    return offset === 0 ? null : table + offset;
  };
  /** The addresses of a vector's elements, `size` bytes each. */
  const elementsOf = (table, number, size = 4) => {
    const field = fieldOf(table, number);
    if (field === null) return [];
    const vector = follow(field);
    return Array.from({ length: bytes.readUInt32LE(vector) }, (_, i) => vector + 4 + size * i);
  };
  const model = follow(0);
  const buffers = elementsOf(model, MODEL.buffers).map(follow);
  const tensors = elementsOf(model, MODEL.subgraphs)
    .map(follow)
    .flatMap((graph) => elementsOf(graph, SUBGRAPH.tensors));
  return tensors.map(follow).flatMap((tensor) => {
    const type = fieldOf(tensor, TENSOR.type);
    const buffer = fieldOf(tensor, TENSOR.buffer);
    if (type === null || buffer === null || bytes.readInt8(type) !== FLOAT16) return [];
    const data = fieldOf(buffers[bytes.readUInt32LE(buffer)], BUFFER.data);
    if (data === null) return [];
    const shape = elementsOf(tensor, TENSOR.shape).map((address) => bytes.readInt32LE(address));
    return [{ shape, from: follow(data) + 4, count: bytes.readUInt32LE(follow(data)) / 2 }];
  });
}

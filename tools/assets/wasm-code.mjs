/** Identifiers of a WebAssembly module's sections (core specification 5.5.2). */
export const SECTION = { global: 6, export: 7, code: 10 };
/** Length of the header: magic number and version. */
const HEADER_BYTES = 8;

/** Encodes a natural number as unsigned LEB128. */
export function leb128(value) {
  const bytes = [];
  let rest = value;
  do {
    bytes.push((rest % 128) + (rest > 127 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.from(bytes);
}

/** Reads an unsigned LEB128 number of `bytes` (a Buffer) at `from`. Returns the value and where it ends. */
export function readLeb128(bytes, from) {
  let value = 0;
  for (let end = from, factor = 1; ; factor *= 128) {
    const byte = bytes[end++];
    value += (byte & 127) * factor;
    if (byte < 128) return { value, end };
  }
}

/** Returns the sections of a module (a Buffer): `id` and contents `body`, in their order. */
export function readSections(bytes) {
  const sections = [];
  for (let from = HEADER_BYTES; from < bytes.length; ) {
    const { value, end } = readLeb128(bytes, from + 1);
    sections.push({ id: bytes[from], body: bytes.subarray(end, end + value) });
    from = end + value;
  }
  return sections;
}

/** Returns a module (a Buffer) with the header of the module `bytes`, and `sections`. */
export function writeSections(bytes, sections) {
  const parts = sections.flatMap(({ id, body }) => [Buffer.from([id]), leb128(body.length), body]);
  return Buffer.concat([bytes.subarray(0, HEADER_BYTES), ...parts]);
}

/** Returns the functions of a code section's contents: for each its locals and instructions, without its length. */
export function readFunctions(body) {
  let { value: count, end: from } = readLeb128(body, 0);
  const functions = [];
  for (; count > 0; count--) {
    const { value, end } = readLeb128(body, from);
    from = end + value;
    functions.push(body.subarray(end, from));
  }
  return functions;
}

/** Returns the contents of a code section that holds `functions`; the opposite of `readFunctions`. */
export function writeFunctions(functions) {
  return Buffer.concat([leb128(functions.length), ...functions.flatMap((each) => [leb128(each.length), each])]);
}

import {
  leb128,
  readFunctions,
  readLeb128,
  readSections,
  SECTION,
  writeFunctions,
  writeSections,
} from '../assets/wasm-code.mjs';

/** Name of the export of function `index`'s mark. */
const PREFIX = 'ran-';
/** A variable of type i32 that starts as 0: type, mutability, `i32.const 0`, `end`. */
const ZERO = Buffer.from([0x7f, 1, 0x41, 0, 0x0b]);
/** Kind of an exported global variable. */
const GLOBAL = 3;

/** Returns the contents of a section of a list, with `entries` (Buffers) appended to the list. */
function append(body: Buffer, entries: readonly Buffer[]): Buffer {
  const { value, end } = readLeb128(body, 0);
  return Buffer.concat([leb128(value + entries.length), body.subarray(end), ...entries]);
}

/** Returns where the locals of a function end and its instructions start. */
function instructionsStart(body: Buffer): number {
  let { value: groups, end } = readLeb128(body, 0);
  // Each group: how many, and a type of one byte.
  for (; groups > 0; groups--) end = readLeb128(body, end).end + 1;
  return end;
}

/**
 * Returns a WebAssembly module (a Buffer) that notes which of its own functions run: an exported variable for each, to
 * be read by `readMarks`. No number of a function changes, so nothing else has to.
 */
export function markFunctions(bytes: Buffer): Buffer {
  const sections = readSections(bytes);
  const bodyOf = (id: number): Buffer => sections.find((section) => section.id === id)!.body;
  const functions = readFunctions(bodyOf(SECTION.code));
  // The module imports no variables; otherwise they would be counted first.
  const firstMark = readLeb128(bodyOf(SECTION.global), 0).value;
  const marked = functions.map((body, index) => {
    const start = instructionsStart(body);
    const mark = Buffer.concat([Buffer.from([0x41, 1, 0x24]), leb128(firstMark + index)]);
    return Buffer.concat([body.subarray(0, start), mark, body.subarray(start)]);
  });
  const exports = functions.map((_, index) => {
    const name = Buffer.from(PREFIX + index);
    return Buffer.concat([leb128(name.length), name, Buffer.from([GLOBAL]), leb128(firstMark + index)]);
  });
  const changed: Record<number, (body: Buffer) => Buffer> = {
    [SECTION.global]: (body) =>
      append(
        body,
        functions.map(() => ZERO),
      ),
    [SECTION.export]: (body) => append(body, exports),
    [SECTION.code]: () => writeFunctions(marked),
  };
  return writeSections(
    bytes,
    sections.map(({ id, body }) => ({ id, body: changed[id]?.(body) ?? body })),
  );
}

/** Returns the indices of the functions of a marked module's instance that have run. */
export function readMarks(instance: WebAssembly.Instance): number[] {
  return Object.entries(instance.exports)
    .filter(([name, mark]) => name.startsWith(PREFIX) && (mark as WebAssembly.Global).value === 1)
    .map(([name]) => Number(name.slice(PREFIX.length)));
}

import { readFunctions, readSections, SECTION, writeFunctions, writeSections } from './wasm-code.mjs';

/** A function without locals whose only instruction is `unreachable`: it throws a `WebAssembly.RuntimeError`. */
const TRAP = Buffer.from([0, 0x00, 0x0b]);

/**
 * Returns the module `bytes` (a Buffer) with functions emptied: a call to such a function traps. All others, and
 * everything else, stay as they are, byte for byte.
 *
 * @param isKept called with the index of each of the module's own functions (those that it imports are not counted).
 */
export function trimWasm(bytes, isKept) {
  const sections = readSections(bytes).map(({ id, body }) => {
    if (id !== SECTION.code) return { id, body };
    const functions = readFunctions(body).map((each, index) => (isKept(index) ? each : TRAP));
    return { id, body: writeFunctions(functions) };
  });
  return writeSections(bytes, sections);
}

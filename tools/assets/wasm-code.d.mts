/** Types of `wasm-code.mjs`, which is plain JavaScript because the asset layout reads it before anything is compiled. */
interface Section {
  id: number;
  body: Buffer;
}
export const SECTION: { global: number; export: number; code: number };
export function leb128(value: number): Buffer;
export function readLeb128(bytes: Buffer, from: number): { value: number; end: number };
export function readSections(bytes: Buffer): Section[];
export function writeSections(bytes: Buffer, sections: readonly Section[]): Buffer;
export function readFunctions(body: Buffer): Buffer[];
export function writeFunctions(functions: readonly Buffer[]): Buffer;

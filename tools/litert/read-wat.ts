/** What the text of a WebAssembly module says of the functions that may run. */
export interface WatFacts {
  /** For each of the module's own functions, by index: the own functions that it calls by name, not through a table. */
  calls: number[][];
  /** The own functions that the module exports, and the one that starts it. */
  exported: number[];
  /**
   * Addresses of the record in which XNNPACK (LiteRT's library of kernels) notes what the processor can do: `guard`, a
   * byte that is 1 once the record is filled; `flags`, 64 bits, one for each way in which an instruction of relaxed SIMD
   * may behave; `x86`, a byte: 1 on processors of the family x86.
   */
  cpu: { guard: number; flags: number; x86: number };
}

/**
 * The start of the function that fills the record: unless it was filled, it subtracts a number that the compiler does
 * not know, infinity, from itself. Of the result, which is no number, only x86 sets the sign bit.
 */
const FILLS_RECORD =
  /\(i32\.load8_u\s+\(i32\.const (\d+)\)\s+\)\s+\)\s+\(then\s+(?:\(i64\.store\s+\(i32\.const \d+\)\s+\(i64\.const 0\)\s+\)\s+)?\(i32\.store8\s+\(i32\.const (\d+)\)\s+\(i32\.shr_u\s+\(i32\.reinterpret_f32\s+\(f32\.sub/;
/** The store of the flags, in the same function. */
const STORES_FLAGS = /\(i64\.store\s+\(i32\.const (\d+)\)/;

/** Reads the text that `wasm-dis` (of Binaryen) makes of a module: it names own functions by their index. */
export function readWat(wat: string): WatFacts {
  const calls: number[][] = [];
  const exported: number[] = [];
  let cpu: WatFacts['cpu'] | null = null;
  for (const text of wat.split(/\n (?=\()/)) {
    const index = /^\((?:export "[^"]+" \(func|start) \$(\d+)\)/.exec(text)?.[1];
    if (index !== undefined) exported.push(Number(index));
    const own = /^\(func \$(\d+) /.exec(text)?.[1];
    if (own === undefined) continue;
    calls[Number(own)] = [...text.matchAll(/\((?:call|return_call|ref\.func) \$(\d+)/g)].map(([, callee]) =>
      Number(callee),
    );
    const record = FILLS_RECORD.exec(text);
    if (record === null) continue;
    if (cpu !== null) throw new Error('two functions look as if they filled the record of the processor');
    cpu = { guard: Number(record[1]), x86: Number(record[2]), flags: Number(STORES_FLAGS.exec(text)?.[1]) };
  }
  if (cpu === null || !Number.isInteger(cpu.flags)) throw new Error('no function fills the record of the processor');
  return { calls, exported, cpu };
}

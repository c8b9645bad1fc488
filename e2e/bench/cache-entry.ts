// The entries of the benchmarks' cache, and the bytes in which they are stored in files and sent between Node and
// pages.
/** Types of the arrays that an entry may hold. */
const arrayTypes = { Uint8Array, Uint8ClampedArray, Uint16Array, Uint32Array, Float32Array, Float64Array } as const;
type ArrayType = keyof typeof arrayTypes;
/** An array that an entry may hold. */
export type EntryArray = Uint8Array | Uint8ClampedArray | Uint16Array | Uint32Array | Float32Array | Float64Array;

/**
 * The result of one expensive step, as the cache stores it: a value that JSON can write, and named arrays (numbers,
 * masks, the bytes of PNG files).
 */
export interface CacheEntry<Value = unknown> {
  value: Value;
  arrays: Record<string, EntryArray>;
}

/** What stands before the arrays in the bytes of an entry. */
interface Header {
  value: unknown;
  /** In the order in which they follow the header. `length`: number of elements. */
  arrays: { name: string; type: ArrayType; length: number }[];
}

/** Each array begins at a multiple of this number of bytes: a typed array can then be a view of the file. */
const ALIGNMENT = 8;

/** Returns the first multiple of `ALIGNMENT` from `byte` on. */
function align(byte: number): number {
  return Math.ceil(byte / ALIGNMENT) * ALIGNMENT;
}

/**
 * Writes an entry as bytes: the header's length (uint32, little-endian), the header as JSON, then the arrays, each
 * aligned to 8 bytes. Runs in Node and in pages.
 */
export function packEntry({ value, arrays }: CacheEntry): Uint8Array<ArrayBuffer> {
  const named = Object.entries(arrays);
  const header: Header = {
    value,
    arrays: named.map(([name, array]) => ({ name, type: array.constructor.name as ArrayType, length: array.length })),
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = align(4 + text.length);
  const bytes = new Uint8Array(named.reduce((sum, [, { byteLength }]) => sum + align(byteLength), headerBytes));
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  let offset = headerBytes;
  for (const [, { buffer, byteOffset, byteLength }] of named) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += align(byteLength);
  }
  return bytes;
}

/**
 * Reads what `packEntry` wrote. The arrays are views of the given bytes, which must begin at a multiple of 8 in their
 * buffer.
 */
export function unpackEntry<Value>({ buffer, byteOffset }: Uint8Array): CacheEntry<Value> {
  const length = new DataView(buffer, byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, byteOffset + 4, length))) as Header;
  const arrays: Record<string, EntryArray> = {};
  let offset = byteOffset + align(4 + length);
  for (const { name, type, length: count } of header.arrays) {
    arrays[name] = new arrayTypes[type](buffer as ArrayBuffer, offset, count);
    offset += align(arrays[name].byteLength);
  }
  return { value: header.value as Value, arrays };
}

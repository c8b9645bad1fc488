/** First free address, bytes: the compiler may use the memory below. */
let free: i32 = 4096;

/** Reserves memory, filled with zeros, and returns its address, a multiple of 16. Nothing is ever given back. */
export function takeMemory(byteLength: i32): i32 {
  const start = free;
  free = (start + byteLength + 15) & ~15;
  const missingPages = ((free + 65535) >> 16) - memory.size();
  if (missingPages > 0 && memory.grow(missingPages) < 0) unreachable();
  return start;
}

const PAGE_BYTES = 65536;

/** First address of a kernel's memory that is free: the compiler of `tools/kernels` uses the memory below. */
export const KERNEL_MEMORY_START = 4096;

/** Grows `memory` to at least `byteLength` bytes. Views of the memory are not valid after it grew. */
export function growMemory(memory: WebAssembly.Memory, byteLength: number): void {
  const missing = byteLength - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
}

/**
 * Instantiates a kernel of `tools/kernels` from its WebAssembly in base64. Throws without SIMD, where LiteRT does not
 * run either.
 */
export function instantiateKernel<Exports extends { memory: WebAssembly.Memory }>(base64: string): Exports {
  const module = new WebAssembly.Module(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
  return new WebAssembly.Instance(module).exports as unknown as Exports;
}

/** Size of a page of WebAssembly memory. */
const PAGE_BYTES = 65536;

/** First free address of a kernel's memory, bytes: the compiler of `tools/kernels` uses the memory below. */
export const KERNEL_MEMORY_START = 4096;

/** Grows `memory` to at least `byteLength` bytes. Views of the memory are not valid after it grew. */
export function growMemory(memory: WebAssembly.Memory, byteLength: number): void {
  const missing = byteLength - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
}

/**
 * Instantiates a kernel of `tools/kernels` (loops over pixels, compiled to WebAssembly with SIMD), synchronously, and
 * returns its exports. Each call gives an instance with memory of its own. Throws `CompileError` in browsers without
 * SIMD, where LiteRT does not run either.
 *
 * @param base64 the kernel's WebAssembly module in base64. It imports nothing.
 */
export function instantiateKernel<Exports extends { memory: WebAssembly.Memory }>(base64: string): Exports {
  const module = new WebAssembly.Module(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
  return new WebAssembly.Instance(module).exports as unknown as Exports;
}

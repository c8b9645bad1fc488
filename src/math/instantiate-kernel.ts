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
 * Compiles a kernel of `tools/kernels` (loops over many numbers, in WebAssembly with SIMD), synchronously. Throws
 * `CompileError` in browsers without SIMD, where LiteRT does not run either.
 *
 * @param base64 the kernel's WebAssembly module in base64. It imports nothing.
 */
export function compileKernel(base64: string): WebAssembly.Module {
  return new WebAssembly.Module(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
}

/** Returns the exports of a new instance of a kernel, which has memory of its own. */
export function instantiateKernel<Exports extends { memory: WebAssembly.Memory }>(module: WebAssembly.Module): Exports {
  return new WebAssembly.Instance(module).exports as unknown as Exports;
}

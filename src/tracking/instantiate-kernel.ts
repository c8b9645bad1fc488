const PAGE_BYTES = 65536;

/** What the compiler of `tools/kernels` keeps for itself in a kernel's memory lies below. */
export const KERNEL_MEMORY_START = 4096;

/** Has `memory` reach to `byteLength` at least. Views of it are to be made anew after it grew. */
export function growMemory(memory: WebAssembly.Memory, byteLength: number): void {
  const missing = byteLength - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
}

/** A kernel of `tools/kernels`, from its WebAssembly in base64. Throws where there is no SIMD; LiteRT does not run there either. */
export function instantiateKernel<Exports extends { memory: WebAssembly.Memory }>(base64: string): Exports {
  const module = new WebAssembly.Module(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
  return new WebAssembly.Instance(module).exports as unknown as Exports;
}

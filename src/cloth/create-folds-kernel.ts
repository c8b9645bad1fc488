import { compileKernel, instantiateKernel } from '../math/instantiate-kernel.ts';
import foldsWasm from './folds-wasm.ts';

/** An address in the kernel's memory, bytes. */
type Address = WebAssembly.Global<'i32'>;

/** Exports of tools/kernels/folds.as.ts, in memory of its own. Its source describes them. */
export interface FoldsKernel {
  memory: WebAssembly.Memory;
  positions: Address;
  triangles: Address;
  coefficients: Address;
  perWeights: Address;
  shares: Address;
  movers: Address;
  folds: Address;
  reserveVertices(vertices: number): void;
  reserveSheet(particles: number, triangles: number): void;
  countTriangles(): void;
  measureCompression(perSquare: number, blend: number): void;
  writeFolds(closing: number, cross: number, soft: number): void;
}

/** Compiled when the first garment has folds. */
let compiled: WebAssembly.Module | null = null;

/** Creates a kernel for the folds of one garment. */
export function createFoldsKernel(): FoldsKernel {
  compiled ??= compileKernel(foldsWasm);
  return instantiateKernel<FoldsKernel>(compiled);
}

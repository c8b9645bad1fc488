import { compileKernel, instantiateKernel } from '../math/instantiate-kernel.ts';
import clothWasm from './cloth-wasm.ts';

/** An address in the kernel's memory, bytes. */
type Address = WebAssembly.Global<'i32'>;

/**
 * Exports of tools/kernels/cloth.as.ts, in memory of its own. Its source describes the functions, and what lies at the
 * addresses, which are set once the memory is reserved.
 */
export interface ClothKernel {
  memory: WebAssembly.Memory;
  positions: Address;
  velocities: Address;
  held: Address;
  springs: Address;
  hinges: Address;
  hingeTerms: Address;
  seams: Address;
  reserveSheet(particles: number, held: number, springGroups: number, hinges: number, seams: number): void;
  setStep(
    seconds: number,
    fall: number,
    kept: number,
    seamCompliance: number,
    pulledCompliance: number,
    pushedCompliance: number,
  ): void;
  startStep(isSymmetric: boolean): void;
  endStep(): void;
  before: Address;
  places: Address;
  ups: Address;
  planes: Address;
  clings: Address;
  reserveHanging(particles: number): void;
  setHanging(
    pull: number,
    slip: number,
    lift: number,
    friction: number,
    maxPush: number,
    held: number,
    give: number,
  ): void;
  hang(steps: number, isSymmetric: boolean): void;
}

/** Compiled when the first cloth needs it. */
let compiled: WebAssembly.Module | null = null;

/** Creates a kernel that simulates one cloth. */
export function createClothKernel(): ClothKernel {
  compiled ??= compileKernel(clothWasm);
  return instantiateKernel<ClothKernel>(compiled);
}

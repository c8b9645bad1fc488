import { compileKernel, instantiateKernel } from '../math/instantiate-kernel.ts';
import frameWasm from './frame-wasm.ts';

/** An address in the kernel's memory, bytes. */
type Address = WebAssembly.Global<'i32'>;

/** Exports of tools/kernels/frame.as.ts, in memory of its own. Its sources describe them. */
export interface FrameKernel {
  memory: WebAssembly.Memory;
  carriedPositions: Address;
  carriedVelocities: Address;
  carriedPlanes: Address;
  carriedPlaces: Address;
  lastPlaces: Address;
  movements: Address;
  inertias: Address;
  mainBones: Address;
  turns: Address;
  reserveCarrying(particles: number, bones: number): void;
  carry(): void;
  positions: Address;
  planes: Address;
  nearest: Address;
  thighNearest: Address;
  onArms: Address;
  tangents: Address;
  thighTangents: Address;
  kept: Address;
  floors: Address;
  thighFloors: Address;
  margins: Address;
  distances: Address;
  reserveContacts(particles: number): void;
  markThighs(lowest: number, highest: number): void;
  findPlanes(reach: number, before: number, leastMean: number): void;
  keepPlanes(none: number): void;
  starts: Address;
  around: Address;
  heights: Address;
  coverVertices: Address;
  coverDistances: Address;
  reserveCover(vertices: number, neighbours: number, points: number): void;
  coverWith(points: number): void;
}

/** Compiled when the first garment hangs. */
let compiled: WebAssembly.Module | null = null;

/** Creates a kernel for one of its three users. */
export function createFrameKernel(): FrameKernel {
  compiled ??= compileKernel(frameWasm);
  return instantiateKernel<FrameKernel>(compiled);
}

import type { Skin } from '../garment/measure-clearance.ts';
import { BONE_COUNT, type Mannequin } from '../mannequin/mannequin.ts';
import type { MannequinPose } from '../mannequin/pose-mannequin.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { createSkinMatrices, writeSkinMatrices } from '../mannequin/skin-matrices.ts';
import { compileKernel, instantiateKernel } from '../math/instantiate-kernel.ts';
import { BONE_VALUES, writeBindings, writeBoneMatrices } from './bone-columns.ts';
import skinWasm from './skin-wasm.ts';

/** Exports of tools/kernels/skin.as.ts, whose source describes them. */
interface Kernel {
  memory: WebAssembly.Memory;
  bones: WebAssembly.Global<'i32'>;
  bindings: WebAssembly.Global<'i32'>;
  restPlaces: WebAssembly.Global<'i32'>;
  restNormals: WebAssembly.Global<'i32'>;
  places: WebAssembly.Global<'i32'>;
  normals: WebAssembly.Global<'i32'>;
  reserveSkin(vertices: number, bones: number): void;
  poseSkin(): void;
}

/** Compiled when the first skin is posed. */
let compiled: WebAssembly.Module | null = null;

/** The skin of the body in one frame: what all garments of a person lie on. */
export class PosedSkin implements Skin {
  /** 3 × vertices of the mannequin, in the space of the pose, metres. */
  readonly positions: Float32Array;
  /** 3 × vertices, of length 1 or a little less where bones are blended. */
  readonly normals: Float32Array;
  /** By bone: its matrix from the rest pose to the pose (`writeSkinMatrices`). */
  readonly bones = createSkinMatrices();
  readonly #kernel: Kernel;
  /** The kernel's memory: matrices of the bones, and places and normals at rest, 3 × vertices. */
  readonly #columns: Float32Array;
  readonly #rest: Float32Array;
  readonly #restNormals: Float32Array;

  constructor(mannequin: Mannequin) {
    compiled ??= compileKernel(skinWasm);
    const kernel = instantiateKernel<Kernel>(compiled);
    const { length } = mannequin.positions;
    kernel.reserveSkin(length / 3, BONE_COUNT);
    const { buffer } = kernel.memory;
    writeBindings(mannequin, buffer, kernel.bindings.value);
    this.positions = new Float32Array(buffer, kernel.places.value, length);
    this.normals = new Float32Array(buffer, kernel.normals.value, length);
    this.#columns = new Float32Array(buffer, kernel.bones.value, BONE_VALUES * BONE_COUNT);
    this.#rest = new Float32Array(buffer, kernel.restPlaces.value, length);
    this.#restNormals = new Float32Array(buffer, kernel.restNormals.value, length);
    this.#kernel = kernel;
  }

  /** Poses the skin of a body of this shape. Allocates nothing. */
  pose(shape: MannequinShape, pose: MannequinPose): void {
    writeSkinMatrices(pose, shape, this.bones);
    writeBoneMatrices(this.bones, NO_SHIFT, this.#columns);
    this.#rest.set(shape.positions);
    this.#restNormals.set(shape.normals);
    this.#kernel.poseSkin();
  }
}

/** The skin's coordinates are those of the pose. */
const NO_SHIFT = [0, 0, 0];

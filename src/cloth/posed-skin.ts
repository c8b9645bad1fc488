import { findNeighbours } from '../garment/find-neighbours.ts';
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
  ringStarts: WebAssembly.Global<'i32'>;
  ringCounts: WebAssembly.Global<'i32'>;
  rings: WebAssembly.Global<'i32'>;
  points: WebAssembly.Global<'i32'>;
  nearest: WebAssembly.Global<'i32'>;
  clearances: WebAssembly.Global<'i32'>;
  reserveSkin(vertices: number, bones: number, ringLength: number, points: number): void;
  poseSkin(): void;
  measurePoints(count: number, x: number, y: number, z: number): void;
}

/** Most points that the kernel measures in one call. */
const MOST_POINTS = 1024;
/** Length of which a ring is a multiple, and bytes of a vertex. */
const RING_STEP = 4;
const VERTEX_BYTES = 12;

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
  /** The kernel's memory: points, the vertices nearest to them, and their clearances. */
  readonly #points: Float32Array;
  readonly #nearest: Int32Array;
  readonly #clearances: Float32Array;

  constructor(mannequin: Mannequin) {
    compiled ??= compileKernel(skinWasm);
    const kernel = instantiateKernel<Kernel>(compiled);
    const { length } = mannequin.positions;
    const { starts, neighbours } = findNeighbours(mannequin.indices, length / 3);
    const rings = Array.from({ length: length / 3 }, (_, v) => [v, ...neighbours.subarray(starts[v], starts[v + 1])]);
    const ringLengths = rings.map((ring) => RING_STEP * Math.ceil(ring.length / RING_STEP));
    kernel.reserveSkin(
      rings.length,
      BONE_COUNT,
      ringLengths.reduce((sum, each) => sum + each),
      MOST_POINTS,
    );
    const { buffer } = kernel.memory;
    writeBindings(mannequin, buffer, kernel.bindings.value);
    this.positions = new Float32Array(buffer, kernel.places.value, length);
    this.normals = new Float32Array(buffer, kernel.normals.value, length);
    this.#columns = new Float32Array(buffer, kernel.bones.value, BONE_VALUES * BONE_COUNT);
    this.#rest = new Float32Array(buffer, kernel.restPlaces.value, length);
    this.#restNormals = new Float32Array(buffer, kernel.restNormals.value, length);
    this.#points = new Float32Array(buffer, kernel.points.value, 4 * MOST_POINTS);
    this.#nearest = new Int32Array(buffer, kernel.nearest.value, MOST_POINTS);
    this.#clearances = new Float32Array(buffer, kernel.clearances.value, 4 * MOST_POINTS);
    new Int32Array(buffer, kernel.ringCounts.value, rings.length).set(rings.map((ring) => ring.length));
    const ringStarts = new Int32Array(buffer, kernel.ringStarts.value, rings.length + 1);
    let next = kernel.rings.value;
    rings.forEach((ring, v) => {
      ringStarts[v] = next;
      const target = new Int32Array(buffer, next, ringLengths[v]).fill(VERTEX_BYTES * v);
      target.set(ring.map((each) => VERTEX_BYTES * each));
      next += target.byteLength;
    });
    ringStarts[rings.length] = next;
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

  /**
   * Measures how far points are from the skin, as `measureClearance` does. Allocates nothing.
   *
   * @param points 4 × points: x, y, z (metres) and 1.
   * @param origin where the coordinates of the points begin, in the space of the skin, metres.
   * @param nearest by point: the vertex of the skin at which to begin, near the point; −1: the point is not measured.
   * Receives the vertex nearest to the point.
   * @param clearances receives 4 × points: the unit vector outwards, and the distance from the skin, metres;
   * anything for points that are not measured.
   */
  measure(points: Float32Array, origin: Float64Array, nearest: Int32Array, clearances: Float32Array): void {
    for (let first = 0; first < nearest.length; first += MOST_POINTS) {
      const count = Math.min(MOST_POINTS, nearest.length - first);
      copy(points, 4 * first, this.#points, 0, 4 * count);
      copy(nearest, first, this.#nearest, 0, count);
      this.#kernel.measurePoints(count, origin[0], origin[1], origin[2]);
      copy(this.#nearest, 0, nearest, first, count);
      copy(this.#clearances, 0, clearances, 4 * first, 4 * count);
    }
  }
}

/** The skin's coordinates are those of the pose. */
const NO_SHIFT = [0, 0, 0];

/** Copies `count` values from `source[from]` on to `target[to]` on, without a view. */
function copy<T extends Float32Array | Int32Array>(
  source: T,
  from: number,
  target: T,
  to: number,
  count: number,
): void {
  for (let k = 0; k < count; k++) target[to + k] = source[from + k];
}

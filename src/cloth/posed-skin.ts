import { findNeighbours, type Neighbours } from '../garment/find-neighbours.ts';
import type { Skin } from '../garment/measure-clearance.ts';
import { BONE_COUNT, type Mannequin } from '../mannequin/mannequin.ts';
import type { MannequinPose } from '../mannequin/pose-mannequin.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { createSkinMatrices, writeSkinMatrices } from '../mannequin/skin-matrices.ts';
import { compileKernel, instantiateKernel } from '../math/instantiate-kernel.ts';
import { BONE_VALUES, writeBindings, writeBoneMatrices } from './bone-columns.ts';
import { findThighSamples } from './find-thigh-samples.ts';
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
  samples: WebAssembly.Global<'i32'>;
  reserveSkin(vertices: number, bones: number, ringLength: number, points: number, samples: number): void;
  poseSkin(): void;
  findSamples(count: number, x: number, y: number, z: number, reach: number): void;
  measurePoints(count: number, x: number, y: number, z: number): void;
}

/** Most points that the kernel measures in one call: as many as the largest of usual garments has particles. */
const MOST_POINTS = 3000;
/** Length of which a ring is a multiple, and bytes of a vertex. */
const RING_STEP = 4;
const VERTEX_BYTES = 12;

/** Points in the kernel's memory, the vertices nearest to them, and their clearances. */
interface PointViews {
  points: Float32Array;
  nearest: Int32Array;
  clearances: Float32Array;
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
  /** Vertices spread over both thighs. */
  readonly thighs: Int32Array;
  readonly #kernel: Kernel;
  /** The kernel's memory: matrices of the bones, and places and normals at rest, 3 × vertices. */
  readonly #columns: Float32Array;
  readonly #rest: Float32Array;
  readonly #restNormals: Float32Array;
  /** The kernel's memory: points, the vertices nearest to them, and their clearances. */
  readonly #points: Float32Array;
  readonly #nearest: Int32Array;
  readonly #clearances: Float32Array;
  /** By number of points. */
  readonly #views = new Map<number, PointViews>();

  constructor(mannequin: Mannequin) {
    compiled ??= compileKernel(skinWasm);
    const kernel = instantiateKernel<Kernel>(compiled);
    const { length } = mannequin.positions;
    this.thighs = findThighSamples(mannequin);
    const around = findNeighbours(mannequin.indices, length / 3);
    kernel.reserveSkin(length / 3, BONE_COUNT, measureRings(around), MOST_POINTS, this.thighs.length);
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
    writeRings(around, kernel);
    new Int32Array(buffer, kernel.samples.value, this.thighs.length).set(this.thighs);
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
    const count = nearest.length;
    if (count > MOST_POINTS) {
      const [first, second] = [halfOf(points, nearest, 0), halfOf(points, nearest, 1)];
      this.measure(first.points, origin, first.nearest, clearances.subarray(0, first.points.length));
      this.measure(second.points, origin, second.nearest, clearances.subarray(first.points.length));
      return;
    }
    const views = this.#viewsOf(count);
    views.points.set(points);
    views.nearest.set(nearest);
    this.#kernel.measurePoints(count, origin[0], origin[1], origin[2]);
    nearest.set(views.nearest);
    clearances.set(views.clearances);
  }

  /**
   * Finds the vertex of `thighs` that is nearest to each point. Allocates nothing.
   *
   * @param points and `origin` as of `measure`.
   * @param nearest by point: below 0 if it is not looked for. Receives the vertex; −1 if none is within `reach` metres.
   */
  findThighs(points: Float32Array, origin: Float64Array, nearest: Int32Array, reach: number): void {
    const count = nearest.length;
    if (count > MOST_POINTS) {
      for (const part of [halfOf(points, nearest, 0), halfOf(points, nearest, 1)])
        this.findThighs(part.points, origin, part.nearest, reach);
      return;
    }
    const views = this.#viewsOf(count);
    views.points.set(points);
    views.nearest.set(nearest);
    this.#kernel.findSamples(count, origin[0], origin[1], origin[2], reach);
    nearest.set(views.nearest);
  }

  /** Returns the kernel's memory of this many points: the same views whenever a garment has as many particles. */
  #viewsOf(count: number): PointViews {
    let views = this.#views.get(count);
    if (!views) {
      views = {
        points: this.#points.subarray(0, 4 * count),
        nearest: this.#nearest.subarray(0, count),
        clearances: this.#clearances.subarray(0, 4 * count),
      };
      this.#views.set(count, views);
    }
    return views;
  }
}

/** Returns the first (0) or second half (1) of points and of what is nearest to them. Allocates views. */
function halfOf(points: Float32Array, nearest: Int32Array, half: 0 | 1): Pick<PointViews, 'points' | 'nearest'> {
  const middle = nearest.length >> 1;
  return half === 0
    ? { points: points.subarray(0, 4 * middle), nearest: nearest.subarray(0, middle) }
    : { points: points.subarray(4 * middle), nearest: nearest.subarray(middle) };
}

/** The skin's coordinates are those of the pose. */
const NO_SHIFT = [0, 0, 0];

/** Length of the ring of a vertex with this many neighbours: a place for each, and for the vertex itself. */
function ringLength(neighbourCount: number): number {
  return RING_STEP * Math.ceil((neighbourCount + 1) / RING_STEP);
}

/** Returns the length of all rings. */
function measureRings({ starts }: Neighbours): number {
  let sum = 0;
  for (let v = 1; v < starts.length; v++) sum += ringLength(starts[v] - starts[v - 1]);
  return sum;
}

/** Fills the kernel's memory of rings. */
function writeRings(
  { starts, neighbours }: Neighbours,
  { memory: { buffer }, rings, ringStarts, ringCounts }: Kernel,
): void {
  const count = starts.length - 1;
  const addresses = new Int32Array(buffer, ringStarts.value, count + 1);
  const counts = new Int32Array(buffer, ringCounts.value, count);
  const vertices = new Int32Array(buffer, rings.value, measureRings({ starts, neighbours }));
  let to = 0;
  for (let v = 0; v < count; v++) {
    addresses[v] = rings.value + vertices.BYTES_PER_ELEMENT * to;
    counts[v] = starts[v + 1] - starts[v] + 1;
    const end = to + ringLength(starts[v + 1] - starts[v]);
    vertices.fill(VERTEX_BYTES * v, to, end);
    for (let n = starts[v]; n < starts[v + 1]; n++) vertices[++to] = VERTEX_BYTES * neighbours[n];
    to = end;
  }
  addresses[count] = rings.value + vertices.byteLength;
}

import type { GarmentFit } from '../garment/garment.ts';
import { BONE_COUNT } from '../mannequin/mannequin.ts';
import { compileKernel, instantiateKernel } from '../math/instantiate-kernel.ts';
import { BONE_VALUES, writeBindings, writeBoneMatrices } from './bone-columns.ts';
import type { Cloth } from './cloth.ts';
import type { ClothMesh } from './create-cloth-mesh.ts';
import type { PosedSkin } from './posed-skin.ts';
import surfaceWasm from './surface-wasm.ts';

/** Exports of tools/kernels/surface.as.ts, whose source describes them. */
interface Kernel {
  memory: WebAssembly.Memory;
  bones: WebAssembly.Global<'i32'>;
  bindings: WebAssembly.Global<'i32'>;
  drape: WebAssembly.Global<'i32'>;
  sources: WebAssembly.Global<'i32'>;
  places: WebAssembly.Global<'i32'>;
  ups: WebAssembly.Global<'i32'>;
  positions: WebAssembly.Global<'i32'>;
  movers: WebAssembly.Global<'i32'>;
  moverCounts: WebAssembly.Global<'i32'>;
  triangles: WebAssembly.Global<'i32'>;
  carriers: WebAssembly.Global<'i32'>;
  distances: WebAssembly.Global<'i32'>;
  clearances: WebAssembly.Global<'i32'>;
  restPlaces: WebAssembly.Global<'i32'>;
  restNormals: WebAssembly.Global<'i32'>;
  reserveSurface(vertices: number, bones: number, particles: number, triangles: number, movers: number): void;
  partVertices: WebAssembly.Global<'i32'>;
  partOffsets: WebAssembly.Global<'i32'>;
  partPlaces: WebAssembly.Global<'i32'>;
  partNormals: WebAssembly.Global<'i32'>;
  partClearances: WebAssembly.Global<'i32'>;
  reserveClearances(): void;
  writeClearances(): void;
  reserveParts(vertices: number): void;
  writeParts(): void;
  poseSurface(): void;
  moveSurface(most: number): void;
  unposeSurface(): void;
}

/** Bytes of a vector in the kernel's memory, and four-byte values of a particle that moves a vertex. */
const VECTOR_BYTES = 16;
const MOVER_VALUES = 2;
/** Four-byte values of the three particles at the corners of a vertex's triangle, and of their shares. */
const CARRIER_VALUES = 6;

/**
 * Most by which smoothing leaves a particle's vertex off its particle, metres: the zigzag of neighbouring particles is less.
 * Creases of skinning that the cloth does not follow are deeper, as in the armpit of a raised arm.
 */
const MOST_SMOOTHED_METRES = 0.003;

/** The vertices of a garment's parts (`GarmentBinding`). */
interface SurfaceParts {
  /** By vertex, all parts in order: its welded vertex. */
  welded: ArrayLike<number>;
  /** By part, 3 × vertices: what is added to the smooth normals. */
  normalOffsets: readonly Float32Array[];
}

/** A part's vertices in the kernel's memory. */
type PartView = Pick<GarmentFit, 'positions' | 'normals' | 'clearances'>;

/** Compiled when the first garment hangs. */
let compiled: WebAssembly.Module | null = null;

/**
 * The welded vertices of a garment. Each frame:
 *
 * 1. `pose` poses the drape, and tells the cloth where its particles would be.
 * 2. `unpose` moves the vertices as the particles have moved from there, and turns them back to the rest pose: then the
 *    skinning that poses the drape poses them as they are.
 * 3. `writeClearances` finds how far they stand off the skin, and `write` writes all of it to the garment's parts.
 */
export class ClothSurface {
  /** 3 × vertices in the rest pose, written by `unpose`: places, metres, and normals of length 1. */
  readonly places: Float32Array;
  readonly normals: Float32Array;
  /** By vertex, written by `writeClearances`: clearance from the skin, metres. */
  readonly clearances: Float32Array;
  readonly #kernel: Kernel;
  /** Views of the kernel's memory. */
  readonly #bones: Float32Array;
  readonly #parts: PartView;
  readonly #drape: Float32Array;
  readonly #posed: Float32Array;
  readonly #ups: Float32Array;
  readonly #positions: Float32Array;
  readonly #distances: Float32Array;

  /**
   * @param triangles 3 × triangles: welded vertices, all around which normals are smooth.
   * @param parts to whose vertices `write` writes.
   */
  constructor(
    mesh: ClothMesh,
    triangles: ArrayLike<number>,
    { welded, normalOffsets }: SurfaceParts = { welded: [], normalOffsets: [] },
  ) {
    compiled ??= compileKernel(surfaceWasm);
    const kernel = instantiateKernel<Kernel>(compiled);
    const { vertices, movers, shares, smooth } = mesh;
    const count = movers.length / 3;
    kernel.reserveSurface(count, BONE_COUNT, vertices.length, triangles.length / 3, smooth.particles.length);
    kernel.reserveClearances();
    kernel.reserveParts(welded.length);
    const { buffer } = kernel.memory;
    const floats = (address: { value: number }, length: number) => new Float32Array(buffer, address.value, length);
    const integers = (address: { value: number }, length: number) => new Int32Array(buffer, address.value, length);
    writeBindings(mesh, buffer, kernel.bindings.value);
    integers(kernel.sources, vertices.length).set(vertices);
    const corners = integers(kernel.triangles, triangles.length);
    for (let k = 0; k < triangles.length; k++) corners[k] = VECTOR_BYTES * triangles[k];
    const counts = integers(kernel.moverCounts, count);
    for (let v = 0; v < count; v++) counts[v] = smooth.starts[v + 1] - smooth.starts[v];
    const moved = integers(kernel.movers, MOVER_VALUES * smooth.particles.length);
    const moves = floats(kernel.movers, MOVER_VALUES * smooth.particles.length);
    for (let n = 0; n < smooth.particles.length; n++) {
      moved[MOVER_VALUES * n] = VECTOR_BYTES * smooth.particles[n];
      moves[MOVER_VALUES * n + 1] = smooth.shares[n];
    }
    this.#positions = floats(kernel.positions, 4 * vertices.length);
    this.places = floats(kernel.restPlaces, 3 * count);
    this.normals = floats(kernel.restNormals, 3 * count);
    this.clearances = floats(kernel.clearances, count);
    integers(kernel.partVertices, welded.length).set(welded);
    this.#parts = { positions: [], normals: [], clearances: [] };
    const bytes = Int32Array.BYTES_PER_ELEMENT;
    normalOffsets.reduce((first, offsets) => {
      const values = (address: { value: number }, width: number) =>
        new Float32Array(buffer, address.value + bytes * width * first, (width * offsets.length) / 3);
      values(kernel.partOffsets, 3).set(offsets);
      this.#parts.positions.push(values(kernel.partPlaces, 3));
      this.#parts.normals.push(values(kernel.partNormals, 3));
      this.#parts.clearances.push(values(kernel.partClearances, 1));
      return first + offsets.length / 3;
    }, 0);
    const carriers = integers(kernel.carriers, CARRIER_VALUES * count);
    const carried = floats(kernel.carriers, CARRIER_VALUES * count);
    for (let k = 0; k < movers.length; k++) {
      const to = CARRIER_VALUES * Math.floor(k / 3) + (k % 3);
      carriers[to] = 4 * movers[k];
      carried[to + 3] = shares[k];
    }
    this.#distances = floats(kernel.distances, vertices.length);
    this.#kernel = kernel;
    this.#bones = floats(kernel.bones, BONE_VALUES * BONE_COUNT);
    this.#drape = floats(kernel.drape, 3 * count);
    this.#posed = floats(kernel.places, 4 * vertices.length);
    this.#ups = floats(kernel.ups, 4 * vertices.length);
  }

  /**
   * Step 1: writes the cloth's `places` and `ups`.
   *
   * @param drape 3 × vertices in the rest pose, metres.
   * @param skin its bones are read.
   * @param origin where the cloth's coordinates begin, in the space of the pose, metres.
   */
  pose(drape: Float32Array, { bones }: Pick<PosedSkin, 'bones'>, origin: Float64Array, cloth: Cloth): void {
    writeBoneMatrices(bones, origin, this.#bones);
    this.#drape.set(drape);
    this.#kernel.poseSurface();
    cloth.places.set(this.#posed);
    cloth.ups.set(this.#ups);
  }

  /** Step 2: writes `places` and `normals`. */
  unpose({ positions }: Cloth): void {
    this.#positions.set(positions);
    this.#kernel.moveSurface(MOST_SMOOTHED_METRES);
    this.#kernel.unposeSurface();
  }

  /**
   * Writes `clearances`.
   *
   * @param distances by particle, metres.
   */
  writeClearances(distances: Float32Array): void {
    this.#distances.set(distances);
    this.#kernel.writeClearances();
  }

  /**
   * Writes places, normals and clearances to the parts of a fit of the garment, as `writeFit` does, and raises its version.
   */
  write(fit: GarmentFit): void {
    this.#kernel.writeParts();
    const { positions, normals, clearances } = this.#parts;
    for (let p = 0; p < positions.length; p++) {
      fit.positions[p].set(positions[p]);
      fit.normals[p].set(normals[p]);
      fit.clearances[p].set(clearances[p]);
    }
    fit.version++;
  }
}

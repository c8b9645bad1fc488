import type { Neighbours } from '../garment/find-neighbours.ts';
import { NO_SKIN_METRES } from '../garment/garment.ts';
import { type Clearance, createClearance, measureClearance, type Skin } from '../garment/measure-clearance.ts';
import { DIP_METRES } from '../garment/smallest-distance.ts';
import { armRegions, isBoneIn } from '../mannequin/regions.ts';
import { findMainBones } from './bone-turns.ts';
import type { Cloth } from './cloth.ts';
import { ClothCover } from './cloth-cover.ts';
import type { ClothMesh } from './create-cloth-mesh.ts';
import { createFrameKernel, type FrameKernel } from './create-frame-kernel.ts';
import type { PosedSkin } from './posed-skin.ts';

const isArm = isBoneIn(armRegions);
/** A thigh is looked for within this distance of its samples (`findThighSamples`), metres. */
const THIGH_METRES = 0.1;
/**
 * Time constant with which a particle's plane gives way to what it lies on, seconds; it pushes at once. Between an arm and the trunk, and over
 * garments beneath, what is nearest may change with each frame: the particle would be pushed to and fro for ever.
 */
const PLANE_SECONDS = 0.08;
/** Shorter means of two unit normals have no direction. */
const MIN_MEAN_NORMAL = 0.1;
/** A particle farther from what it may lie on does not touch it in a frame, metres. */
const REACH_METRES = 0.08;

/**
 * What a garment's particles lie on, in one frame: for each particle the plane that touches the skin nearest to it, or
 * that of a thigh which is nearer in a lap; over garments beneath, as much farther out as they are. The planes are
 * found once a frame, so that a step of the simulation costs three products a particle. What is done for each particle
 * runs in WebAssembly (tools/kernels/frame-contacts.as.ts).
 */
export class BodyContacts {
  readonly #mesh: ClothMesh;
  readonly #neighbours: Neighbours;
  readonly #cover: ClothCover;
  /** By particle: distance of the drape from the skin, metres; Infinity where no skin is near. */
  readonly gaps: Float32Array;
  readonly #kernel: FrameKernel = createFrameKernel();
  /** The kernel's memory: the cloth's particles, and their planes. */
  readonly #positions: Float32Array;
  readonly #planes: Float32Array;
  /** By particle: nearest vertex of the skin when last looked for; −1: none, the particle is free. */
  readonly #skinVertices: Int32Array;
  /** By particle: the skin's tangent plane, 4 each: unit normal, and minus its distance from the origin, metres. */
  readonly #tangents: Float32Array;
  /** By particle, as `#skinVertices` and as the clearances of `PosedSkin.measure`: of the thigh it is near. */
  readonly #thighVertices: Int32Array;
  readonly #thighTangents: Float32Array;
  /** By particle: the distance from the skin that it keeps, metres; below 0 it may dip into it. */
  readonly #kept: Float32Array;
  /** By particle: height of the garments beneath over the skin's and over the thigh's vertex, metres. */
  readonly #floors: Float32Array;
  readonly #thighFloors: Float32Array;
  /** By particle: distance from its plane at the end of the last frame, metres; NaN without a plane. */
  readonly #margins: Float32Array;
  /** By particle: distance from the skin when last measured (`keep`), metres; `NO_SKIN_METRES`: none is near. */
  readonly distances: Float32Array;
  readonly #clearance: Clearance = createClearance();

  /**
   * @param mesh its vertices, their skin weights, skin vertices and clearances are read.
   * @param neighbours the neighbours of each vertex of the skin.
   * @param cover the garments beneath.
   */
  constructor(mesh: ClothMesh, neighbours: Neighbours, cover = new ClothCover(neighbours)) {
    this.#cover = cover;
    this.#mesh = mesh;
    this.#neighbours = neighbours;
    const count = mesh.skinVertices.length;
    this.gaps = new Float32Array(count).fill(Infinity);
    const kernel = this.#kernel;
    kernel.reserveContacts(count);
    const { buffer } = kernel.memory;
    const floats = (address: { value: number }, width = 1) => new Float32Array(buffer, address.value, width * count);
    const integers = (address: { value: number }) => new Int32Array(buffer, address.value, count);
    this.#positions = floats(kernel.positions, 4);
    this.#planes = floats(kernel.planes, 4);
    this.#skinVertices = integers(kernel.nearest);
    this.#tangents = floats(kernel.tangents, 4);
    this.#thighVertices = integers(kernel.thighNearest);
    this.#thighTangents = floats(kernel.thighTangents, 4);
    this.#kept = floats(kernel.kept);
    this.#floors = floats(kernel.floors);
    this.#thighFloors = floats(kernel.thighFloors);
    this.#margins = floats(kernel.margins);
    this.distances = floats(kernel.distances);
    // Sleeves never lie on a thigh: the arm inside them would push them back into what covers the thigh, in turns.
    const onArms = integers(kernel.onArms);
    const bones = findMainBones(mesh.vertices, mesh.skinIndices, mesh.skinWeights);
    bones.forEach((bone, i) => (onArms[i] = Number(isArm[bone])));
    this.restart();
  }

  /**
   * Measures `gaps`, and sets the distances that the particles keep from the skin: those of the drape, where it lies
   * close. Only cloth that the body fills dips into the skin, as far as the drape does.
   *
   * @param drape 3 × welded vertices, metres, on the body of `shape` in the rest pose.
   */
  takeDrape(drape: Float32Array, shape: Skin): void {
    const { vertices, clearances, skinVertices } = this.#mesh;
    for (let i = 0; i < vertices.length; i++) {
      const least = clearances[i];
      this.#kept[i] = least;
      if (skinVertices[i] < 0) continue;
      const [x, y, z] = [drape[3 * vertices[i]], drape[3 * vertices[i] + 1], drape[3 * vertices[i] + 2]];
      const { distance } = measureClearance(shape, this.#neighbours, skinVertices[i], x, y, z, this.#clearance);
      this.gaps[i] = distance;
      this.#kept[i] = Math.min(least + DIP_METRES, Math.max(least, distance));
    }
  }

  /** Looks for each particle's nearest vertex of the skin at the one that the garment was bound to, next time. */
  restart(): void {
    this.#skinVertices.set(this.#mesh.skinVertices);
    this.#margins.fill(NaN);
  }

  /**
   * Finds the planes that the particles of a cloth lie on, and writes them to the cloth.
   *
   * 1. Find the nearest point of the skin.
   * 2. Find the point of a thigh that is nearest to each particle near a thigh: in a lap it is another one than the
   *    nearest along the skin from where the cloth was, which stays on the belly.
   * 3. Take the plane that the particle is deepest behind. Mix to it a share of the last plane, if there was one; of
   *    their distances only a push is kept: what comes nearer pushes at once.
   *
   * @param cloth its particles where the body has carried them since `keep`, and its planes of then, turned likewise.
   * @param origin where the cloth's coordinates begin, in the space of `skin`, metres.
   * @param seconds time since `keep`.
   */
  find(
    { positions, planes }: Pick<Cloth, 'positions' | 'planes'>,
    origin: Float64Array,
    skin: Pick<PosedSkin, 'measure' | 'findThighs' | 'positions' | 'thighs'>,
    seconds: number,
  ): void {
    this.#positions.set(positions);
    this.#planes.set(planes);
    skin.measure(positions, origin, this.#skinVertices, this.#tangents);
    this.#findThighs(positions, origin, skin);
    this.#cover.findFloors(this.#skinVertices, this.#floors);
    this.#cover.findFloors(this.#thighVertices, this.#thighFloors);
    this.#kernel.findPlanes(REACH_METRES, Math.exp(-seconds / PLANE_SECONDS), MIN_MEAN_NORMAL);
    planes.set(this.#planes);
  }

  /** Step 2. */
  #findThighs(
    positions: Float32Array,
    origin: Float64Array,
    skin: Pick<PosedSkin, 'measure' | 'findThighs' | 'positions' | 'thighs'>,
  ): void {
    const { thighs, positions: places } = skin;
    let lowest = Infinity;
    let highest = -Infinity;
    for (let s = 0; s < thighs.length; s++) {
      const y = places[3 * thighs[s] + 1] - origin[1];
      lowest = Math.min(lowest, y);
      highest = Math.max(highest, y);
    }
    this.#kernel.markThighs(lowest - THIGH_METRES, highest + THIGH_METRES);
    skin.findThighs(positions, origin, this.#thighVertices, THIGH_METRES);
    skin.measure(positions, origin, this.#thighVertices, this.#thighTangents);
  }

  /** Takes the particles' places at the end of a frame, for which planes were found: measures `distances`. */
  keep({ positions, planes }: Pick<Cloth, 'positions' | 'planes'>): void {
    this.#positions.set(positions);
    this.#planes.set(planes);
    this.#kernel.keepPlanes(NO_SKIN_METRES);
  }

  /** Adds the cloth, whose `distances` are measured, to the cover of the skin. */
  coverSkin(): void {
    this.#cover.add(this.#skinVertices, this.distances);
  }
}

import type { Neighbours } from '../garment/find-neighbours.ts';
import { NO_SKIN_METRES } from '../garment/garment.ts';
import { type Clearance, createClearance, measureClearance, type Skin } from '../garment/measure-clearance.ts';
import { DIP_METRES } from '../garment/smallest-distance.ts';
import { armRegions, isBoneIn } from '../mannequin/regions.ts';
import { findMainBones } from './bone-turns.ts';
import type { Cloth } from './cloth.ts';
import { ClothCover } from './cloth-cover.ts';
import type { ClothMesh } from './create-cloth-mesh.ts';
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
 * found once a frame, so that a step of the simulation costs three products a particle.
 */
export class BodyContacts {
  readonly #mesh: ClothMesh;
  readonly #neighbours: Neighbours;
  readonly #cover: ClothCover;
  /** By particle: nearest vertex of the skin when last looked for; −1: none, the particle is free. */
  readonly #skinVertices: Int32Array;
  /** By particle: the distance from the skin that it keeps, metres; below 0 it may dip into it. */
  readonly #kept: Float32Array;
  /** By particle: distance of the drape from the skin, metres; Infinity where no skin is near. */
  readonly gaps: Float32Array;
  /** By particle: the skin's tangent plane, 4 each: unit normal, and minus its distance from the origin, metres. */
  readonly #tangents: Float32Array;
  /** By particle, as `#skinVertices` and as the clearances of `PosedSkin.measure`: of the thigh it is near. */
  readonly #thighVertices: Int32Array;
  /**
   * By particle: whether an arm moves it most. Sleeves never lie on a thigh: the arm inside them would push them back into
   * what covers the thigh, in turns.
   */
  readonly #isOnArm: readonly boolean[];
  readonly #thighTangents: Float32Array;
  /** Scratch of `find`: the last planes. */
  readonly #last: Float32Array;
  /** By particle: distance from its plane at the end of the last frame, metres; NaN without a plane. */
  readonly #margins: Float32Array;
  /** By particle: distance from the skin when last measured (`measureDistances`), metres; `NO_SKIN_METRES`: none is near. */
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
    this.#skinVertices = new Int32Array(count);
    this.#kept = new Float32Array(count);
    this.gaps = new Float32Array(count).fill(Infinity);
    this.#tangents = new Float32Array(4 * count);
    this.#thighVertices = new Int32Array(count);
    const bones = findMainBones(mesh.vertices, mesh.skinIndices, mesh.skinWeights);
    this.#isOnArm = Array.from(bones, (bone) => isArm[bone]);
    this.#last = new Float32Array(4 * count);
    this.#thighTangents = new Float32Array(4 * count);
    this.#margins = new Float32Array(count);
    this.distances = new Float32Array(count);
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
   * @param cloth its particles where the body has carried them since `keep`, and its planes of then, turned likewise.
   * @param origin where the cloth's coordinates begin, in the space of `skin`, metres.
   * @param seconds time since `keep`.
   */
  find(
    cloth: Pick<Cloth, 'positions' | 'planes'>,
    origin: Float64Array,
    skin: Pick<PosedSkin, 'measure' | 'findThighs' | 'positions' | 'thighs'>,
    seconds: number,
  ): void {
    this.#last.set(cloth.planes);
    this.#findNow(cloth, origin, skin);
    this.#blend(cloth, Math.exp(-seconds / PLANE_SECONDS));
  }

  /**
   * Mixes to the planes found now a share `before` of the last ones, where there are both. Of their distances only a
   * push is kept: what comes nearer pushes at once.
   */
  #blend({ positions, planes }: Pick<Cloth, 'positions' | 'planes'>, before: number): void {
    const last = this.#last;
    const margins = this.#margins;
    for (let i = 0, o = 0; i < margins.length; i++, o += 4) {
      if (Number.isNaN(margins[i]) || (planes[o] === 0 && planes[o + 1] === 0 && planes[o + 2] === 0)) continue;
      const px = positions[o];
      const py = positions[o + 1];
      const pz = positions[o + 2];
      const margin = planes[o] * px + planes[o + 1] * py + planes[o + 2] * pz + planes[o + 3];
      let x = planes[o] + before * (last[o] - planes[o]);
      let y = planes[o + 1] + before * (last[o + 1] - planes[o + 1]);
      let z = planes[o + 2] + before * (last[o + 2] - planes[o + 2]);
      const length = Math.sqrt(x * x + y * y + z * z);
      // Planes that face each other have no mean.
      if (!(length > MIN_MEAN_NORMAL)) continue;
      planes[o] = x /= length;
      planes[o + 1] = y /= length;
      planes[o + 2] = z /= length;
      planes[o + 3] = margin + Math.min(0, before * (margins[i] - margin)) - x * px - y * py - z * pz;
    }
  }

  #findNow(
    { positions, planes }: Pick<Cloth, 'positions' | 'planes'>,
    origin: Float64Array,
    skin: Pick<PosedSkin, 'measure' | 'findThighs' | 'positions' | 'thighs'>,
  ): void {
    const kept = this.#kept;
    const skinVertices = this.#skinVertices;
    const tangents = this.#tangents;
    skin.measure(positions, origin, skinVertices, tangents);
    for (let i = 0, o = 0; i < skinVertices.length; i++, o += 4) {
      planes[o] = planes[o + 1] = planes[o + 2] = planes[o + 3] = 0;
      if (skinVertices[i] < 0) continue;
      const x = tangents[o];
      const y = tangents[o + 1];
      const z = tangents[o + 2];
      const distance = tangents[o + 3];
      const surface = distance - x * positions[o] - y * positions[o + 1] - z * positions[o + 2];
      tangents[o + 3] = surface;
      const least = Math.max(kept[i], this.#cover.floor(skinVertices[i]));
      if (distance - least >= REACH_METRES) continue;
      planes[o] = x;
      planes[o + 1] = y;
      planes[o + 2] = z;
      planes[o + 3] = surface - least;
    }
    this.#findThighs(positions, origin, skin);
    const thighVertices = this.#thighVertices;
    const thighTangents = this.#thighTangents;
    for (let i = 0, o = 0; i < skinVertices.length; i++, o += 4) {
      if (thighVertices[i] < 0 || thighVertices[i] === skinVertices[i]) continue;
      const x = thighTangents[o];
      const y = thighTangents[o + 1];
      const z = thighTangents[o + 2];
      const margin = thighTangents[o + 3] - Math.max(kept[i], this.#cover.floor(thighVertices[i]));
      const isFree = planes[o] === 0 && planes[o + 1] === 0 && planes[o + 2] === 0;
      const lastMargin = isFree
        ? REACH_METRES
        : planes[o] * positions[o] +
          planes[o + 1] * positions[o + 1] +
          planes[o + 2] * positions[o + 2] +
          planes[o + 3];
      if (margin >= lastMargin) continue;
      planes[o] = x;
      planes[o + 1] = y;
      planes[o + 2] = z;
      planes[o + 3] = margin - x * positions[o] - y * positions[o + 1] - z * positions[o + 2];
    }
  }

  /**
   * Finds the point of a thigh that is nearest to each particle near a thigh: in a lap it is another one than the
   * nearest along the skin from where the cloth was, which stays on the belly.
   */
  #findThighs(
    positions: Float32Array,
    origin: Float64Array,
    skin: Pick<PosedSkin, 'measure' | 'findThighs' | 'positions' | 'thighs'>,
  ): void {
    const { thighs, positions: places } = skin;
    const skinVertices = this.#skinVertices;
    const thighVertices = this.#thighVertices;
    let lowest = Infinity;
    let highest = -Infinity;
    for (let s = 0; s < thighs.length; s++) {
      const y = places[3 * thighs[s] + 1] - origin[1];
      lowest = Math.min(lowest, y);
      highest = Math.max(highest, y);
    }
    for (let i = 0; i < skinVertices.length; i++) {
      const y = positions[4 * i + 1];
      const isBeyond = y > highest + THIGH_METRES || y < lowest - THIGH_METRES;
      thighVertices[i] = this.#isOnArm[i] || skinVertices[i] < 0 || isBeyond ? -1 : 0;
    }
    skin.findThighs(positions, origin, thighVertices, THIGH_METRES);
    skin.measure(positions, origin, thighVertices, this.#thighTangents);
  }

  /** Takes the particles' places at the end of a frame, for which planes were found: measures `distances`. */
  keep({ positions, planes }: Pick<Cloth, 'positions' | 'planes'>): void {
    const tangents = this.#tangents;
    const distances = this.distances;
    for (let i = 0, o = 0; i < distances.length; i++, o += 4) {
      const isFree = planes[o] === 0 && planes[o + 1] === 0 && planes[o + 2] === 0;
      this.#margins[i] = isFree
        ? NaN
        : planes[o] * positions[o] +
          planes[o + 1] * positions[o + 1] +
          planes[o + 2] * positions[o + 2] +
          planes[o + 3];
      distances[i] =
        this.#skinVertices[i] < 0
          ? NO_SKIN_METRES
          : tangents[o] * positions[o] +
            tangents[o + 1] * positions[o + 1] +
            tangents[o + 2] * positions[o + 2] +
            tangents[o + 3];
    }
  }

  /** Adds the cloth, whose `distances` are measured, to the cover of the skin. */
  coverSkin(): void {
    this.#cover.add(this.#skinVertices, this.distances);
  }
}

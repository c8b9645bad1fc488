import type { Neighbours } from '../garment/find-neighbours.ts';
import { type Clearance, createClearance, measureClearance, type Skin } from '../garment/measure-clearance.ts';
import { DIP_METRES } from '../garment/smallest-distance.ts';
import type { ClothCollider } from './cloth.ts';
import { ClothCover } from './cloth-cover.ts';
import type { ClothMesh } from './create-cloth-mesh.ts';

/** Largest push out of the body in one step, metres: cloth that starts deep inside comes out without a jolt. */
const MAX_PUSH_METRES = 0.01;
/** A particle farther from what it may lie on does not touch it in a frame, metres. */
const REACH_METRES = 0.08;
/** Coulomb coefficient between cloth and body: cotton on skin holds well. */
const FRICTION = 1;

/**
 * What a garment's particles lie on, in one frame: for each particle the plane that touches the skin nearest to it. The
 * planes are found once a frame, so that a step of the simulation costs three products a particle.
 */
export class BodyContacts implements ClothCollider {
  readonly #mesh: ClothMesh;
  readonly #neighbours: Neighbours;
  readonly #cover: ClothCover;
  /** By particle: nearest vertex of the skin when last looked for; −1: none, the particle is free. */
  readonly #skinVertices: Int32Array;
  /** By particle: the distance from the skin that it keeps, metres; below 0 it may dip into it. */
  readonly #kept: Float32Array;
  /** By particle: distance of the drape from the skin, metres; Infinity where no skin is near. */
  readonly gaps: Float32Array;
  /** By particle: unit normal of its plane, and the plane's distance from the origin, metres: 4 each. */
  readonly #planes: Float64Array;
  /** By particle: distance of the skin's tangent plane from the origin, metres. */
  readonly #surfaces: Float64Array;
  /** Scratch of `cover`: by particle, distance from the skin, metres. */
  readonly #distances: Float64Array;
  /** By particle: 1 where its plane counts. */
  readonly #isNear: Uint8Array;
  readonly #clearance: Clearance = createClearance();

  /**
   * @param mesh its vertices, skin vertices and clearances are read.
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
    this.#planes = new Float64Array(4 * count);
    this.#surfaces = new Float64Array(count);
    this.#distances = new Float64Array(count);
    this.#isNear = new Uint8Array(count);
    this.restart();
  }

  /**
   * Measures `gaps`, and sets the distances that the particles keep from the skin: those of the drape, where it lies close. Only cloth that
   * the body fills dips into the skin, as far as the drape does.
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
  }

  /** Finds the planes for particles at `positions` (3 × particles, metres), in the space of `skin`. */
  find(positions: Float64Array, skin: Skin): void {
    const kept = this.#kept;
    const skinVertices = this.#skinVertices;
    const planes = this.#planes;
    const clearance = this.#clearance;
    for (let i = 0; i < skinVertices.length; i++) {
      this.#isNear[i] = 0;
      if (skinVertices[i] < 0) continue;
      const x = positions[3 * i];
      const y = positions[3 * i + 1];
      const z = positions[3 * i + 2];
      measureClearance(skin, this.#neighbours, skinVertices[i], x, y, z, clearance);
      skinVertices[i] = clearance.vertex;
      const { distance, x: nx, y: ny, z: nz, vertex } = clearance;
      const least = Math.max(kept[i], this.#cover.floor(vertex));
      this.#isNear[i] = Number(distance - least < REACH_METRES);
      const surface = nx * x + ny * y + nz * z - distance;
      this.#surfaces[i] = surface;
      planes[4 * i] = nx;
      planes[4 * i + 1] = ny;
      planes[4 * i + 2] = nz;
      planes[4 * i + 3] = surface + least;
    }
  }

  /** Adds the cloth, with its particles at `positions`, for which planes were found, to the cover of the skin. */
  coverSkin(positions: Float64Array): void {
    const planes = this.#planes;
    const distances = this.#distances;
    for (let i = 0; i < distances.length; i++)
      distances[i] =
        this.#skinVertices[i] < 0
          ? Infinity
          : planes[4 * i] * positions[3 * i] +
            planes[4 * i + 1] * positions[3 * i + 1] +
            planes[4 * i + 2] * positions[3 * i + 2] -
            this.#surfaces[i];
    this.#cover.add(this.#skinVertices, distances);
  }

  collide(p: Float64Array, before: Float64Array): void {
    const planes = this.#planes;
    const isNear = this.#isNear;
    for (let i = 0; i < isNear.length; i++) {
      if (isNear[i] === 0) continue;
      const o = 3 * i;
      const nx = planes[4 * i];
      const ny = planes[4 * i + 1];
      const nz = planes[4 * i + 2];
      const distance = nx * p[o] + ny * p[o + 1] + nz * p[o + 2] - planes[4 * i + 3];
      if (distance >= 0) continue;
      const depth = Math.min(-distance, MAX_PUSH_METRES);
      const x = p[o] + depth * nx;
      const y = p[o + 1] + depth * ny;
      const z = p[o + 2] + depth * nz;
      // Friction takes back some or all of the movement within the surface.
      const dx = x - before[o];
      const dy = y - before[o + 1];
      const dz = z - before[o + 2];
      const along = dx * nx + dy * ny + dz * nz;
      // Coming out of the body is no jump: it gives no velocity.
      if (along > 0) {
        before[o] += along * nx;
        before[o + 1] += along * ny;
        before[o + 2] += along * nz;
      }
      const tx = dx - along * nx;
      const ty = dy - along * ny;
      const tz = dz - along * nz;
      const slide = Math.sqrt(tx * tx + ty * ty + tz * tz);
      const held = slide > FRICTION * depth ? (FRICTION * depth) / slide : 1;
      p[o] = x - held * tx;
      p[o + 1] = y - held * ty;
      p[o + 2] = z - held * tz;
    }
  }
}

import type { PosedBody } from '../body/body.ts';
import type { Garment, GarmentPart, WornGarment } from '../garment/garment.ts';
import { SKIN_MATRIX_VALUES } from '../mannequin/skin-matrices.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import { computeOutward } from './compute-outward.ts';
import type { PersonCoverage } from './person-coverage.ts';

/**
 * Measures how far the person's outline in the picture is from the outline of worn cloth. Input: garments with their
 * fits (rest pose, metres), the matrices that pose them in camera space (`writeSkinMatrices`), and who is where in the
 * picture. Output: `count` samples. Each is a vertex of cloth on the garment's outline, with the direction away from
 * the body, and the distance along it to where the person ends.
 *
 * 1. `begin` empties the list.
 * 2. `add` poses some vertices of a garment, evenly spread, and keeps those whose outward direction is at right angles
 *    to the line of sight. From each it searches the nearest place at which the person ends.
 */

/** Number of vertices of a garment that are posed, about: a fifth of them are on an outline. */
const CHOSEN = 1200;
/** Most samples of all garments. */
const MOST = 2048;
/** Cosine between outward direction and line of sight up to which cloth is on the outline, which is 2 mm beyond it. */
const MAX_FACING = 0.2;
/** Farthest distance, metres, of the person's outline from the garment's: errors of the body, and clothes. */
const REACH_METRES = 0.05;
/** Step of the search, metres: half a pixel of a mask in which a person is 200 pixels tall. */
const STEP_METRES = 0.005;
/** Distance within the outline at which the picture tells clothes from bare skin, metres. */
const WITHIN_METRES = 0.012;
/** Nearest distance from the camera of a vertex that is used, metres. */
const MIN_DEPTH_METRES = 0.1;
/** Coverage by the person, 0..1, at their outline. */
const OUTLINE_COVERAGE = 0.5;
/** Cloth that stands off its skin by more than this, metres, has none beneath it: a skirt between the legs. */
const SKIN_METRES = 0.1;

export class OutlineSamples {
  /** Number of samples, and by sample: */
  count = 0;
  /** Four bones and their weights, 0..1. */
  readonly bones = new Uint8Array(4 * MOST);
  readonly weights = new Float32Array(4 * MOST);
  /** Direction away from the body in the picture, a unit vector: 2 numbers, +x right, +y up. */
  readonly across = new Float32Array(2 * MOST);
  /** Distance from the garment's outline to the person's, metres. */
  readonly distances = new Float32Array(MOST);
  /** How far the garment stands off the skin, metres. */
  readonly clearances = new Float32Array(MOST);
  /** Shares of own upper and of own lower clothes in what the person's outline shows, 0..1; the rest is bare. */
  readonly own = new Float32Array(2 * MOST);
  /** By garment, the directions away from the body of its parts' vertices. */
  readonly #outward = new WeakMap<Garment, Float32Array[]>();

  begin(): void {
    this.count = 0;
  }

  /** Adds the samples of a garment. `matrices`: those of `writeSkinMatrices`, for the pose of `camera`. */
  add(
    { garment, fit }: Pick<WornGarment, 'garment' | 'fit'>,
    skinNormals: Float32Array,
    { matrices, camera, person }: { matrices: Float64Array; camera: PosedBody['camera']; person: PersonCoverage },
  ): void {
    let outward = this.#outward.get(garment);
    if (!outward) {
      outward = garment.parts.map((_, p) => computeOutward(garment, p, skinNormals));
      this.#outward.set(garment, outward);
    }
    let vertices = 0;
    for (let p = 0; p < garment.parts.length; p++) vertices += fit.positions[p].length / 3;
    const stride = Math.max(1, Math.floor(vertices / CHOSEN));
    // Shares of the picture's height for a metre at a distance of 1 m, and of its width.
    const tall = 0.5 / halfHeightAtUnitDistance(camera.fovYDegrees);
    const wide = (tall * camera.height) / camera.width;
    for (let p = 0; p < garment.parts.length; p++) {
      const { skinIndices, skinWeights } = garment.parts[p];
      for (let v = 0; 3 * v < fit.positions[p].length && this.count < MOST; v += stride) {
        blend(matrices, garment.parts[p], v);
        const rest = fit.positions[p];
        const x = blended[0] * rest[3 * v] + blended[1] * rest[3 * v + 1] + blended[2] * rest[3 * v + 2] + blended[3];
        const y = blended[4] * rest[3 * v] + blended[5] * rest[3 * v + 1] + blended[6] * rest[3 * v + 2] + blended[7];
        const z = blended[8] * rest[3 * v] + blended[9] * rest[3 * v + 1] + blended[10] * rest[3 * v + 2] + blended[11];
        const out = outward[p];
        const nx = blended[0] * out[3 * v] + blended[1] * out[3 * v + 1] + blended[2] * out[3 * v + 2];
        const ny = blended[4] * out[3 * v] + blended[5] * out[3 * v + 1] + blended[6] * out[3 * v + 2];
        const nz = blended[8] * out[3 * v] + blended[9] * out[3 * v + 1] + blended[10] * out[3 * v + 2];
        const facing = (nx * x + ny * y + nz * z) / Math.sqrt(x * x + y * y + z * z);
        const length = Math.sqrt(nx * nx + ny * ny);
        if (z > -MIN_DEPTH_METRES || Math.abs(facing) > MAX_FACING || length === 0) continue;
        const perMetre = 1 / -z;
        ray.u = 0.5 + wide * x * perMetre;
        ray.v = 0.5 - tall * y * perMetre;
        ray.du = (wide * perMetre * nx) / length;
        ray.dv = (-tall * perMetre * ny) / length;
        const clearance = fit.clearances[p][v];
        if (!this.#search(person)) continue;
        this.clearances[this.count] = clearance < SKIN_METRES ? clearance : 0;
        for (let k = 0; k < 4; k++) {
          this.bones[4 * this.count + k] = skinIndices[4 * v + k];
          this.weights[4 * this.count + k] = skinWeights[4 * v + k];
        }
        this.across[2 * this.count] = nx / length;
        this.across[2 * this.count + 1] = ny / length;
        this.count++;
      }
    }
  }

  /** Searches along `ray`, and writes distance and clothes of the next sample. Returns whether the person ends. */
  #search(person: PersonCoverage): boolean {
    const { u, v, du, dv } = ray;
    let nearest = Infinity;
    let before = person.coverageAt(u - REACH_METRES * du, v - REACH_METRES * dv);
    for (let metres = STEP_METRES - REACH_METRES; metres <= REACH_METRES; metres += STEP_METRES) {
      const here = person.coverageAt(u + metres * du, v + metres * dv);
      if (before >= OUTLINE_COVERAGE && here < OUTLINE_COVERAGE) {
        const end = metres - (STEP_METRES * (OUTLINE_COVERAGE - here)) / (before - here);
        if (Math.abs(end) < Math.abs(nearest)) nearest = end;
      }
      before = here;
    }
    if (nearest === Infinity) return false;
    const within = nearest - WITHIN_METRES;
    const upper = person.shareAt(2, u + within * du, v + within * dv);
    const lower = person.shareAt(3, u + within * du, v + within * dv);
    this.own[2 * this.count] = upper;
    this.own[2 * this.count + 1] = lower;
    this.distances[this.count] = nearest;
    return true;
  }
}

/** Writes to `blended` the matrix that poses a vertex: its bones' matrices by their weights. */
function blend(
  matrices: Float64Array,
  { skinIndices, skinWeights }: Pick<GarmentPart, 'skinIndices' | 'skinWeights'>,
  vertex: number,
): void {
  blended.fill(0);
  for (let k = 4 * vertex; k < 4 * vertex + 4; k++) {
    if (skinWeights[k] === 0) continue;
    const first = SKIN_MATRIX_VALUES * skinIndices[k];
    for (let i = 0; i < SKIN_MATRIX_VALUES; i++) blended[i] += skinWeights[k] * matrices[first + i];
  }
}

// Scratch of `add`: the matrix of a vertex, and its line in the picture, shares of the picture's sides: place of the
// vertex, and what is a metre away from the body.
const blended = new Float64Array(SKIN_MATRIX_VALUES);
const ray = { u: 0, v: 0, du: 0, dv: 0 };

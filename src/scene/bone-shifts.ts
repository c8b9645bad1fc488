import type { PosedBody } from '../body/body.ts';
import type { GarmentFit, WornGarment } from '../garment/garment.ts';
import { BONE_COUNT, boneParents, type Mannequin } from '../mannequin/mannequin.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { createSkinMatrices, writeSkinMatrices } from '../mannequin/skin-matrices.ts';
import { factorCholesky, solveCholesky } from '../math/cholesky.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';
import { OutlineSamples } from './outline-samples.ts';
import type { Pass } from './pass.ts';
import { PersonCoverage } from './person-coverage.ts';

/**
 * Finds the outline of worn garments that fits the picture on all bones of the solved body together. Input: the posed
 * body, the fits of the worn garments, and where the person is in the picture. Output: `uniforms`, for the shaders of
 * cloth. A pass (a step of the stage's drawing) without a picture of its own.
 *
 * 1. `OutlineSamples` measures along the garments' outlines how far beyond them the person ends.
 * 2. A least-squares fit explains these distances for all bones together. Each bone has three unknowns: a shift in the
 *    picture, 2 numbers, and by how much cloth and body are broader on all sides. They are errors of the solved body,
 *    and differ little between neighbours. Two more unknowns are by how much own upper and own lower clothes stand off
 *    farther than the garments. A lump, a collar's tip or another part's outline fits no bone, and counts little.
 * 3. `reachOutline` follows the picture only near that outline, and leaves out what own clothes stand off farther.
 *
 * The skin weights blend the bones' values, so that neighbouring vertices agree.
 */

/** Unknowns of a bone, and of the own clothes. */
const BONE_UNKNOWNS = 3;
const OWN_CLOTHES = 2;
const OWN_START = BONE_UNKNOWNS * BONE_COUNT;
const SIZE = OWN_START + OWN_CLOTHES;
/** Standard deviation of a bone's shift, and of its difference from its parent's, metres: errors of a solved pose. */
const SHIFT_METRES = 0.015;
const SHIFT_CHANGE_METRES = 0.008;
/** The same of a bone's half-breadth: errors of the solved shape, and of how cloth hangs. */
const BREADTH_METRES = 0.008;
const BREADTH_CHANGE_METRES = 0.006;
/** Standard deviation of the distance by which own clothes stand off farther than a garment, metres. */
const LOOSER_METRES = 0.005;
/** Standard deviation of a sample, metres: the mask's edge, folds. */
const SAMPLE_METRES = 0.005;
/** Samples of a bone that count at most: what is wrong with one is wrong with those beside it. */
const MOST_SAMPLES = 8;
/** Distance of a sample from the fit at which it counts half, metres. */
const OUTLIER_METRES = 0.008;
/** Fits of a frame; each weighs the samples by the fit before. */
const FITS = 2;
/** Time in which what is shown follows the fit by 63 %, ms: the mask's edge trembles. */
const FOLLOW_MS = 100;
/** After a longer time without a frame the fit begins anew, ms: the person is elsewhere. */
const GAP_MS = 1000;

export class BoneShifts implements Pass {
  readonly layers = [];
  readonly uniforms = {
    /** By bone x, y of its shift in camera space, and how much broader it is on all sides, metres. */
    boneShifts: { value: new Float32Array(3 * BONE_COUNT) },
    /** By how much own upper, and own lower clothes stand off farther than the garments, metres. */
    ownLooser: { value: new Float32Array(OWN_CLOTHES) },
  };
  readonly #samples = new OutlineSamples();
  readonly #skinNormals: Float32Array;
  readonly #joints = new Float32Array(3 * BONE_COUNT);
  readonly #frame = {
    matrices: createSkinMatrices(),
    camera: { fovYDegrees: 50, width: 1, height: 1 },
    person: new PersonCoverage(),
  };
  /** The unknowns of the last fit, and what is shown of them. */
  readonly #fitted = new Float64Array(SIZE);
  readonly #shown = new Float64Array(SIZE);
  readonly #normal = new Float64Array(SIZE * SIZE);
  readonly #right = new Float64Array(SIZE);
  /** By bone, the sum of its samples' skin weights. */
  readonly #seen = new Float64Array(BONE_COUNT);
  /** Time of the frame, and of the one that was fitted last. */
  #timeMs = NaN;
  #fittedMs = NaN;
  /** The fits of the garments that were fitted last. */
  readonly #fits: GarmentFit[] = [];

  constructor({ normals }: Pick<Mannequin, 'normals'>) {
    this.#skinNormals = normals;
  }

  takeShape({ joints }: Pick<MannequinShape, 'joints'>): void {
    this.#joints.set(joints);
  }

  takeBody(body: PosedBody, tracked: TrackedFrame): void {
    const { matrices, camera, person } = this.#frame;
    writeSkinMatrices(body, { joints: this.#joints }, matrices);
    camera.fovYDegrees = body.camera.fovYDegrees;
    camera.width = body.camera.width;
    camera.height = body.camera.height;
    person.take(tracked);
    this.#timeMs = tracked.timeMs;
  }

  takeGarments(worn: readonly WornGarment[]): void {
    const areSame = worn.length === this.#fits.length && worn.every(({ fit }, i) => fit === this.#fits[i]);
    if (areSame && this.#timeMs === this.#fittedMs) return;
    const sinceMs = this.#timeMs - this.#fittedMs;
    const isNew = !areSame || !(sinceMs > 0 && sinceMs < GAP_MS);
    this.#fittedMs = this.#timeMs;
    this.#fits.length = worn.length;
    for (let i = 0; i < worn.length; i++) this.#fits[i] = worn[i].fit;
    this.#samples.begin();
    for (const wearing of worn) this.#samples.add(wearing, this.#skinNormals, this.#frame);
    this.#countSamples();
    if (isNew) this.#fitted.fill(0);
    for (let fit = 0; fit < FITS; fit++) this.#fit();
    const share = isNew ? 1 : 1 - Math.exp(-sinceMs / FOLLOW_MS);
    for (let i = 0; i < SIZE; i++) this.#shown[i] += share * (this.#fitted[i] - this.#shown[i]);
    const { boneShifts, ownLooser } = this.uniforms;
    for (let i = 0; i < OWN_START; i++) boneShifts.value[i] = this.#shown[i];
    for (let i = 0; i < OWN_CLOTHES; i++) ownLooser.value[i] = this.#shown[OWN_START + i];
  }

  /** Writes how many samples each bone has. */
  #countSamples(): void {
    const { count, bones, weights } = this.#samples;
    this.#seen.fill(0);
    for (let k = 0; k < 4 * count; k++) this.#seen[bones[k]] += weights[k];
  }

  /** Solves for the unknowns, with samples weighed by the fit before. */
  #fit(): void {
    const { count, bones, weights, across, distances, own } = this.#samples;
    this.#setPriors();
    for (let i = 0; i < count; i++) {
      let seen = 0;
      for (let k = 4 * i; k < 4 * i + 4; k++) {
        const first = 3 * (k - 4 * i);
        columns[first] = BONE_UNKNOWNS * bones[k];
        columns[first + 1] = columns[first] + 1;
        columns[first + 2] = columns[first] + 2;
        slopes[first] = weights[k] * across[2 * i];
        slopes[first + 1] = weights[k] * across[2 * i + 1];
        slopes[first + 2] = weights[k];
        seen += weights[k] * this.#seen[bones[k]];
      }
      for (let o = 0; o < OWN_CLOTHES; o++) {
        columns[SLOPES - OWN_CLOTHES + o] = OWN_START + o;
        slopes[SLOPES - OWN_CLOTHES + o] = own[2 * i + o];
      }
      let off = distances[i];
      for (let k = 0; k < SLOPES; k++) off -= slopes[k] * this.#fitted[columns[k]];
      off /= OUTLIER_METRES;
      this.#add(distances[i], Math.min(1, MOST_SAMPLES / seen) / (1 + off * off) / SAMPLE_METRES ** 2);
    }
    if (!factorCholesky(this.#normal, SIZE)) return;
    this.#fitted.set(this.#right);
    solveCholesky(this.#normal, SIZE, this.#fitted);
  }

  /** Adds the equation `slopes` · unknowns = `distance` with a weight. */
  #add(distance: number, weight: number): void {
    for (let a = 0; a < SLOPES; a++) {
      const slope = weight * slopes[a];
      if (slope === 0) continue;
      this.#right[columns[a]] += slope * distance;
      for (let b = 0; b < SLOPES; b++) this.#normal[columns[a] * SIZE + columns[b]] += slope * slopes[b];
    }
  }

  /** Begins the equations with what is known before anything is seen. */
  #setPriors(): void {
    const normal = this.#normal;
    normal.fill(0);
    this.#right.fill(0);
    for (let b = 0; b < BONE_COUNT; b++)
      for (let i = 0; i < BONE_UNKNOWNS; i++) {
        const row = BONE_UNKNOWNS * b + i;
        normal[row * SIZE + row] += 1 / (i < 2 ? SHIFT_METRES : BREADTH_METRES) ** 2;
        if (boneParents[b] < 0) continue;
        const other = BONE_UNKNOWNS * boneParents[b] + i;
        const tie = 1 / (i < 2 ? SHIFT_CHANGE_METRES : BREADTH_CHANGE_METRES) ** 2;
        normal[row * SIZE + row] += tie;
        normal[other * SIZE + other] += tie;
        normal[row * SIZE + other] -= tie;
        normal[other * SIZE + row] -= tie;
      }
    for (let row = OWN_START; row < SIZE; row++) normal[row * SIZE + row] = 1 / LOOSER_METRES ** 2;
  }
}

/** Unknowns in the equation of one sample: scratch of `#fit`, their numbers and their factors. */
const SLOPES = 4 * BONE_UNKNOWNS + OWN_CLOTHES;
const columns = new Uint16Array(SLOPES);
const slopes = new Float64Array(SLOPES);

/**
 * GLSL of a vertex shader that declares the uniforms, and `shiftOf`: by how much a vertex moves in camera space,
 * metres. Its attributes are those of `addSkin`; `outward` is its direction away from the body, of length 1.
 */
export const boneShiftsGlsl = /* glsl */ `
  uniform vec3 boneShifts[${BONE_COUNT}];
  uniform vec2 ownLooser;
  vec2 shiftOf(vec4 bones, vec4 weights, vec3 outward) {
    ivec4 b = ivec4(bones);
    vec3 shift = boneShifts[b.x] * weights.x + boneShifts[b.y] * weights.y
      + boneShifts[b.z] * weights.z + boneShifts[b.w] * weights.w;
    return shift.xy + shift.z * outward.xy;
  }`;

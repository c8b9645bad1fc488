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
 * 2. A least-squares fit explains these distances for all bones together. A bone has four unknowns: its shift in the
 *    picture, 2 numbers; by how much the body is broader on all sides; and by how much own clothes stand off farther than
 *    the garment. The first three are errors of the solved body. All differ little between neighbours. Own upper and own
 *    lower clothes have one unknown each: how tight they are. At 0 they stand off the skin as far as the garment does,
 *    at 1 they lie on the skin. Then the person ends at the skin wherever the garment stands off, as with bare arms.
 *    Where the garment lies on the skin, too, the two are alike. A lump, a collar's tip or another part's outline fits
 *    nothing of it, and counts little.
 * 3. `reachOutline` places the garment's outline by the person's and by these unknowns.
 *
 * The skin weights blend the bones' values, so that neighbouring vertices agree. The fit leaves out bones that move no
 * worn garment.
 */

/** Unknowns of a bone: shift to the right and up, breadth, and how much looser own clothes are. */
const BONE_UNKNOWNS = 4;
const LOOSER = 3;
/** Unknowns of the own clothes: how tight upper and lower ones are. */
const OWN_CLOTHES = 2;
const MOST_UNKNOWNS = BONE_UNKNOWNS * BONE_COUNT + OWN_CLOTHES;
/**
 * Standard deviations of a bone's unknowns, metres: errors of a solved pose and shape, and the usual range of clothes, from
 * tight ones to a wide shirt.
 */
const DEVIATIONS_METRES = [0.015, 0.015, 0.008, 0.025];
/** The same of their differences from the parent's. */
const CHANGES_METRES = [0.008, 0.008, 0.006, 0.008];
/** Standard deviation where own clothes are less loose than the garment, metres: tightness explains that. */
const LESS_LOOSE_METRES = 0.002;
/** Standard deviation of the tightness; where it is below 0; and of its difference between upper and lower clothes. */
const TIGHT = 1;
const BELOW_TIGHT = 0.1;
const TIGHT_CHANGE = 0.2;
/** Standard deviation of a sample, metres: the mask's edge, folds. */
const SAMPLE_METRES = 0.005;
/** The same besides, as a share of the garment's clearance: how it drapes is the less certain the farther it stands off. */
const DRAPE_SHARE = 0.3;
/** Samples of a bone that count at most: what is wrong with one is wrong with those beside it. */
const MOST_SAMPLES = 8;
/** Distance of a sample from the fit at which it counts half, metres. */
const OUTLIER_METRES = 0.008;
/** Fits of a frame; each weighs the samples by the fit before. */
const FITS = 2;
/** The same in the first frame: it begins without a fit. */
const FIRST_FITS = 4;
/** Time in which what is shown follows the fit by 63 %, ms: the mask's edge trembles. */
const FOLLOW_MS = 100;
/** After a longer time without a frame the fit begins anew, ms: the person is elsewhere. */
const GAP_MS = 1000;

export class BoneShifts implements Pass {
  readonly layers = [];
  readonly uniforms = {
    /**
     * By bone: x, y of its shift in camera space, how much broader the body is on all sides, and how much farther than
     * the garment own clothes stand off, metres.
     */
    boneShifts: { value: new Float32Array(BONE_UNKNOWNS * BONE_COUNT) },
    /** How tight own upper and own lower clothes are: 0: as loose as the garment, 1: they lie on the skin. */
    ownTightness: { value: new Float32Array(OWN_CLOTHES) },
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
  readonly #fitted = new Float64Array(MOST_UNKNOWNS);
  readonly #shown = new Float64Array(MOST_UNKNOWNS);
  readonly #normal = new Float64Array(MOST_UNKNOWNS * MOST_UNKNOWNS);
  readonly #right = new Float64Array(MOST_UNKNOWNS);
  /** By bone, the first of its unknowns; −1: it moves no worn garment. They are followed by those of own clothes. */
  readonly #firsts = new Int16Array(BONE_COUNT);
  #ownFirst = 0;
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
    if (!areSame) this.#chooseBones(worn);
    if (isNew) this.#fitted.fill(0);
    for (let fit = isNew ? FIRST_FITS : FITS; fit > 0; fit--) this.#fit();
    const share = isNew ? 1 : 1 - Math.exp(-sinceMs / FOLLOW_MS);
    for (let i = 0; i < MOST_UNKNOWNS; i++) this.#shown[i] += share * (this.#fitted[i] - this.#shown[i]);
    const { boneShifts, ownTightness } = this.uniforms;
    for (let b = 0; b < BONE_COUNT; b++)
      for (let i = 0; i < BONE_UNKNOWNS && this.#firsts[b] >= 0; i++)
        boneShifts.value[BONE_UNKNOWNS * b + i] = this.#shown[this.#firsts[b] + i];
    for (let o = 0; o < OWN_CLOTHES; o++) ownTightness.value[o] = this.#shown[this.#ownFirst + o];
  }

  /** Gives unknowns to the bones that move the garments, and to their parents. */
  #chooseBones(worn: readonly WornGarment[]): void {
    this.#firsts.fill(-1);
    this.uniforms.boneShifts.value.fill(0);
    for (const { garment } of worn)
      for (const { skinIndices, skinWeights } of garment.parts)
        for (let k = 0; k < skinIndices.length; k++) if (skinWeights[k] > 0) this.#firsts[skinIndices[k]] = 0;
    this.#ownFirst = 0;
    // Children come after their parents in the order of bones.
    for (let b = BONE_COUNT - 1; b > 0; b--) if (this.#firsts[b] >= 0) this.#firsts[boneParents[b]] = 0;
    for (let b = 0; b < BONE_COUNT; b++)
      if (this.#firsts[b] >= 0) {
        this.#firsts[b] = this.#ownFirst;
        this.#ownFirst += BONE_UNKNOWNS;
      }
  }

  /** Writes how many samples each bone has. */
  #countSamples(): void {
    const { count, bones, weights } = this.#samples;
    this.#seen.fill(0);
    for (let k = 0; k < 4 * count; k++) this.#seen[bones[k]] += weights[k];
  }

  /** Solves for the unknowns, with samples weighed by the fit before. */
  #fit(): void {
    const { count, bones, weights, across, distances, clearances, own } = this.#samples;
    const size = this.#ownFirst + OWN_CLOTHES;
    this.#setPriors(size);
    for (let i = 0; i < count; i++) {
      const clothed = own[2 * i] + own[2 * i + 1];
      let seen = 0;
      for (let k = 0; k < 4; k++) {
        const weight = weights[4 * i + k];
        const bone = bones[4 * i + k];
        // A bone without weight may have no unknowns.
        for (let u = 0; u < BONE_UNKNOWNS; u++)
          columns[BONE_UNKNOWNS * k + u] = weight > 0 ? this.#firsts[bone] + u : 0;
        slopes[BONE_UNKNOWNS * k] = weight * across[2 * i];
        slopes[BONE_UNKNOWNS * k + 1] = weight * across[2 * i + 1];
        slopes[BONE_UNKNOWNS * k + 2] = weight;
        slopes[BONE_UNKNOWNS * k + LOOSER] = weight * clothed;
        seen += weight * this.#seen[bone];
      }
      for (let o = 0; o < OWN_CLOTHES; o++) {
        columns[SLOPES - OWN_CLOTHES + o] = this.#ownFirst + o;
        slopes[SLOPES - OWN_CLOTHES + o] = -own[2 * i + o] * clearances[i];
      }
      // Bare skin is where the tightest clothes are.
      const beyond = distances[i] + (1 - clothed) * clearances[i];
      let off = beyond;
      for (let k = 0; k < SLOPES; k++) off -= slopes[k] * this.#fitted[columns[k]];
      off /= OUTLIER_METRES;
      const variance = SAMPLE_METRES ** 2 + (DRAPE_SHARE * clearances[i]) ** 2;
      this.#add(beyond, Math.min(1, MOST_SAMPLES / seen) / (1 + off * off) / variance);
    }
    if (!factorCholesky(this.#normal, size)) return;
    this.#fitted.set(this.#right);
    solveCholesky(this.#normal, size, this.#fitted);
  }

  /** Adds the equation `slopes` · unknowns = `distance` with a weight. */
  #add(distance: number, weight: number): void {
    const size = this.#ownFirst + OWN_CLOTHES;
    for (let a = 0; a < SLOPES; a++) {
      const slope = weight * slopes[a];
      if (slope === 0) continue;
      this.#right[columns[a]] += slope * distance;
      for (let b = 0; b < SLOPES; b++) this.#normal[columns[a] * size + columns[b]] += slope * slopes[b];
    }
  }

  /** Begins the equations, of `size` unknowns, with what is known before anything is seen. */
  #setPriors(size: number): void {
    this.#normal.fill(0);
    this.#right.fill(0);
    for (let b = 0; b < BONE_COUNT; b++)
      for (let u = 0; u < BONE_UNKNOWNS && this.#firsts[b] >= 0; u++) {
        const row = this.#firsts[b] + u;
        this.#normal[row * size + row] += 1 / DEVIATIONS_METRES[u] ** 2;
        if (u === LOOSER && this.#fitted[row] < 0) this.#normal[row * size + row] += 1 / LESS_LOOSE_METRES ** 2;
        if (boneParents[b] >= 0) this.#tie(row, this.#firsts[boneParents[b]] + u, 1 / CHANGES_METRES[u] ** 2);
      }
    for (let row = this.#ownFirst; row < size; row++)
      this.#normal[row * size + row] += 1 / (this.#fitted[row] < 0 ? BELOW_TIGHT : TIGHT) ** 2;
    this.#tie(this.#ownFirst, this.#ownFirst + 1, 1 / TIGHT_CHANGE ** 2);
  }

  /** Adds with a weight that two unknowns are equal. */
  #tie(a: number, b: number, weight: number): void {
    const size = this.#ownFirst + OWN_CLOTHES;
    this.#normal[a * size + a] += weight;
    this.#normal[b * size + b] += weight;
    this.#normal[a * size + b] -= weight;
    this.#normal[b * size + a] -= weight;
  }
}

/** Unknowns in the equation of one sample: scratch of `#fit`, their numbers and their factors. */
const SLOPES = 4 * BONE_UNKNOWNS + OWN_CLOTHES;
const columns = new Uint16Array(SLOPES);
const slopes = new Float64Array(SLOPES);

/**
 * GLSL of a vertex shader that declares the uniforms, and `shiftOf`: their values at a vertex. Its attributes are those of
 * `addSkin`.
 */
export const boneShiftsGlsl = /* glsl */ `
  uniform vec4 boneShifts[${BONE_COUNT}];
  uniform vec2 ownTightness;
  vec4 shiftOf(vec4 bones, vec4 weights) {
    ivec4 b = ivec4(bones);
    return boneShifts[b.x] * weights.x + boneShifts[b.y] * weights.y
      + boneShifts[b.z] * weights.z + boneShifts[b.w] * weights.w;
  }`;

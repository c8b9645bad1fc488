/**
 * Finds how light falls on a body: from which side the key light comes and how strong it is beside the light from all
 * sides. Input: colours on the body with their normals (`LightSamples`). Every group of samples is one material of
 * unknown colour, so only differences within a group count.
 *
 * 1. A fixed list of candidates (directions of the key light × its strengths) predicts the brightness of a surface by
 *    its normal: `shade`.
 * 2. For each candidate, each group gets the brightness that fits it best (robust least squares). What remains is the
 *    candidate's error.
 * 3. The result is the mean of all candidates, weighted by their probabilities: errors, and how common such light is.
 *    So weak evidence gives ordinary light, and the result moves smoothly from frame to frame.
 */
import { MathUtils } from 'three';
import { GROUP_COUNT, type LightSamples, MAX_SAMPLES } from './light-samples.ts';

/** Light by direction. A surface with the normal n gets `ambient` · (1 + `SKY_LEAN` · n.y) + max(0, `key` · n). */
export interface LightShape {
  /** Light from all sides. */
  ambient: number;
  /** Direction to the key light (camera space), as long as the light on a surface that faces it is strong. */
  key: [number, number, number];
}

/** Light from all sides is stronger from above, by this share of its mean: floors are darker than ceilings and skies. */
export const SKY_LEAN = 0.4;

/** Angles of the key light to the right (0: from the camera), degrees, and above the horizon, of the candidates. */
const AZIMUTHS_DEGREES = [0, 35, 70, 105, 140, 180, -140, -105, -70, -35];
const ELEVATIONS_DEGREES = [5, 35, 62];
/** Strengths of the key light of the candidates, as multiples of the light from all sides. */
const KEY_RATIOS = [0.15, 0.4, 0.8, 1.6, 3.2, 6.4];

/** Ordinary light comes from this direction, a little from one side, since frontal light is rare; degrees. */
const COMMON_AZIMUTH_DEGREES = 0;
const COMMON_ELEVATION_DEGREES = 42;
/** Standard deviation of the angle between ordinary light and the light of a room, degrees. */
const DIRECTION_SPREAD_DEGREES = 65;
/** The usual ratio of key light to the light from all sides, and the standard deviation of its logarithm. */
const COMMON_RATIO = 0.7;
const RATIO_SPREAD = 0.8;

/**
 * Standard deviation of the brightness of a sample beside its prediction, as a share of the group's mean: folds, prints,
 * cast shadows and errors of the pose.
 */
const SHADE_SPREAD = 0.14;
/** Errors above this number of standard deviations count no more: those are shadows, prints and other things. */
const MAX_DEVIATIONS = 2.2;
/** Samples are not independent of each other: at most so many count as if they were. */
const INDEPENDENT_SAMPLES = 40;
/** A group with fewer samples says nothing. */
const MIN_GROUP_SAMPLES = 8;
/** Mean luminance, linear, below which a group is too dark: there a camera's noise is larger than the shading. */
const MIN_LUMINANCE = 0.004;

/** What a light from many directions gives a surface on average, as a share of that from straight ahead. */
const SPREAD_SHARE = 0.5;

/** Smallest z of the normals over which light is averaged, and their number. */
const FACING = 0.3;
const MEAN_NORMALS = 60;

interface Candidate {
  direction: [number, number, number];
  /** Shares of the light, scaled to a mean of 1 over the normals that face the camera. */
  ambient: number;
  key: number;
  /** Logarithm of the probability before anything is seen. */
  prior: number;
}

const candidates = createCandidates();

/** Scratch of `findKeyLight`: luminance of each sample as a share of its group's mean, or −1; its predicted light. */
const luminances = new Float32Array(MAX_SAMPLES);
const shades = new Float32Array(MAX_SAMPLES);
/** Scratch: light from all sides on each sample, and the cosine between its normal and a candidate's key light. */
const skies = new Float32Array(MAX_SAMPLES);
const facings = new Float32Array(MAX_SAMPLES);
const errors = new Float64Array(candidates.length);
const groupSums = new Float64Array(GROUP_COUNT);
const groupSizes = new Float64Array(GROUP_COUNT);
const groupFits = new Float64Array(GROUP_COUNT);

/** Returns the light on a surface with the normal (x, y, z), in camera space, under `light`. */
export function shade({ ambient, key }: LightShape, x: number, y: number, z: number): number {
  return ambient * (1 + SKY_LEAN * y) + Math.max(0, key[0] * x + key[1] * y + key[2] * z);
}

/**
 * Writes the light's shape into `target` and returns it. Its mean over surfaces that face the camera is about 1. Pure.
 */
export function findKeyLight(samples: LightSamples, target: LightShape): LightShape {
  const used = compareWithGroups(samples);
  const weight = Math.min(used, INDEPENDENT_SAMPLES) / Math.max(1, used);
  let best = Infinity;
  for (let i = 0; i < samples.count; i++) skies[i] = 1 + SKY_LEAN * samples.normals[3 * i + 1];
  for (let c = 0; c < candidates.length; c++) {
    // Candidates of one direction follow each other.
    if (c % KEY_RATIOS.length === 0) measureFacings(samples, candidates[c].direction);
    errors[c] = weight * errorOf(candidates[c], samples) - candidates[c].prior;
    best = Math.min(best, errors[c]);
  }
  let total = 0;
  let keySum = 0;
  target.ambient = 0;
  target.key.fill(0);
  for (let c = 0; c < candidates.length; c++) {
    const probability = Math.exp(best - errors[c]);
    const { ambient, key, direction } = candidates[c];
    total += probability;
    target.ambient += probability * ambient;
    keySum += probability * key;
    for (let k = 0; k < 3; k++) target.key[k] += probability * key * direction[k];
  }
  for (let k = 0; k < 3; k++) target.key[k] /= total;
  // Where candidates disagree on the direction, their light comes from everywhere between.
  target.ambient = (target.ambient + SPREAD_SHARE * (keySum - total * Math.hypot(...target.key))) / total;
  return target;
}

/** Writes `luminances`, and returns the number of samples that count. */
function compareWithGroups({ count, colours, groups, clipped }: LightSamples): number {
  groupSums.fill(0);
  groupSizes.fill(0);
  for (let i = 0; i < count; i++) {
    luminances[i] = -1;
    if (clipped[i] === 1) continue;
    luminances[i] = 0.2126 * colours[3 * i] + 0.7152 * colours[3 * i + 1] + 0.0722 * colours[3 * i + 2];
    groupSums[groups[i]] += luminances[i];
    groupSizes[groups[i]]++;
  }
  let used = 0;
  for (let i = 0; i < count; i++) {
    if (luminances[i] < 0) continue;
    const size = groupSizes[groups[i]];
    const mean = groupSums[groups[i]] / size;
    luminances[i] = size < MIN_GROUP_SAMPLES || mean < MIN_LUMINANCE ? -1 : luminances[i] / mean;
    if (luminances[i] >= 0) used++;
  }
  return used;
}

/** Writes into `facings` how much each sample faces the direction: 0 if it faces away. */
function measureFacings({ count, normals }: LightSamples, direction: readonly number[]): void {
  const x = direction[0];
  const y = direction[1];
  const z = direction[2];
  for (let i = 0; i < count; i++)
    facings[i] = Math.max(0, x * normals[3 * i] + y * normals[3 * i + 1] + z * normals[3 * i + 2]);
}

/** Returns half the sum of the squared errors of a candidate, in standard deviations. */
function errorOf({ ambient, key }: Candidate, { count, groups }: LightSamples): number {
  for (let i = 0; i < count; i++) shades[i] = ambient * skies[i] + key * facings[i];
  groupFits.fill(1);
  // Twice: the second fit leaves out what the first could not explain.
  for (let pass = 0; pass < 2; pass++) {
    groupSums.fill(0);
    groupSizes.fill(0);
    for (let i = 0; i < count; i++) {
      if (luminances[i] < 0) continue;
      const g = groups[i];
      const deviations = (luminances[i] - groupFits[g] * shades[i]) / (SHADE_SPREAD * MAX_DEVIATIONS);
      const w = pass === 0 ? 1 : 1 / (1 + deviations * deviations);
      groupSums[g] += w * luminances[i] * shades[i];
      groupSizes[g] += w * shades[i] * shades[i];
    }
    for (let g = 0; g < GROUP_COUNT; g++) groupFits[g] = groupSums[g] / (groupSizes[g] || 1);
  }
  let sum = 0;
  for (let i = 0; i < count; i++) {
    if (luminances[i] < 0) continue;
    const deviations = (luminances[i] - groupFits[groups[i]] * shades[i]) / SHADE_SPREAD;
    const squared = deviations * deviations;
    // Geman and McClure's loss: as the square for small errors, and at most MAX_DEVIATIONS² (1985).
    sum += squared / (1 + squared / (MAX_DEVIATIONS * MAX_DEVIATIONS));
  }
  return sum / 2;
}

function createCandidates(): Candidate[] {
  const common = directionOf(COMMON_AZIMUTH_DEGREES, COMMON_ELEVATION_DEGREES);
  return AZIMUTHS_DEGREES.flatMap((azimuth) =>
    ELEVATIONS_DEGREES.flatMap((elevation) =>
      KEY_RATIOS.map((ratio): Candidate => {
        const direction = directionOf(azimuth, elevation);
        const cosine = direction.reduce((sum, value, k) => sum + value * common[k], 0);
        const angle = MathUtils.radToDeg(Math.acos(MathUtils.clamp(cosine, -1, 1)));
        const mean = meanShade(direction, ratio);
        return {
          direction,
          ambient: 1 / mean,
          key: ratio / mean,
          prior:
            -((angle / DIRECTION_SPREAD_DEGREES) ** 2) / 2 - (Math.log(ratio / COMMON_RATIO) / RATIO_SPREAD) ** 2 / 2,
        };
      }),
    ),
  );
}

/** Returns the unit vector (camera space) at two angles, degrees: to the right of the camera, and above the horizon. */
function directionOf(azimuth: number, elevation: number): [number, number, number] {
  const [a, e] = [MathUtils.degToRad(azimuth), MathUtils.degToRad(elevation)];
  return [Math.sin(a) * Math.cos(e), Math.sin(e), Math.cos(a) * Math.cos(e)];
}

/** Returns the mean light on surfaces that face the camera (z above `FACING`), with an ambient light of 1. */
function meanShade(direction: readonly number[], ratio: number): number {
  const key = direction.map((value) => ratio * value) as [number, number, number];
  let sum = 0;
  for (let i = 0; i < MEAN_NORMALS; i++) {
    // Even spread over the cap by the golden angle.
    const z = 1 - ((1 - FACING) * (i + 0.5)) / MEAN_NORMALS;
    const radius = Math.sqrt(1 - z * z);
    sum += shade({ ambient: 1, key }, radius * Math.cos(2.399963 * i), radius * Math.sin(2.399963 * i), z);
  }
  return sum / MEAN_NORMALS;
}

/**
 * Smooths skin weights over the garment's particles (the points of the sewn garment), so that it moves as one cloth.
 *
 * 1. Average neighbours, strongly where cloth hangs free, weakly where it touches the body.
 * 2. Average along each armhole, where sleeve and trunk have their weights from different parts of the body.
 * 3. Apply the change of step 2, fading out, to the cloth beside the armholes.
 */
import { MathUtils } from 'three';
import { BONE_COUNT } from '../../src/mannequin/mannequin.ts';
import { edgeChain } from './edge-chain.ts';
import type { SewnGarment } from './sew-pattern.ts';
import type { Surface } from './surface.ts';

/** Passes of step 1: weights blend over about 5 triangles, 7 cm, and no crease opens where bones change. */
const SMOOTHING_PASSES = 26;
/**
 * Share of the way to the neighbours' mean in one pass, for cloth on the body and for cloth that hangs free, and
 * distances from the body between which it changes, metres. Cloth on the body must move as the skin does, or the skin
 * shows through.
 */
const STRENGTH = { lying: 0.04, free: 0.6, from: 0.007, to: 0.022 };
/** Passes of step 2: they average over some 6 cm of the armhole. */
const PASSES_ALONG_SEAM = 24;
/** Passes of step 3: each reaches one row farther from the seam. */
const PASSES_BESIDE_SEAM = 4;

/**
 * Returns smoothed weights, BONE_COUNT × particles, at least 0; those of a particle need not sum to 1. `weights`: the
 * same shape; `sewn`: pattern pieces and their seams; `sheet`: 3 × particles, metres, in the rest pose; `body`: the
 * mannequin's skin in the rest pose.
 */
export function smoothBinding(
  sewn: SewnGarment,
  weights: Float64Array,
  sheet: Float64Array,
  body: Surface,
): Float64Array {
  const strengths = Float64Array.from({ length: sewn.particleCount }, (_, i) => {
    const distance = body.signedDistance(sheet[3 * i], sheet[3 * i + 1], sheet[3 * i + 2]) ?? 1;
    const freedom = MathUtils.smoothstep((distance - STRENGTH.from) / (STRENGTH.to - STRENGTH.from), 0, 1);
    return STRENGTH.lying + (STRENGTH.free - STRENGTH.lying) * freedom;
  });
  return smoothArmholes(sewn, smoothOver(sewn, weights, strengths), strengths);
}

/** Step 1. */
function smoothOver(sewn: SewnGarment, weights: Float64Array, strengths: Float64Array): Float64Array {
  const smoothed = weights.slice();
  const means = new Float64Array(weights.length);
  for (let pass = 0; pass < SMOOTHING_PASSES; pass++) {
    neighbourMeans(sewn, smoothed, means);
    for (let p = 0, i = 0; p < sewn.particleCount; p++)
      for (let bone = 0; bone < BONE_COUNT; bone++, i++) smoothed[i] += strengths[p] * (means[i] - smoothed[i]);
  }
  return smoothed;
}

/**
 * Computes the mean of each particle's neighbours; a neighbour counts once for every triangle shared. `values`:
 * BONE_COUNT × particles. Replaces `target` and returns it.
 */
function neighbourMeans(sewn: SewnGarment, values: Float64Array, target: Float64Array): Float64Array {
  const counts = new Float64Array(sewn.particleCount);
  target.fill(0);
  for (let t = 0; t < sewn.triangles.length; t++) {
    const a = sewn.particleOf[sewn.triangles[t]];
    const b = sewn.particleOf[sewn.triangles[t % 3 === 2 ? t - 2 : t + 1]];
    counts[a]++;
    counts[b]++;
    for (let i = BONE_COUNT * a, j = BONE_COUNT * b, end = i + BONE_COUNT; i < end; i++, j++) {
      target[i] += values[j];
      target[j] += values[i];
    }
  }
  for (let p = 0, i = 0; p < sewn.particleCount; p++)
    for (let bone = 0; bone < BONE_COUNT; bone++, i++) target[i] /= counts[p];
  return target;
}

/** Steps 2 and 3. Over the shoulder, where cloth lies on the body, step 2 is weaker. */
function smoothArmholes(sewn: SewnGarment, weights: Float64Array, strengths: Float64Array): Float64Array {
  const smoothed = weights.slice();
  const onSeam = new Set<number>();
  for (const edges of sewn.pattern.rings) {
    const armhole = edgeChain(sewn, edges)
      .slice(0, -1)
      .map((vertex) => sewn.particleOf[vertex]);
    for (const p of armhole) onSeam.add(p);
    for (let pass = 0; pass < PASSES_ALONG_SEAM; pass++) {
      const before = armhole.map((p) => smoothed.slice(BONE_COUNT * p, BONE_COUNT * (p + 1)));
      armhole.forEach((p, i) => {
        const a = before[(i + armhole.length - 1) % armhole.length];
        const b = before[(i + 1) % armhole.length];
        for (let k = 0; k < BONE_COUNT; k++)
          smoothed[BONE_COUNT * p + k] += ((0.25 + 0.75 * strengths[p]) / 2) * ((a[k] + b[k]) / 2 - before[i][k]);
      });
    }
  }
  let change = smoothed.map((value, i) => value - weights[i]);
  for (let pass = 0; pass < PASSES_BESIDE_SEAM; pass++) {
    const means = neighbourMeans(sewn, change, new Float64Array(change.length));
    change = change.map((value, i) => (onSeam.has(Math.floor(i / BONE_COUNT)) ? value : means[i]));
  }
  return weights.map((value, i) => Math.max(0, value + change[i]));
}

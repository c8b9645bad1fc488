import type { Vector3 } from 'three';

/**
 * Residual of a point, metres at its distance, at which its weight is halved (Cauchy). The landmarks of a tracked trunk
 * have smaller residuals.
 */
const OUTLIER_METRES = 0.03;
/** Rounds of solving and reweighting; another round would change the result by less than a millimetre. */
const ROUNDS = 6;

/**
 * Finds the translation t that brings n points in space onto their image rays. The point (X, Y, Z) + t is on the ray
 * (rx, ry, −1) if tx + rx·tz = −X − rx·Z, and accordingly in y. These equations are linear in t (pose from known
 * points, as in Hartley & Zisserman, ch. 7). Solves them by weighted least squares in six rounds, and lowers the
 * weights of outliers after each. Allocates nothing.
 *
 * @param points 3 × n: x, y, z in metres in camera axes (+x right, +y up, +z towards the viewer), from any origin.
 * @param rays 2 × n: x, y of the image points on the plane z = −1 in camera space.
 * @param weights n values, ≥ 0.
 * @param target Receives t, metres in camera space.
 * @returns False, with `target` unchanged, when the points determine no translation in front of the camera.
 */
export function solveTranslation(
  points: ArrayLike<number>,
  rays: ArrayLike<number>,
  weights: ArrayLike<number>,
  target: Vector3,
): boolean {
  let tx = 0;
  let ty = 0;
  let tz = 0;
  for (let round = 0; round < ROUNDS; round++) {
    let sum = 0;
    let meanRx = 0;
    let meanRy = 0;
    let meanA = 0;
    let meanB = 0;
    let rr = 0;
    let ra = 0;
    for (let pass = 0; pass < 2; pass++) {
      for (let i = 0; i < weights.length; i++) {
        if (weights[i] === 0) continue;
        const rx = rays[2 * i];
        const ry = rays[2 * i + 1];
        const a = -points[3 * i] - rx * points[3 * i + 2];
        const b = -points[3 * i + 1] - ry * points[3 * i + 2];
        let weight = weights[i];
        if (round > 0) {
          const error = Math.hypot(tx + rx * tz - a, ty + ry * tz - b);
          weight /= 1 + (error / OUTLIER_METRES) ** 2;
        }
        if (pass === 0) {
          sum += weight;
          meanRx += weight * rx;
          meanRy += weight * ry;
          meanA += weight * a;
          meanB += weight * b;
        } else {
          rr += weight * ((rx - meanRx) ** 2 + (ry - meanRy) ** 2);
          ra += weight * ((rx - meanRx) * (a - meanA) + (ry - meanRy) * (b - meanB));
        }
      }
      if (pass === 0) {
        if (!(sum > 0)) return false;
        meanRx /= sum;
        meanRy /= sum;
        meanA /= sum;
        meanB /= sum;
      }
    }
    if (!(rr > 1e-12 * sum)) return false;
    tz = ra / rr;
    tx = meanA - meanRx * tz;
    ty = meanB - meanRy * tz;
  }
  if (!(tz < 0)) return false;
  target.set(tx, ty, tz);
  return true;
}

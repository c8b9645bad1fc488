/**
 * Spreads the movement of a garment's particles to its welded vertices without creases. Linear interpolation within each
 * triangle bends the cloth only at the triangles' sides: wherever it is more or less curved than modelled, it looks
 * quilted. Moving least squares (Levin 1998) give a field that is as smooth as its weights. For each vertex:
 *
 * 1. Project the particles around its triangle into the triangle's plane, and weight them by their distance.
 * 2. Find the shares that give all linear fields as they are, so that cloth which shifts, turns or stretches evenly does
 *    so up to its hems.
 * 3. Where the particles do not span the plane, keep the shares of the triangle's corners.
 */
import { forEachIndex, type Sliced } from '../math/sliced.ts';
import type { ParticleBinding } from './bind-to-particles.ts';

/** The particles that move each welded vertex, and by which shares. */
export interface SmoothShares {
  /** 1 + welded vertices: where the particles of a vertex begin. */
  readonly starts: Uint32Array;
  readonly particles: Uint32Array;
  /** As `particles`. They sum to 1, or to 0 where no particle moves the vertex. */
  readonly shares: Float32Array;
}

/** Distance at which weights end, mean edges: the particles next to a triangle's corners are within it. */
const REACH_EDGES = 2;
/**
 * Power of 1 − (distance / reach)² in a weight. Waves four edges long keep two thirds of their height, and the zigzag
 * between neighbours a fifth. With half of it they keep a half and a tenth; with twice of it triangles show again.
 */
const POWER = 6;
/** Least determinant of the moments, of weights with the sum 1 and lengths in reaches. */
const MIN_DETERMINANT = 1e-5;
/** Largest sum of the shares' absolute values: with more, errors of single particles grow. */
const MAX_SUM = 2;

/**
 * Returns the shares (steps above).
 *
 * @param positions 3 × welded vertices as modelled, metres.
 * @param binding the triangle's corners that are next to each vertex, and their shares.
 * @param vertices by particle: its welded vertex.
 * @param triangles 3 × triangles: particles.
 */
export function* smoothShares(
  positions: ArrayLike<number>,
  { movers, shares }: ParticleBinding,
  vertices: ArrayLike<number>,
  triangles: ArrayLike<number>,
): Sliced<SmoothShares> {
  const { neighbours, edges } = findRings(positions, vertices, triangles);
  yield;
  const count = shares.length / 3;
  const starts = new Uint32Array(count + 1);
  const chosen: number[] = [];
  const weights: number[] = [];
  const near: number[] = [];
  const values: number[] = [];
  const place = new Float64Array(3);
  const plane = new Float64Array(6);
  yield* forEachIndex(count, (w) => {
    const corners = [movers[3 * w], movers[3 * w + 1], movers[3 * w + 2]];
    let reach = 0;
    place.fill(0);
    for (let k = 0; k < 3; k++) {
      const share = shares[3 * w + k];
      reach += REACH_EDGES * share * edges[corners[k]];
      for (let axis = 0; axis < 3; axis++) place[axis] += share * positions[3 * vertices[corners[k]] + axis];
    }
    near.length = 0;
    if (reach > 0 && spanPlane(positions, vertices, corners, plane))
      for (const corner of corners) for (const i of neighbours[corner]) if (!near.includes(i)) near.push(i);
    if (near.length > 0 && solveShares(positions, vertices, { near, place, plane, reach, values }))
      for (let n = 0; n < near.length; n++) {
        if (values[n] === 0) continue;
        chosen.push(near[n]);
        weights.push(values[n]);
      }
    else
      for (let k = 0; k < 3; k++) {
        if (shares[3 * w + k] === 0) continue;
        chosen.push(corners[k]);
        weights.push(shares[3 * w + k]);
      }
    starts[w + 1] = chosen.length;
  });
  return { starts, particles: Uint32Array.from(chosen), shares: Float32Array.from(weights) };
}

/** Returns by particle its neighbours, itself among them, and the mean length of its edges, metres. */
function findRings(
  positions: ArrayLike<number>,
  vertices: ArrayLike<number>,
  triangles: ArrayLike<number>,
): { neighbours: number[][]; edges: Float64Array } {
  const neighbours = Array.from(vertices, (_, i) => [i]);
  for (let k = 0; k < triangles.length; k++) {
    const [a, b] = [triangles[k], triangles[k % 3 === 2 ? k - 2 : k + 1]];
    if (!neighbours[a].includes(b)) neighbours[a].push(b);
    if (!neighbours[b].includes(a)) neighbours[b].push(a);
  }
  const edges = Float64Array.from(neighbours, ([i, ...others]) => {
    let sum = 0;
    for (const j of others) {
      const [a, b] = [3 * vertices[i], 3 * vertices[j]];
      const [x, y, z] = [0, 1, 2].map((axis) => positions[a + axis] - positions[b + axis]);
      sum += Math.sqrt(x * x + y * y + z * z);
    }
    return sum / Math.max(1, others.length);
  });
  return { neighbours, edges };
}

/** Writes to `plane` two unit vectors that span the plane of a triangle; false if its corners are on a line. */
function spanPlane(
  p: ArrayLike<number>,
  vertices: ArrayLike<number>,
  [a, b, c]: readonly number[],
  plane: Float64Array,
): boolean {
  let uu = 0;
  let uv = 0;
  for (let axis = 0; axis < 3; axis++) {
    plane[axis] = p[3 * vertices[b] + axis] - p[3 * vertices[a] + axis];
    plane[3 + axis] = p[3 * vertices[c] + axis] - p[3 * vertices[a] + axis];
    uu += plane[axis] * plane[axis];
    uv += plane[axis] * plane[3 + axis];
  }
  let vv = 0;
  for (let axis = 0; axis < 3; axis++) {
    plane[3 + axis] -= (uv / uu) * plane[axis];
    vv += plane[3 + axis] * plane[3 + axis];
  }
  // Not a number where a and b are at one place.
  if (!(vv > 1e-6 * uu)) return false;
  for (let axis = 0; axis < 3; axis++) {
    plane[axis] /= Math.sqrt(uu);
    plane[3 + axis] /= Math.sqrt(vv);
  }
  return true;
}

/** What `solveShares` knows of a vertex: the particles near it, its place (metres), and the plane of its triangle. */
interface Surroundings {
  near: readonly number[];
  place: Float64Array;
  plane: Float64Array;
  /** Distance at which weights end, metres. */
  reach: number;
  /** Receives the shares of `near`. */
  values: number[];
}

/** Steps 1 and 2 of a vertex. Returns false if the particles do not span the plane. */
function solveShares(
  p: ArrayLike<number>,
  vertices: ArrayLike<number>,
  { near, place, plane, reach, values }: Surroundings,
): boolean {
  const us: number[] = [];
  const vs: number[] = [];
  let [sum, su, sv, suu, suv, svv] = [0, 0, 0, 0, 0, 0];
  values.length = 0;
  for (const i of near) {
    let [u, v, square] = [0, 0, 0];
    for (let axis = 0; axis < 3; axis++) {
      const d = (p[3 * vertices[i] + axis] - place[axis]) / reach;
      u += d * plane[axis];
      v += d * plane[3 + axis];
      square += d * d;
    }
    const weight = square < 1 ? (1 - square) ** POWER : 0;
    us.push(u);
    vs.push(v);
    values.push(weight);
    sum += weight;
    su += weight * u;
    sv += weight * v;
    suu += weight * u * u;
    suv += weight * u * v;
    svv += weight * v * v;
  }
  const minor = suu * svv - suv * suv;
  const determinant = sum * minor - su * (su * svv - suv * sv) + sv * (su * suv - suu * sv);
  if (!(determinant > MIN_DETERMINANT * sum ** 3)) return false;
  // The first row of the inverse of the moments: a field that is 1 at the vertex's own place.
  const [f, g, h] = [minor, suv * sv - su * svv, su * suv - suu * sv].map((value) => value / determinant);
  let size = 0;
  for (let n = 0; n < near.length; n++) {
    values[n] *= f + g * us[n] + h * vs[n];
    size += Math.abs(values[n]);
  }
  return size < MAX_SUM;
}

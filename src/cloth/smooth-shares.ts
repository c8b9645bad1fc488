/**
 * Spreads the movement of a garment's particles to its welded vertices without creases. Linear interpolation within each
 * triangle bends the cloth only at the triangles' sides: wherever it is more or less curved than modelled, it looks
 * quilted. Moving least squares (Levin 1998) give a field that is as smooth as its weights. For each vertex:
 *
 * 1. Project the particles around its triangle into the triangle's plane, and weight them by their distance: the sixth
 *    power of 1 − (distance / reach)². Long waves keep most of their height, and the zigzag between neighbours all
 *    but goes. With half the power more skin comes through, with twice of it triangles show again.
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
/** Least determinant of the moments, of weights with the sum 1 and lengths in reaches. */
const MIN_DETERMINANT = 1e-5;
/** Least height of a triangle whose plane is known, as a share of its base. */
const MIN_SLIMNESS = 1e-3;
/** Largest sum of the shares' absolute values: with more, errors of single particles grow. */
const MAX_SUM = 2;

/** Most particles around a triangle that are looked at; around that of a surface there are 12. */
const MOST_NEAR = 64;

// Scratch of one vertex: the particles around its triangle; where they are in the triangle's plane, in reaches from the
// vertex; their shares.
const near = new Int32Array(MOST_NEAR);
const us = new Float64Array(MOST_NEAR);
const vs = new Float64Array(MOST_NEAR);
const values = new Float64Array(MOST_NEAR);
/** Scratch of one vertex: its place, metres, and two unit vectors that span the plane of its triangle. */
const place = new Float64Array(3);
const plane = new Float64Array(6);

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
  const places = new Float64Array(3 * vertices.length);
  for (let k = 0; k < places.length; k++) places[k] = positions[3 * vertices[Math.floor(k / 3)] + (k % 3)];
  const { neighbours, edges } = findRings(places, triangles);
  yield;
  const count = shares.length / 3;
  const starts = new Uint32Array(count + 1);
  const chosen: number[] = [];
  const weights: number[] = [];
  /** By particle: the last vertex that has it near. */
  const nearTo = new Int32Array(vertices.length).fill(-1);
  yield* forEachIndex(count, (w) => {
    let reach = 0;
    place.fill(0);
    for (let k = 3 * w; k < 3 * w + 3; k++) {
      reach += REACH_EDGES * shares[k] * edges[movers[k]];
      for (let axis = 0; axis < 3; axis++) place[axis] += shares[k] * places[3 * movers[k] + axis];
    }
    let nearCount = 0;
    if (reach > 0 && spanPlane(places, 3 * movers[3 * w], 3 * movers[3 * w + 1], 3 * movers[3 * w + 2]))
      for (let k = 3 * w; k < 3 * w + 3; k++)
        for (const i of neighbours[movers[k]]) {
          if (nearTo[i] === w || nearCount === MOST_NEAR) continue;
          nearTo[i] = w;
          near[nearCount++] = i;
        }
    if (nearCount > 0 && solveShares(places, nearCount, reach))
      for (let n = 0; n < nearCount; n++) {
        if (values[n] === 0) continue;
        chosen.push(near[n]);
        weights.push(values[n]);
      }
    else
      for (let k = 3 * w; k < 3 * w + 3; k++) {
        if (shares[k] === 0) continue;
        chosen.push(movers[k]);
        weights.push(shares[k]);
      }
    starts[w + 1] = chosen.length;
  });
  return { starts, particles: Uint32Array.from(chosen), shares: Float32Array.from(weights) };
}

/** Returns by particle its neighbours, itself among them, and the mean length of its edges, metres. */
function findRings(p: Float64Array, triangles: ArrayLike<number>): { neighbours: number[][]; edges: Float64Array } {
  const neighbours = Array.from({ length: p.length / 3 }, (_, i) => [i]);
  for (let k = 0; k < triangles.length; k++) {
    const a = triangles[k];
    const b = triangles[k % 3 === 2 ? k - 2 : k + 1];
    if (!neighbours[a].includes(b)) neighbours[a].push(b);
    if (!neighbours[b].includes(a)) neighbours[b].push(a);
  }
  const edges = Float64Array.from(neighbours, (ring, i) => {
    let sum = 0;
    for (const j of ring) {
      const x = p[3 * i] - p[3 * j];
      const y = p[3 * i + 1] - p[3 * j + 1];
      const z = p[3 * i + 2] - p[3 * j + 2];
      sum += Math.sqrt(x * x + y * y + z * z);
    }
    return sum / Math.max(1, ring.length - 1);
  });
  return { neighbours, edges };
}

/** Writes to `plane` what spans the plane of a triangle; false if its corners are on a line. Indices of corners in `p`. */
function spanPlane(p: Float64Array, a: number, b: number, c: number): boolean {
  let uu = 0;
  let uv = 0;
  for (let axis = 0; axis < 3; axis++) {
    plane[axis] = p[b + axis] - p[a + axis];
    plane[3 + axis] = p[c + axis] - p[a + axis];
    uu += plane[axis] * plane[axis];
    uv += plane[axis] * plane[3 + axis];
  }
  let vv = 0;
  for (let axis = 0; axis < 3; axis++) {
    plane[3 + axis] -= (uv / uu) * plane[axis];
    vv += plane[3 + axis] * plane[3 + axis];
  }
  // Not a number where a and b are at one place.
  if (!(vv > MIN_SLIMNESS * MIN_SLIMNESS * uu)) return false;
  for (let axis = 0; axis < 3; axis++) {
    plane[axis] /= Math.sqrt(uu);
    plane[3 + axis] /= Math.sqrt(vv);
  }
  return true;
}

/**
 * Steps 1 and 2 of a vertex: writes the shares of the first `nearCount` particles of `near` to `values`. Returns false
 * if they do not span the plane.
 *
 * @param reach distance at which weights end, metres.
 */
function solveShares(p: Float64Array, nearCount: number, reach: number): boolean {
  let sum = 0;
  let su = 0;
  let sv = 0;
  let suu = 0;
  let suv = 0;
  let svv = 0;
  for (let n = 0; n < nearCount; n++) {
    const o = 3 * near[n];
    const x = (p[o] - place[0]) / reach;
    const y = (p[o + 1] - place[1]) / reach;
    const z = (p[o + 2] - place[2]) / reach;
    const u = x * plane[0] + y * plane[1] + z * plane[2];
    const v = x * plane[3] + y * plane[4] + z * plane[5];
    const square = x * x + y * y + z * z;
    const within = Math.max(0, 1 - square);
    const cube = within * within * within;
    const weight = cube * cube;
    us[n] = u;
    vs[n] = v;
    values[n] = weight;
    sum += weight;
    su += weight * u;
    sv += weight * v;
    suu += weight * u * u;
    suv += weight * u * v;
    svv += weight * v * v;
  }
  // The first row of the inverse of the moments: of all linear fields, the value at the vertex.
  const first = suu * svv - suv * suv;
  const second = suv * sv - su * svv;
  const third = su * suv - suu * sv;
  const determinant = sum * first + su * second + sv * third;
  if (!(determinant > MIN_DETERMINANT * sum ** 3)) return false;
  let size = 0;
  for (let n = 0; n < nearCount; n++) {
    values[n] *= (first + second * us[n] + third * vs[n]) / determinant;
    size += Math.abs(values[n]);
  }
  return size < MAX_SUM;
}

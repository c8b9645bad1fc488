// Measures how much cloth is pushed together, and how steep the folds finer than its mesh are, for eight axes at a time
// (SIMD; the last two are not used). AssemblyScript, compiled by `node tools/run.mjs tools/make-kernels.ts`.
// src/cloth/compression.ts and fine-folds.ts describe the formulas, and call the functions in this order:
//
// 1. `reserveVertices()` and `reserveSheet()` reserve the memory, once; the caller fills it (below).
// 2. `countTriangles()`, once.
// 3. `measureCompression()` for each frame.
// 4. `writeFolds()`.
//
// The exported addresses, bytes:
//
// positions: for each particle (x, y, z, 1), metres.
// triangles: for each triangle its three particles, by their numbers.
// coefficients: for each triangle four times eight floats: of the squares of its first side, of the product of its sides,
//   and of the squares of its second side, then the sum without compression.
// perWeights: for each particle eight floats: 1 / (sum of the weights of its triangles), 0 where none has the axis.
// shares: for each particle eight floats: its compression; written by `measureCompression`.
// movers: for each vertex the three particles that move it, by their numbers, and their shares.
// folds: for each vertex eight bytes: slopes of the folds, 255 for 1; written by `writeFolds`.
import { takeMemory } from './take-memory.as';
import { sumEach } from './vectors.as';

const COEFFICIENT_BYTES: i32 = 128;
const AXES_BYTES: i32 = 32;
const MOVER_BYTES: i32 = 24;
const STEEPEST: f32 = 255;

export let positions: i32 = 0;
export let triangles: i32 = 0;
export let coefficients: i32 = 0;
export let perWeights: i32 = 0;
export let shares: i32 = 0;
export let movers: i32 = 0;
export let folds: i32 = 0;
/** For each particle eight floats: the sum of its triangles' compression in this frame, and the slope of its folds. */
let sums: i32 = 0;
let slopes: i32 = 0;
/** For each particle three times the number of triangles around it, at least 1. */
let counts: i32 = 0;

let particleCount: i32 = 0;
let triangleCount: i32 = 0;
let vertexCount: i32 = 0;

/** Reserves the memory of the vertices, and sets its addresses. */
export function reserveVertices(vertices: i32): void {
  vertexCount = vertices;
  movers = takeMemory(MOVER_BYTES * vertices);
  folds = takeMemory(8 * vertices);
}

/** Reserves the memory of the sheet, and sets its addresses. */
export function reserveSheet(particles: i32, trianglesOfSheet: i32): void {
  particleCount = particles;
  triangleCount = trianglesOfSheet;
  positions = takeMemory(16 * particles);
  triangles = takeMemory(12 * trianglesOfSheet);
  coefficients = takeMemory(COEFFICIENT_BYTES * trianglesOfSheet);
  perWeights = takeMemory(AXES_BYTES * particles);
  shares = takeMemory(AXES_BYTES * particles);
  sums = takeMemory(AXES_BYTES * particles);
  slopes = takeMemory(AXES_BYTES * particles);
  counts = takeMemory(4 * particles);
}

/** Counts the triangles around each particle. To be called once, after `triangles` is filled. */
export function countTriangles(): void {
  for (let at = triangles; at < triangles + 12 * triangleCount; at += 4) {
    const count = counts + 4 * load<i32>(at);
    store<f32>(count, load<f32>(count) + 3);
  }
  for (let at = counts; at < counts + 4 * particleCount; at += 4) store<f32>(at, max<f32>(1, load<f32>(at)));
}

/**
 * Brings `shares` nearer to the compression at `positions`.
 *
 * @param perSquare 1 / (by how much the cloth is larger than modelled)².
 * @param blend 0..1: how far the shares go to those of this frame.
 */
export function measureCompression(perSquare: f32, blend: f32): void {
  memory.fill(sums, 0, AXES_BYTES * particleCount);
  const scale = f32x4.splat(perSquare);
  for (let t = 0; t < triangleCount; t++) {
    const corners = triangles + 12 * t;
    const a = load<i32>(corners);
    const b = load<i32>(corners, 4);
    const c = load<i32>(corners, 8);
    const start = v128.load(positions + 16 * a);
    const u = f32x4.sub(v128.load(positions + 16 * b), start);
    const v = f32x4.sub(v128.load(positions + 16 * c), start);
    const products = sumEach(f32x4.mul(u, u), f32x4.mul(u, v), f32x4.mul(v, v), f32x4.splat(0));
    const scaled = f32x4.mul(products, scale);
    const uu = v128.shuffle<f32>(scaled, scaled, 0, 0, 0, 0);
    const uv = v128.shuffle<f32>(scaled, scaled, 1, 1, 1, 1);
    const vv = v128.shuffle<f32>(scaled, scaled, 2, 2, 2, 2);
    for (let half = 0; half < 32; half += 16) {
      const at = coefficients + COEFFICIENT_BYTES * t + half;
      let share = f32x4.sub(v128.load(at, 96), f32x4.mul(v128.load(at), uu));
      share = f32x4.sub(share, f32x4.mul(v128.load(at, 32), uv));
      share = f32x4.sub(share, f32x4.mul(v128.load(at, 64), vv));
      add(sums + AXES_BYTES * a + half, share);
      add(sums + AXES_BYTES * b + half, share);
      add(sums + AXES_BYTES * c + half, share);
    }
  }
  const blends = f32x4.splat(blend);
  for (let offset = 0; offset < AXES_BYTES * particleCount; offset += 16) {
    const share = v128.load(shares + offset);
    const now = f32x4.mul(v128.load(sums + offset), v128.load(perWeights + offset));
    v128.store(shares + offset, f32x4.add(share, f32x4.mul(blends, f32x4.sub(now, share))));
  }
}

@inline
function add(at: i32, vector: v128): void {
  v128.store(at, f32x4.add(v128.load(at), vector));
}

/** Writes to `to` the mean over the triangles around each particle of the means of their corners in `from`. */
function spread(from: i32, to: i32): void {
  memory.fill(to, 0, AXES_BYTES * particleCount);
  for (let t = 0; t < triangleCount; t++) {
    const corners = triangles + 12 * t;
    const a = load<i32>(corners);
    const b = load<i32>(corners, 4);
    const c = load<i32>(corners, 8);
    for (let half = 0; half < AXES_BYTES; half += 16) {
      const two = f32x4.add(v128.load(from + AXES_BYTES * a + half), v128.load(from + AXES_BYTES * b + half));
      const sum = f32x4.add(two, v128.load(from + AXES_BYTES * c + half));
      add(to + AXES_BYTES * a + half, sum);
      add(to + AXES_BYTES * b + half, sum);
      add(to + AXES_BYTES * c + half, sum);
    }
  }
  for (let i = 0; i < particleCount; i++) {
    const count = v128.load32_splat(counts + 4 * i);
    const at = to + AXES_BYTES * i;
    v128.store(at, f32x4.div(v128.load(at), count));
    v128.store(at, f32x4.div(v128.load(at, 16), count), 16);
  }
}

/**
 * Writes `folds`: at a vertex the mean slope of the particles that move it, by their shares. A particle has the
 * compression of its surroundings, two edges wide: a fold goes on where the cloth beside it is pushed together. What is
 * beyond `closing` folds: c. If C is the largest c of a particle, f = (c − `cross` × C) / (1 − `cross`) makes a slope of
 * 2 f / √(f + `soft`), at most 1; none if f is below 0.
 */
export function writeFolds(closing: f32, cross: f32, soft: f32): void {
  const none = f32x4.splat(0);
  spread(shares, slopes);
  spread(slopes, sums);
  for (let offset = 0; offset < AXES_BYTES * particleCount; offset += AXES_BYTES) {
    const first = f32x4.sub(v128.load(sums + offset), f32x4.splat(closing));
    const second = f32x4.sub(v128.load(sums + offset, 16), f32x4.splat(closing));
    const four = f32x4.pmax(first, second);
    const two = f32x4.pmax(four, v128.shuffle<f32>(four, four, 2, 3, 0, 1));
    const largest = f32x4.pmax(none, f32x4.pmax(two, v128.shuffle<f32>(two, two, 1, 0, 3, 2)));
    const crossing = f32x4.mul(f32x4.splat(cross), largest);
    v128.store(slopes + offset, slopeOf(f32x4.sub(first, crossing), cross, soft));
    v128.store(slopes + offset, slopeOf(f32x4.sub(second, crossing), cross, soft), 16);
  }
  for (let v = 0; v < vertexCount; v++) {
    const mover = movers + MOVER_BYTES * v;
    const a = slopes + AXES_BYTES * load<i32>(mover);
    const b = slopes + AXES_BYTES * load<i32>(mover, 4);
    const c = slopes + AXES_BYTES * load<i32>(mover, 8);
    const shareA = v128.load32_splat(mover, 12);
    const shareB = v128.load32_splat(mover, 16);
    const shareC = v128.load32_splat(mover, 20);
    const first = mean(v128.load(a), v128.load(b), v128.load(c), shareA, shareB, shareC);
    const second = mean(v128.load(a, 16), v128.load(b, 16), v128.load(c, 16), shareA, shareB, shareC);
    const halves = i16x8.narrow_i32x4_s(i32x4.trunc_sat_f32x4_s(first), i32x4.trunc_sat_f32x4_s(second));
    v128.store_lane<u64>(folds + 8 * v, i8x16.narrow_i16x8_u(halves, halves), 0);
  }
}

/** Slopes of the folds, STEEPEST for 1, if `aligned` is c − `cross` × C (see `writeFolds`). */
@inline
function slopeOf(aligned: v128, cross: f32, soft: f32): v128 {
  const folded = f32x4.pmax(f32x4.splat(0), f32x4.div(aligned, f32x4.splat(1 - cross)));
  const root = f32x4.sqrt(f32x4.add(folded, f32x4.splat(soft)));
  const slope = f32x4.pmin(f32x4.splat(1), f32x4.div(f32x4.add(folded, folded), root));
  return f32x4.mul(f32x4.splat(STEEPEST), slope);
}

@inline
function mean(a: v128, b: v128, c: v128, shareA: v128, shareB: v128, shareC: v128): v128 {
  return f32x4.add(f32x4.add(f32x4.mul(a, shareA), f32x4.mul(b, shareB)), f32x4.mul(c, shareC));
}

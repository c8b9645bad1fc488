// Poses the skin of the body, and measures how far points are from it. AssemblyScript, compiled by
// `node tools/run.mjs tools/make-kernels.ts`; src/cloth/posed-skin.ts calls the functions in this order:
//
// 1. `reserveSkin()` reserves the memory, once; the caller fills it (below).
// 2. `poseSkin()` for each pose.
// 3. `findSamples()` for points that may be near the samples of the skin.
// 4. `measurePoints()` for points near the skin.
//
// The exported addresses, bytes. `bones` and `bindings`: see blend-bones.as.ts.
//
// restPlaces, restNormals: for each vertex its place in the rest pose, metres, and unit normal there: 3 floats each.
// places, normals: the same in the pose; written by `poseSkin`.
// ringStarts: for each vertex the address of its ring, which is a list of vertices, each as 12 × its number: the vertex
//   itself, its neighbours, and the vertex itself again until the ring's length is a multiple of four. One more address
//   is the end of the last ring.
// ringCounts: for each vertex the number of its neighbours + 1.
// rings: the rings.
// points: for each point (x, y, z, 1), metres.
// nearest: for each point its nearest vertex when last measured; below 0: the point is not measured.
// samples: vertices of the skin by their numbers; samplePlaces: their places, written by `poseSkin`: for each four samples
//   four x, four y and four z, metres.
// clearances: for each point the unit vector outwards, and the distance from the skin, metres.
import { BINDING_BYTES, blendColumn, MATRIX_BYTES, turn } from './blend-bones.as';
import { takeMemory } from './take-memory.as';
import { clearLast, sumAll, sumEach } from './vectors.as';

/**
 * Added to the squared distance from a vertex, m², so that its weight stays finite when the point is on it: (3 mm)²,
 * where 3 mm is a sixth of a typical edge of the mannequin.
 */
const SOFTENING: f32 = 9e-6;
/** Smallest length of the mean normal before it is made 1. */
const MIN_LENGTH: f32 = 1e-20;

export let bones: i32 = 0;
export let bindings: i32 = 0;
export let restPlaces: i32 = 0;
export let restNormals: i32 = 0;
export let places: i32 = 0;
export let normals: i32 = 0;
export let ringStarts: i32 = 0;
export let ringCounts: i32 = 0;
export let rings: i32 = 0;
export let points: i32 = 0;
export let nearest: i32 = 0;
export let clearances: i32 = 0;
export let samples: i32 = 0;
let samplePlaces: i32 = 0;
let vertexCount: i32 = 0;
let sampleCount: i32 = 0;

/**
 * Reserves the memory, and sets the addresses. `ringLength`: of all rings. `pointCount`: most points at a time.
 * `samplesOfSkin`: number of samples, a multiple of four.
 */
export function reserveSkin(
  vertices: i32,
  boneCount: i32,
  ringLength: i32,
  pointCount: i32,
  samplesOfSkin: i32,
): void {
  vertexCount = vertices;
  sampleCount = samplesOfSkin;
  bones = takeMemory(MATRIX_BYTES * boneCount);
  bindings = takeMemory(BINDING_BYTES * vertices);
  restPlaces = takeMemory(12 * vertices);
  restNormals = takeMemory(12 * vertices);
  // Four floats are written for each vertex; the fourth is overwritten by the next vertex.
  places = takeMemory(12 * vertices + 4);
  normals = takeMemory(12 * vertices + 4);
  ringStarts = takeMemory(4 * (vertices + 1));
  ringCounts = takeMemory(4 * vertices);
  rings = takeMemory(4 * ringLength);
  points = takeMemory(16 * pointCount);
  nearest = takeMemory(4 * pointCount);
  clearances = takeMemory(16 * pointCount);
  samples = takeMemory(4 * samplesOfSkin);
  samplePlaces = takeMemory(12 * samplesOfSkin);
}

/** Poses all vertices. */
export function poseSkin(): void {
  for (let v = 0; v < vertexCount; v++) {
    const binding = bindings + BINDING_BYTES * v;
    const offset = 12 * v;
    const x = blendColumn(bones, binding, 0);
    const y = blendColumn(bones, binding, 16);
    const z = blendColumn(bones, binding, 32);
    const shift = blendColumn(bones, binding, 48);
    v128.store(places + offset, f32x4.add(turn(x, y, z, restPlaces + offset), shift));
    v128.store(normals + offset, turn(x, y, z, restNormals + offset));
  }
  for (let s = 0; s < sampleCount; s++) {
    const place = places + 12 * load<i32>(samples + 4 * s);
    const to = samplePlaces + 48 * (s >> 2) + 4 * (s & 3);
    store<f32>(to, load<f32>(place));
    store<f32>(to + 16, load<f32>(place, 4));
    store<f32>(to + 32, load<f32>(place, 8));
  }
}

/**
 * Writes to `nearest` the sample that is nearest to each of the first `count` points, below 0 if it is not within `reach`
 * metres; points whose `nearest` is below 0 are left. (x, y, z): what is added to the points, metres.
 */
export function findSamples(count: i32, x: f32, y: f32, z: f32, reach: f32): void {
  for (let i = 0; i < count; i++) {
    if (load<i32>(nearest + 4 * i) < 0) continue;
    const px = f32x4.splat(load<f32>(points + 16 * i) + x);
    const py = f32x4.splat(load<f32>(points + 16 * i, 4) + y);
    const pz = f32x4.splat(load<f32>(points + 16 * i, 8) + z);
    let leastSquares = f32x4.splat(reach * reach);
    let vertices = i32x4.splat(-1);
    for (let s = 0; s < sampleCount; s += 4) {
      const at = samplePlaces + 12 * s;
      const dx = f32x4.sub(v128.load(at), px);
      const dy = f32x4.sub(v128.load(at, 16), py);
      const dz = f32x4.sub(v128.load(at, 32), pz);
      const squares = f32x4.add(f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)), f32x4.mul(dz, dz));
      const isLess = f32x4.lt(squares, leastSquares);
      leastSquares = v128.bitselect(squares, leastSquares, isLess);
      vertices = v128.bitselect(v128.load(samples + 4 * s), vertices, isLess);
    }
    store<i32>(nearest + 4 * i, ofLeast(leastSquares, vertices));
  }
}

/** Returns of four values that of the lane in which `squares` is least. */
@inline
function ofLeast(squares: v128, values: v128): i32 {
  let least = f32x4.extract_lane(squares, 0);
  let value = i32x4.extract_lane(values, 0);
  if (f32x4.extract_lane(squares, 1) < least) {
    least = f32x4.extract_lane(squares, 1);
    value = i32x4.extract_lane(values, 1);
  }
  if (f32x4.extract_lane(squares, 2) < least) {
    least = f32x4.extract_lane(squares, 2);
    value = i32x4.extract_lane(values, 2);
  }
  if (f32x4.extract_lane(squares, 3) < least) value = i32x4.extract_lane(values, 3);
  return value;
}

/**
 * Measures the first `count` points: writes `nearest` and `clearances`, as `measureClearance` of src/garment does, with
 * the same formulas. (x, y, z): what is added to the points, metres.
 */
export function measurePoints(count: i32, x: f32, y: f32, z: f32): void {
  const shift = f32x4(x, y, z, 0);
  for (let i = 0; i < count; i++) {
    const start = load<i32>(nearest + 4 * i);
    if (start < 0) continue;
    const point = f32x4.add(v128.load(points + 16 * i), shift);
    const vertex = walk(point, start);
    store<i32>(nearest + 4 * i, vertex);
    v128.store(clearances + 16 * i, average(point, vertex));
  }
}

/** Walks along the edges of the skin to nearer and nearer vertices, from `start`, and returns the last. */
function walk(point: v128, start: i32): i32 {
  let vertex = start;
  while (true) {
    const next = nearestOfRing(point, vertex);
    if (next == vertex) return vertex;
    vertex = next;
  }
}

/** Returns that of a vertex and its neighbours which is nearest to the point; the vertex itself if the point is NaN. */
function nearestOfRing(point: v128, vertex: i32): i32 {
  const end = load<i32>(ringStarts + 4 * vertex, 4);
  let leastSquares = f32x4.splat(Infinity);
  let leastOffsets = i32x4.splat(12 * vertex);
  for (let at = load<i32>(ringStarts + 4 * vertex); at < end; at += 16) {
    const d0 = toPlace(point, load<i32>(at));
    const d1 = toPlace(point, load<i32>(at, 4));
    const d2 = toPlace(point, load<i32>(at, 8));
    const d3 = toPlace(point, load<i32>(at, 12));
    const squares = sumEach(f32x4.mul(d0, d0), f32x4.mul(d1, d1), f32x4.mul(d2, d2), f32x4.mul(d3, d3));
    const isLess = f32x4.lt(squares, leastSquares);
    leastSquares = v128.bitselect(squares, leastSquares, isLess);
    leastOffsets = v128.bitselect(v128.load(at), leastOffsets, isLess);
  }
  return ofLeast(leastSquares, leastOffsets) / 12;
}

/** The vector from the place of the vertex at `offset` to the point. */
@inline
function toPlace(point: v128, offset: i32): v128 {
  return clearLast(f32x4.sub(point, v128.load(places + offset)));
}

/** Averages the distances from the tangent planes of a vertex and its neighbours, with weight 1 / distance⁴. */
function average(point: v128, vertex: i32): v128 {
  const count = load<i32>(ringCounts + 4 * vertex);
  let at = load<i32>(ringStarts + 4 * vertex);
  let weights = f32x4.splat(0);
  let distances = f32x4.splat(0);
  let normal = f32x4.splat(0);
  for (let n = 0; n < count; n += 4, at += 16) {
    const o0 = load<i32>(at);
    const o1 = load<i32>(at, 4);
    const o2 = load<i32>(at, 8);
    const o3 = load<i32>(at, 12);
    const d0 = toPlace(point, o0);
    const d1 = toPlace(point, o1);
    const d2 = toPlace(point, o2);
    const d3 = toPlace(point, o3);
    const n0 = v128.load(normals + o0);
    const n1 = v128.load(normals + o1);
    const n2 = v128.load(normals + o2);
    const n3 = v128.load(normals + o3);
    const squares = sumEach(f32x4.mul(d0, d0), f32x4.mul(d1, d1), f32x4.mul(d2, d2), f32x4.mul(d3, d3));
    const heights = sumEach(f32x4.mul(d0, n0), f32x4.mul(d1, n1), f32x4.mul(d2, n2), f32x4.mul(d3, n3));
    const softened = f32x4.add(squares, f32x4.splat(SOFTENING));
    const isOfRing = i32x4.lt_s(i32x4.add(i32x4.splat(n), i32x4(0, 1, 2, 3)), i32x4.splat(count));
    const weight = v128.and(isOfRing, f32x4.div(f32x4.splat(1), f32x4.mul(softened, softened)));
    weights = f32x4.add(weights, weight);
    distances = f32x4.add(distances, f32x4.mul(weight, heights));
    normal = f32x4.add(normal, f32x4.mul(n0, v128.shuffle<f32>(weight, weight, 0, 0, 0, 0)));
    normal = f32x4.add(normal, f32x4.mul(n1, v128.shuffle<f32>(weight, weight, 1, 1, 1, 1)));
    normal = f32x4.add(normal, f32x4.mul(n2, v128.shuffle<f32>(weight, weight, 2, 2, 2, 2)));
    normal = f32x4.add(normal, f32x4.mul(n3, v128.shuffle<f32>(weight, weight, 3, 3, 3, 3)));
  }
  normal = clearLast(normal);
  const length = f32x4.pmax(f32x4.sqrt(sumAll(f32x4.mul(normal, normal))), f32x4.splat(MIN_LENGTH));
  const distance = f32x4.extract_lane(sumAll(distances), 0) / f32x4.extract_lane(sumAll(weights), 0);
  return f32x4.replace_lane(f32x4.div(normal, length), 3, distance);
}

// Poses the surface of a garment, moves it with the particles of its cloth, and turns it back to the rest pose.
// AssemblyScript, compiled by `node tools/run.mjs tools/make-kernels.ts`; src/cloth/cloth-surface.ts calls the functions
// in this order:
//
// 1. `reserveSurface()` reserves the memory, once; the caller fills it (below).
// 2. `poseSurface()` poses the vertices.
// 3. `moveSurface()` moves them as the particles have moved.
// 4. `unposeSurface()` writes `restPlaces` and `restNormals`, which the vertices' matrices pose as the moved surface is.
// 5. `writeClearances()` writes `clearances`.
// 6. `writeParts()` writes all three to the vertices of the garment's parts.
//
// `reserveClearances()` and `reserveParts()`, once, reserve the memory of steps 5 and 6.
//
// The exported addresses, bytes. `bones` and `bindings`: see blend-bones.as.ts.
//
// drape: for each vertex its place in the rest pose, metres: 3 floats.
// sources: for each particle the number of its vertex.
// places, ups: for each particle where it is posed, metres, and the direction that is up in the rest pose: (x, y, z, 1)
//   and (x, y, z, 0). Written by `poseSurface`.
// positions: for each particle where it is, metres: (x, y, z, 1).
// moverCounts: for each vertex the number of particles that move it.
// movers: for each vertex in turn, for each of these particles, 16 × its number and its share.
// triangles: for each triangle 16 × the numbers of its three vertices.
// restPlaces, restNormals: for each vertex 3 floats: place, metres, and unit normal.
//
// carriers: for each vertex 4 × the numbers of the three particles at the corners of its triangle, and their shares.
// distances: for each particle its distance from the skin, metres.
// clearances: for each vertex its clearance, metres.
//
// Of the vertices of all parts, in turn:
// partVertices: the number of the vertex of the surface that it is.
// partOffsets: what is added to the smooth normal: 3 floats.
// partPlaces, partNormals, partClearances: place, metres, unit normal, and clearance, metres: 3, 3 and 1 floats.
import { BINDING_BYTES, blendColumn, MATRIX_BYTES, turn } from './blend-bones.as';
import { takeMemory } from './take-memory.as';
import { clearLast, sumAll, sumEach } from './vectors.as';

const MOVER_BYTES: i32 = 8;
const CARRIER_BYTES: i32 = 24;
/** Smallest determinant of a blended matrix that is inverted: it is 1 for a rotation, less where skinning folds. */
const MIN_DETERMINANT: f32 = 0.05;
/** Smallest length of a normal before it is made 1; shorter normals stay shorter. */
const MIN_LENGTH: f32 = 1e-20;

export let bones: i32 = 0;
export let bindings: i32 = 0;
export let drape: i32 = 0;
export let sources: i32 = 0;
export let places: i32 = 0;
export let ups: i32 = 0;
export let positions: i32 = 0;
export let moverCounts: i32 = 0;
export let movers: i32 = 0;
export let triangles: i32 = 0;
export let restPlaces: i32 = 0;
export let restNormals: i32 = 0;
export let carriers: i32 = 0;
export let distances: i32 = 0;
export let clearances: i32 = 0;
export let partVertices: i32 = 0;
export let partOffsets: i32 = 0;
export let partPlaces: i32 = 0;
export let partNormals: i32 = 0;
export let partClearances: i32 = 0;
/** For each particle by how much it is off its place, then by how much the vertices there are moved, (x, y, z, 0), metres. */
let offsets: i32 = 0;
/** For each vertex: its matrix, its place in the pose (x, y, z, 1), and the sum of its triangles' normals. */
let matrices: i32 = 0;
let posed: i32 = 0;
let normals: i32 = 0;

let vertexCount: i32 = 0;
let particleCount: i32 = 0;
let triangleCount: i32 = 0;
let partVertexCount: i32 = 0;

/** Reserves the memory, and sets the addresses. */
export function reserveSurface(
  vertices: i32,
  boneCount: i32,
  particles: i32,
  trianglesOfSurface: i32,
  moversOfAll: i32,
): void {
  vertexCount = vertices;
  particleCount = particles;
  triangleCount = trianglesOfSurface;
  bones = takeMemory(MATRIX_BYTES * boneCount);
  bindings = takeMemory(BINDING_BYTES * vertices);
  drape = takeMemory(12 * vertices);
  sources = takeMemory(4 * particles);
  places = takeMemory(16 * particles);
  ups = takeMemory(16 * particles);
  positions = takeMemory(16 * particles);
  offsets = takeMemory(16 * particles);
  moverCounts = takeMemory(4 * vertices);
  movers = takeMemory(MOVER_BYTES * moversOfAll);
  triangles = takeMemory(12 * trianglesOfSurface);
  matrices = takeMemory(MATRIX_BYTES * vertices);
  posed = takeMemory(16 * vertices);
  normals = takeMemory(16 * vertices);
  // Four floats are written for each vertex; the fourth is overwritten by the next vertex.
  restPlaces = takeMemory(12 * vertices + 4);
  restNormals = takeMemory(12 * vertices + 4);
}

/** Reserves the memory of `writeClearances`, after `reserveSurface`. */
export function reserveClearances(): void {
  carriers = takeMemory(CARRIER_BYTES * vertexCount);
  distances = takeMemory(4 * particleCount);
  clearances = takeMemory(4 * vertexCount);
}

/** Reserves the memory of `writeParts`. `vertices`: of all parts. */
export function reserveParts(vertices: i32): void {
  partVertexCount = vertices;
  partVertices = takeMemory(4 * vertices);
  // Four floats are read and written for each vertex.
  partOffsets = takeMemory(12 * vertices + 4);
  partPlaces = takeMemory(12 * vertices + 4);
  partNormals = takeMemory(12 * vertices + 4);
  partClearances = takeMemory(4 * vertices);
}

/** Writes `clearances`: the means of the distances of the particles at a vertex. */
export function writeClearances(): void {
  for (let v = 0; v < vertexCount; v++) {
    const at = carriers + CARRIER_BYTES * v;
    const a = load<f32>(distances + load<i32>(at)) * load<f32>(at, 12);
    const b = load<f32>(distances + load<i32>(at, 4)) * load<f32>(at, 16);
    store<f32>(clearances + 4 * v, a + b + load<f32>(distances + load<i32>(at, 8)) * load<f32>(at, 20));
  }
}

/** Writes the surface to the vertices of the parts. */
export function writeParts(): void {
  for (let p = 0; p < partVertexCount; p++) {
    const v = load<i32>(partVertices + 4 * p);
    const offset = 12 * p;
    v128.store(partPlaces + offset, v128.load(restPlaces + 12 * v));
    const normal = clearLast(f32x4.add(v128.load(restNormals + 12 * v), v128.load(partOffsets + offset)));
    const length = f32x4.pmax(f32x4.sqrt(sumAll(f32x4.mul(normal, normal))), f32x4.splat(MIN_LENGTH));
    v128.store(partNormals + offset, f32x4.div(normal, length));
    store<f32>(partClearances + 4 * p, load<f32>(clearances + 4 * v));
  }
}

/** Poses the vertices of the drape, and writes `places` and `ups`. */
export function poseSurface(): void {
  for (let v = 0; v < vertexCount; v++) {
    const binding = bindings + BINDING_BYTES * v;
    const matrix = matrices + MATRIX_BYTES * v;
    const x = blendColumn(bones, binding, 0);
    const y = blendColumn(bones, binding, 16);
    const z = blendColumn(bones, binding, 32);
    const shift = blendColumn(bones, binding, 48);
    v128.store(matrix, x);
    v128.store(matrix, y, 16);
    v128.store(matrix, z, 32);
    v128.store(matrix, shift, 48);
    const place = f32x4.add(turn(x, y, z, drape + 12 * v), shift);
    // The sum of the weights, but for rounding.
    v128.store(posed + 16 * v, f32x4.replace_lane(place, 3, 1));
  }
  for (let i = 0; i < particleCount; i++) {
    const v = load<i32>(sources + 4 * i);
    v128.store(places + 16 * i, v128.load(posed + 16 * v));
    v128.store(ups + 16 * i, v128.load(matrices + MATRIX_BYTES * v, 16));
  }
}

/**
 * Moves each vertex as the particles around it are off their places. Then, where that leaves the vertex of a particle
 * farther than `most` metres from the particle, it moves the vertices around there so much nearer.
 */
export function moveSurface(most: f32): void {
  for (let at = 0; at < 16 * particleCount; at += 16)
    v128.store(offsets + at, f32x4.sub(v128.load(positions + at), v128.load(places + at)));
  let mover = movers;
  for (let v = 0; v < vertexCount; v++) {
    let place = v128.load(posed + 16 * v);
    const end = mover + MOVER_BYTES * load<i32>(moverCounts + 4 * v);
    for (; mover < end; mover += MOVER_BYTES)
      place = f32x4.add(place, f32x4.mul(v128.load(offsets + load<i32>(mover)), v128.load32_splat(mover, 4)));
    v128.store(posed + 16 * v, place);
  }
  for (let i = 0; i < particleCount; i++) {
    const place = v128.load(posed + 16 * load<i32>(sources + 4 * i));
    const left = f32x4.sub(v128.load(positions + 16 * i), place);
    const length = f32x4.sqrt(sumAll(f32x4.mul(left, left)));
    // Below 0 where the vertex is near enough, or at the particle.
    const share = f32x4.sub(f32x4.splat(1), f32x4.div(f32x4.splat(most), length));
    v128.store(offsets + 16 * i, f32x4.mul(left, f32x4.pmax(f32x4.splat(0), share)));
  }
  for (let v = 0; v < vertexCount; v++) {
    const at = carriers + CARRIER_BYTES * v;
    let place = v128.load(posed + 16 * v);
    for (let k = 0; k < 12; k += 4) {
      const offset = v128.load(offsets + 4 * load<i32>(at + k));
      place = f32x4.add(place, f32x4.mul(offset, v128.load32_splat(at + k, 12)));
    }
    v128.store(posed + 16 * v, place);
  }
}

/** Turns the surface back to the rest pose, by the inverse of the vertices' matrices. */
export function unposeSurface(): void {
  addNormals();
  for (let v = 0; v < vertexCount; v++) {
    const matrix = matrices + MATRIX_BYTES * v;
    const x = v128.load(matrix);
    const y = v128.load(matrix, 16);
    const z = v128.load(matrix, 32);
    const place = f32x4.sub(v128.load(posed + 16 * v), v128.load(matrix, 48));
    const normal = v128.load(normals + 16 * v);
    // The rows of the inverse, by its cofactors.
    const rowX = cross(y, z);
    const rowY = cross(z, x);
    const rowZ = cross(x, y);
    const determinant = f32x4.pmax(sumAll(f32x4.mul(x, rowX)), f32x4.splat(MIN_DETERMINANT));
    const none = f32x4.splat(0);
    const rest = sumEach(f32x4.mul(rowX, place), f32x4.mul(rowY, place), f32x4.mul(rowZ, place), none);
    v128.store(restPlaces + 12 * v, f32x4.div(rest, determinant));
    const restNormal = sumEach(f32x4.mul(rowX, normal), f32x4.mul(rowY, normal), f32x4.mul(rowZ, normal), none);
    const length = f32x4.pmax(f32x4.sqrt(sumAll(f32x4.mul(restNormal, restNormal))), f32x4.splat(MIN_LENGTH));
    v128.store(restNormals + 12 * v, f32x4.div(restNormal, length));
  }
}

/** Sums in `normals` those of the triangles around each vertex, by area. */
function addNormals(): void {
  memory.fill(normals, 0, 16 * vertexCount);
  const end = triangles + 12 * triangleCount;
  for (let at = triangles; at < end; at += 12) {
    const a = load<i32>(at);
    const b = load<i32>(at, 4);
    const c = load<i32>(at, 8);
    const corner = v128.load(posed + a);
    const normal = cross(f32x4.sub(v128.load(posed + b), corner), f32x4.sub(v128.load(posed + c), corner));
    add(normals + a, normal);
    add(normals + b, normal);
    add(normals + c, normal);
  }
}

@inline
function add(at: i32, vector: v128): void {
  v128.store(at, f32x4.add(v128.load(at), vector));
}

/** The cross product of two vectors (x, y, z, 0). */
@inline
function cross(a: v128, b: v128): v128 {
  const aYzx = v128.shuffle<f32>(a, a, 1, 2, 0, 3);
  const bYzx = v128.shuffle<f32>(b, b, 1, 2, 0, 3);
  const zxy = f32x4.sub(f32x4.mul(a, bYzx), f32x4.mul(aYzx, b));
  return v128.shuffle<f32>(zxy, zxy, 1, 2, 0, 3);
}

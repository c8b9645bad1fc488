// The heights of the cloth that covers the skin. `reserveCover()` reserves the memory, once; the caller fills it (below),
// and calls `coverWith()` for each garment.
//
// The exported addresses, bytes; four-byte values:
//
// starts: for each vertex of the skin, and one more, the address of the first of its neighbours in `around`.
// around: the vertices' neighbours, each as 4 × its number.
// heights: for each vertex the distance of the outermost cloth from it, metres; −∞ where it is bare.
// coverVertices: for each particle of a garment 4 × the nearest vertex of the skin; below 0: none.
// coverDistances: for each particle its distance from the skin, metres.
import { takeMemory } from './take-memory.as';

export let starts: i32 = 0;
export let around: i32 = 0;
export let heights: i32 = 0;
export let coverVertices: i32 = 0;
export let coverDistances: i32 = 0;
/** For each vertex the height of one garment: at the vertices next to its particles, and around them too. */
let own: i32 = 0;
let wide: i32 = 0;
/** The addresses, from `wide` on, of the vertices at which `wide` is not −∞. */
let covered: i32 = 0;

/** Reserves the memory, sets the addresses, and clears the heights. `points`: most particles of a garment. */
export function reserveCover(vertices: i32, neighbours: i32, points: i32): void {
  starts = takeMemory(4 * (vertices + 1));
  around = takeMemory(4 * neighbours);
  heights = takeMemory(4 * vertices);
  coverVertices = takeMemory(4 * points);
  coverDistances = takeMemory(4 * points);
  own = takeMemory(4 * vertices);
  wide = takeMemory(4 * vertices);
  // One more: an entry may be written that is not counted.
  covered = takeMemory(4 * (vertices + 1));
  for (let at = 0; at < 4 * vertices; at += 4) {
    store<f32>(heights + at, -Infinity);
    store<f32>(own + at, -Infinity);
    store<f32>(wide + at, -Infinity);
  }
}

/** Lays the first `points` particles over what is there. */
export function coverWith(points: i32): void {
  for (let n = 0; n < 4 * points; n += 4) {
    const v = load<i32>(coverVertices + n);
    const distance = load<f32>(coverDistances + n);
    if (v >= 0 && distance < Infinity && distance > load<f32>(own + v)) store<f32>(own + v, distance);
  }
  let end = covered;
  for (let n = 0; n < 4 * points; n += 4) {
    const v = load<i32>(coverVertices + n);
    if (v < 0) continue;
    const height = load<f32>(own + v);
    if (height == -Infinity) continue;
    store<f32>(own + v, -Infinity);
    end = raise(v, height, end);
    const last = load<i32>(starts + v, 4);
    for (let at = load<i32>(starts + v); at < last; at += 4) end = raise(load<i32>(at), height, end);
  }
  for (let n = covered; n < end; n += 4) {
    const v = load<i32>(n);
    let sum = load<f32>(wide + v);
    let weight: i32 = 1;
    const last = load<i32>(starts + v, 4);
    for (let at = load<i32>(starts + v); at < last; at += 4) {
      const height = load<f32>(wide + load<i32>(at));
      const isCovered = height != -Infinity;
      sum += select<f32>(height, 0, isCovered);
      weight += i32(isCovered);
    }
    const mean = sum / f32(weight);
    const before = load<f32>(heights + v);
    store<f32>(heights + v, select<f32>(mean, before, mean > before));
  }
  for (let n = covered; n < end; n += 4) store<f32>(wide + load<i32>(n), -Infinity);
}

/**
 * Raises `wide` at the vertex `v` to at least `height`; `end`: of the list of covered vertices, which is returned. It has
 * no branch: the processor would guess wrong half of the time.
 */
@inline
function raise(v: i32, height: f32, end: i32): i32 {
  const before = load<f32>(wide + v);
  store<i32>(end, v);
  store<f32>(wide + v, select<f32>(height, before, height > before));
  return end + (i32(before == -Infinity) << 2);
}

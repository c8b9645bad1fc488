// Finds the planes that the particles of a cloth lie on. Functions in order of call:
//
// 1. `reserveContacts()` reserves the memory, once; the caller fills it (below).
// 2. `markThighs()` chooses the particles for which the caller looks for a thigh.
// 3. `findPlanes()` writes `planes`.
// 4. `keepPlanes()`, once the particles have moved, measures `margins` and `distances`.
//
// The exported addresses, bytes; four-byte values:
//
// positions: for each particle (x, y, z, 1), metres.
// planes: for each particle unit normal, and minus the plane's distance from the origin, metres; (0, 0, 0, 0): none.
//   `findPlanes` reads the last ones, and writes the new ones.
// nearest, thighNearest: for each particle the nearest vertex of the skin, and of a thigh; below 0: none.
// onArms: for each particle 1 if an arm moves it most.
// tangents, thighTangents: for each particle the unit vector outwards from that vertex's surroundings, and its distance
//   from there, metres. `findPlanes` replaces the distance in `tangents` by minus the tangent plane's distance from the
//   origin.
// kept: for each particle the distance that it keeps from the skin, metres.
// floors, thighFloors: for each particle the height of the cloth beneath over that vertex, metres.
// margins: for each particle its distance from its plane, metres; NaN without a plane.
// distances: for each particle its distance from the skin, metres.
import { takeMemory } from './take-memory.as';

export let positions: i32 = 0;
export let planes: i32 = 0;
export let nearest: i32 = 0;
export let thighNearest: i32 = 0;
export let onArms: i32 = 0;
export let tangents: i32 = 0;
export let thighTangents: i32 = 0;
export let kept: i32 = 0;
export let floors: i32 = 0;
export let thighFloors: i32 = 0;
export let margins: i32 = 0;
export let distances: i32 = 0;
let count: i32 = 0;

/** Reserves the memory, and sets the addresses. */
export function reserveContacts(particles: i32): void {
  count = particles;
  positions = takeMemory(16 * particles);
  planes = takeMemory(16 * particles);
  nearest = takeMemory(4 * particles);
  thighNearest = takeMemory(4 * particles);
  onArms = takeMemory(4 * particles);
  tangents = takeMemory(16 * particles);
  thighTangents = takeMemory(16 * particles);
  kept = takeMemory(4 * particles);
  floors = takeMemory(4 * particles);
  thighFloors = takeMemory(4 * particles);
  margins = takeMemory(4 * particles);
  distances = takeMemory(4 * particles);
}

/** Sets `thighNearest` to 0 for particles between two heights (metres) that no arm moves and that have skin; else to −1. */
export function markThighs(lowest: f32, highest: f32): void {
  for (let i = 0; i < count; i++) {
    const y = load<f32>(positions + 16 * i, 4);
    const isBeyond = y > highest || y < lowest;
    const isLeft = isBeyond || load<i32>(onArms + 4 * i) != 0 || load<i32>(nearest + 4 * i) < 0;
    store<i32>(thighNearest + 4 * i, isLeft ? -1 : 0);
  }
}

/**
 * Writes `planes`: of the skin's and the thigh's tangent plane, moved outwards by what the particle keeps from it, that
 * which the particle is deeper behind.
 *
 * @param reach a particle farther from what it may lie on has no plane, metres.
 * @param before share of the last plane in the new one, if there are both.
 * @param leastMean a shorter mean of the two normals has no direction: then the new plane stays as found.
 */
export function findPlanes(reach: f32, before: f32, leastMean: f32): void {
  for (let i = 0; i < count; i++) {
    const px = load<f32>(positions + 16 * i);
    const py = load<f32>(positions + 16 * i, 4);
    const pz = load<f32>(positions + 16 * i, 8);
    // The particle's distance from the plane that it will lie on, and the plane's normal.
    let margin: f32 = reach;
    let x: f32 = 0;
    let y: f32 = 0;
    let z: f32 = 0;
    if (load<i32>(nearest + 4 * i) >= 0) {
      const at = tangents + 16 * i;
      const distance = load<f32>(at, 12);
      const tx = load<f32>(at);
      const ty = load<f32>(at, 4);
      const tz = load<f32>(at, 8);
      store<f32>(at, distance - tx * px - ty * py - tz * pz, 12);
      const over = distance - larger(load<f32>(kept + 4 * i), load<f32>(floors + 4 * i));
      if (over < reach) {
        margin = over;
        x = tx;
        y = ty;
        z = tz;
      }
      const thigh = load<i32>(thighNearest + 4 * i);
      if (thigh >= 0 && thigh != load<i32>(nearest + 4 * i)) {
        const from = thighTangents + 16 * i;
        const overThigh = load<f32>(from, 12) - larger(load<f32>(kept + 4 * i), load<f32>(thighFloors + 4 * i));
        if (overThigh < margin) {
          margin = overThigh;
          x = load<f32>(from);
          y = load<f32>(from, 4);
          z = load<f32>(from, 8);
        }
      }
    }
    const plane = planes + 16 * i;
    if (x == 0 && y == 0 && z == 0) {
      v128.store(plane, f32x4.splat(0));
      continue;
    }
    const last = load<f32>(margins + 4 * i);
    if (last == last) {
      const mx = x + before * (load<f32>(plane) - x);
      const my = y + before * (load<f32>(plane, 4) - y);
      const mz = z + before * (load<f32>(plane, 8) - z);
      const length = sqrt<f32>(mx * mx + my * my + mz * mz);
      if (length > leastMean) {
        x = mx / length;
        y = my / length;
        z = mz / length;
        // What comes nearer pushes at once.
        const change = before * (last - margin);
        if (change < 0) margin += change;
      }
    }
    v128.store(plane, f32x4(x, y, z, margin - x * px - y * py - z * pz));
  }
}

@inline
function larger(a: f32, b: f32): f32 {
  return a > b ? a : b;
}

/** Measures `margins` and `distances`. `none`: distance of a particle that has no skin near, metres. */
export function keepPlanes(none: f32): void {
  for (let i = 0; i < count; i++) {
    const plane = planes + 16 * i;
    const isFree = load<f32>(plane) == 0 && load<f32>(plane, 4) == 0 && load<f32>(plane, 8) == 0;
    store<f32>(margins + 4 * i, isFree ? NaN : distanceFrom(plane, positions + 16 * i));
    const hasSkin = load<i32>(nearest + 4 * i) >= 0;
    store<f32>(distances + 4 * i, hasSkin ? distanceFrom(tangents + 16 * i, positions + 16 * i) : none);
  }
}

/** Distance of the particle at `position` from the plane at `plane`, metres. */
@inline
function distanceFrom(plane: i32, position: i32): f32 {
  const x = load<f32>(plane) * load<f32>(position);
  const y = load<f32>(plane, 4) * load<f32>(position, 4);
  return x + y + load<f32>(plane, 8) * load<f32>(position, 8) + load<f32>(plane, 12);
}

// Moves the particles of a cloth with the body, from one frame to the next. `reserveCarrying()` reserves the memory, once;
// the caller fills it (below), and calls `carry()`.
//
// The exported addresses, bytes; 4 floats of 4 bytes for each particle unless stated otherwise:
//
// carriedPositions, carriedVelocities, carriedPlanes: of the cloth; changed by `carry`. Metres and seconds.
// carriedPlaces, lastPlaces: where the cloth without forces would be, in this frame and in the last.
// movements: by how much the body carried the particle into the last frame, (x, y, z, 0); changed by `carry`.
// inertias: 1 float only: the share of its place's change of speed by which a particle is held back, per second of the
//   frame: 1/s.
// mainBones: 1 integer only: TURN_BYTES × the bone that moves the particle most.
// turns: for each bone the three columns of the rotation matrix since the last frame, (x, y, z, 0) each.
import { takeMemory } from './take-memory.as';

const TURN_BYTES: i32 = 48;

export let carriedPositions: i32 = 0;
export let carriedVelocities: i32 = 0;
export let carriedPlanes: i32 = 0;
export let carriedPlaces: i32 = 0;
export let lastPlaces: i32 = 0;
export let movements: i32 = 0;
export let inertias: i32 = 0;
export let mainBones: i32 = 0;
export let turns: i32 = 0;
let particleCount: i32 = 0;

/** Reserves the memory, and sets the addresses. */
export function reserveCarrying(particles: i32, bones: i32): void {
  particleCount = particles;
  carriedPositions = takeMemory(16 * particles);
  carriedVelocities = takeMemory(16 * particles);
  carriedPlanes = takeMemory(16 * particles);
  carriedPlaces = takeMemory(16 * particles);
  lastPlaces = takeMemory(16 * particles);
  movements = takeMemory(16 * particles);
  inertias = takeMemory(4 * particles);
  mainBones = takeMemory(4 * particles);
  turns = takeMemory(TURN_BYTES * bones);
}

/** Carries all particles. */
export function carry(): void {
  for (let i = 0; i < particleCount; i++) {
    const at = 16 * i;
    const turn = turns + load<i32>(mainBones + 4 * i);
    const position = v128.load(carriedPositions + at);
    const stood = f32x4.sub(position, v128.load(lastPlaces + at));
    const carried = f32x4.add(v128.load(carriedPlaces + at), rotate(turn, stood));
    const moved = f32x4.sub(carried, position);
    const changed = f32x4.sub(moved, v128.load(movements + at));
    const lag = f32x4.mul(f32x4.splat(load<f32>(inertias + 4 * i)), changed);
    v128.store(carriedPositions + at, carried);
    v128.store(carriedVelocities + at, f32x4.sub(rotate(turn, v128.load(carriedVelocities + at)), lag));
    v128.store(movements + at, moved);
    const plane = v128.load(carriedPlanes + at);
    v128.store(carriedPlanes + at, f32x4.replace_lane(rotate(turn, plane), 3, f32x4.extract_lane(plane, 3)));
  }
}

/** Multiplies the matrix at an address with the first three floats of a vector; the fourth becomes 0. */
@inline
function rotate(matrix: i32, v: v128): v128 {
  const x = f32x4.mul(v128.load(matrix), v128.shuffle<f32>(v, v, 0, 0, 0, 0));
  const y = f32x4.mul(v128.load(matrix, 16), v128.shuffle<f32>(v, v, 1, 1, 1, 1));
  const z = f32x4.mul(v128.load(matrix, 32), v128.shuffle<f32>(v, v, 2, 2, 2, 2));
  return f32x4.add(f32x4.add(x, y), z);
}

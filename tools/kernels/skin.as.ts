// Poses the skin of the body. AssemblyScript, compiled by `node tools/run.mjs tools/make-kernels.ts`;
// src/cloth/posed-skin.ts calls the functions in this order:
//
// 1. `reserveSkin()` reserves the memory, once; the caller fills it (below).
// 2. `poseSkin()` for each pose.
//
// The exported addresses, bytes. `bones` and `bindings`: see blend-bones.as.ts. Of each vertex 3 floats:
//
// restPlaces, restNormals: place in the rest pose, metres, and unit normal there.
// places, normals: the same in the pose; written by the kernel.
import { BINDING_BYTES, blendColumn, MATRIX_BYTES, turn } from './blend-bones.as';
import { takeMemory } from './take-memory.as';

export let bones: i32 = 0;
export let bindings: i32 = 0;
export let restPlaces: i32 = 0;
export let restNormals: i32 = 0;
export let places: i32 = 0;
export let normals: i32 = 0;
let vertexCount: i32 = 0;

/** Reserves the memory, and sets the addresses. */
export function reserveSkin(vertices: i32, boneCount: i32): void {
  vertexCount = vertices;
  bones = takeMemory(MATRIX_BYTES * boneCount);
  bindings = takeMemory(BINDING_BYTES * vertices);
  restPlaces = takeMemory(12 * vertices);
  restNormals = takeMemory(12 * vertices);
  // Four floats are written for each vertex; the fourth is overwritten by the next vertex.
  places = takeMemory(12 * vertices + 4);
  normals = takeMemory(12 * vertices + 4);
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
}

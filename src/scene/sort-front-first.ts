/**
 * The triangles of a garment with those of its front before those of its back, otherwise in their order. A shopper
 * mostly faces the camera, and the GPU skips the hidden inside of the back when the front is drawn before it. Pure.
 *
 * @param positions 3 × vertices, rest pose, +z to the front.
 * @param indices three vertices per triangle.
 */
export function sortFrontFirst(positions: Float32Array, indices: Uint16Array | Uint32Array): Uint16Array | Uint32Array {
  let middleZ = 0;
  for (let i = 2; i < positions.length; i += 3) middleZ += positions[i];
  middleZ /= positions.length / 3;
  const sorted = indices.slice();
  let next = 0;
  for (const isFront of [true, false]) {
    for (let t = 0; t < indices.length; t += 3) {
      const centreZ =
        (positions[3 * indices[t] + 2] + positions[3 * indices[t + 1] + 2] + positions[3 * indices[t + 2] + 2]) / 3;
      if (centreZ >= middleZ !== isFront) continue;
      sorted[next++] = indices[t];
      sorted[next++] = indices[t + 1];
      sorted[next++] = indices[t + 2];
    }
  }
  return sorted;
}

/**
 * Copies the triangles of a garment so that those of its front half precede those of its back half; the order within
 * each half stays. A triangle belongs to the front if the z of its centre is at least the mean z of all vertices. A
 * shopper mostly faces the camera: if the front is drawn first, the GPU skips the back's hidden inside. Pure.
 *
 * @param positions vertices in the rest pose, 3 × vertices, metres; +z points to the front.
 * @param indices three vertices per triangle, unchanged.
 * @returns a sorted copy of `indices`, of the same type and length.
 */
export function sortFrontFirst(positions: Float32Array, indices: Uint16Array | Uint32Array): Uint16Array | Uint32Array {
  let middleZ = 0;
  for (let i = 2; i < positions.length; i += 3) middleZ += positions[i];
  middleZ /= positions.length / 3;
  const sorted = indices.slice();
  let written = 0;
  for (const isFront of [true, false]) {
    for (let t = 0; t < indices.length; t += 3) {
      const centreZ =
        (positions[3 * indices[t] + 2] + positions[3 * indices[t + 1] + 2] + positions[3 * indices[t + 2] + 2]) / 3;
      if (centreZ >= middleZ !== isFront) continue;
      sorted[written++] = indices[t];
      sorted[written++] = indices[t + 1];
      sorted[written++] = indices[t + 2];
    }
  }
  return sorted;
}

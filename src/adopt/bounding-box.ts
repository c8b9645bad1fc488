/** A bounding box: smallest and largest coordinates along x, y and z, in the unit of its points. */
export interface BoundingBox {
  low: [number, number, number];
  high: [number, number, number];
}

/** Returns the bounding box of meshes (3 × vertices each); without a vertex it is from ∞ to −∞. */
export function boundingBox(parts: readonly { positions: Float32Array }[]): BoundingBox {
  const box: BoundingBox = { low: [Infinity, Infinity, Infinity], high: [-Infinity, -Infinity, -Infinity] };
  for (const { positions } of parts) {
    for (let i = 0; i < positions.length; i++) {
      box.low[i % 3] = Math.min(box.low[i % 3], positions[i]);
      box.high[i % 3] = Math.max(box.high[i % 3], positions[i]);
    }
  }
  return box;
}

/** Returns the lengths of a box along x, y and z. */
export function sidesOf({ low, high }: BoundingBox): number[] {
  return high.map((value, a) => value - low[a]);
}

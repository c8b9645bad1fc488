import type { Mannequin } from '../mannequin/mannequin.ts';

/** A mesh that moves with the mannequin's bones. */
export interface SkinnedSurface {
  /** 3 × vertices, metres. */
  positions: number[];
  /** 4 × vertices: indices into `boneNames`. */
  skinIndices: number[];
  /** 4 × vertices: the weights of those bones, with a sum of 1 for each vertex. */
  skinWeights: number[];
  /** 3 × triangles. */
  indices: number[];
}

/** Bones of a vertex. */
const BONES = 4;

/**
 * Cuts a mesh with the mannequin's triangles along a line: keeps what is on the positive side. A triangle on the line is
 * cut where the line crosses its sides.
 *
 * @param mannequin triangles and skin weights.
 * @param positions 3 × vertices of the mannequin, metres.
 * @param distances by vertex: distance from the line, metres, positive on the side to keep.
 */
export function clipMesh(mannequin: Mannequin, positions: Float32Array, distances: Float32Array): SkinnedSurface {
  const { indices, skinIndices, skinWeights } = mannequin;
  const surface: SkinnedSurface = { positions: [], skinIndices: [], skinWeights: [], indices: [] };
  const numbers = new Map<number, number>();
  /** Returns the new vertex at `a`, or, if `b` is another vertex, where the line crosses the side from `a` to `b`. */
  const vertexOn = (a: number, b: number): number => {
    if (a > b) return vertexOn(b, a);
    const key = a * distances.length + b;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const share = a === b ? 0 : distances[a] / (distances[a] - distances[b]);
    for (let k = 0; k < 3; k++)
      surface.positions.push(positions[3 * a + k] + share * (positions[3 * b + k] - positions[3 * a + k]));
    const weights = new Map<number, number>();
    for (let k = 0; k < BONES; k++)
      for (const [v, part] of [
        [a, 1 - share],
        [b, share],
      ]) {
        const bone = skinIndices[BONES * v + k];
        weights.set(bone, (weights.get(bone) ?? 0) + part * skinWeights[BONES * v + k]);
      }
    const heaviest = [...weights].toSorted((one, other) => other[1] - one[1]).slice(0, BONES);
    const sum = heaviest.reduce((total, [, weight]) => total + weight, 0);
    for (let k = 0; k < BONES; k++) {
      surface.skinIndices.push(heaviest[k]?.[0] ?? 0);
      surface.skinWeights.push((heaviest[k]?.[1] ?? 0) / sum);
    }
    numbers.set(key, numbers.size);
    return numbers.size - 1;
  };
  for (let t = 0; t < indices.length; t += 3) {
    const corners: number[] = [];
    for (let k = 0; k < 3; k++) {
      const a = indices[t + k];
      const b = indices[t + ((k + 1) % 3)];
      if (distances[a] > 0) corners.push(vertexOn(a, a));
      if (distances[a] > 0 !== distances[b] > 0) corners.push(vertexOn(a, b));
    }
    for (let k = 2; k < corners.length; k++) surface.indices.push(corners[0], corners[k - 1], corners[k]);
  }
  return surface;
}

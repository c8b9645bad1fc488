/**
 * Measures how far each vertex of a garment is from the raw edges of its cloth: hems, cuffs and collars that the file
 * models as a single sheet that ends. A part with textures shows its own hems and has none here. Pure.
 *
 * 1. Find the raw edges: sides of one triangle only. Edges of the inner one of two layers are not raw, as where a hem is
 *    modelled as folded over, nor are short ones, as around a button.
 * 2. From them spread over the mesh which side of a raw edge is nearest.
 */
import { MeshStandardMaterial } from 'three';
import type { Garment } from '../garment/garment.ts';

/** Distances are measured up to this, metres: larger than a triangle, so that they can be interpolated. */
export const HEM_REACH_METRES = 0.15;
/** Raw edges that are shorter in all are no hems, metres: a child's cuff has 15 cm. */
const MIN_EDGE_METRES = 0.12;

/** A side of a triangle, as two welded vertices. */
type Side = readonly [number, number];

/**
 * Returns for each part of a garment the vertices' distances from the nearest raw edge in the base size, metres, at most
 * HEM_REACH_METRES.
 *
 * @param outward for each part the directions away from the body (`computeOutward`).
 */
export function measureHems({ parts, binding }: Garment, outward: readonly Float32Array[]): Float32Array[] {
  const { weld, triangles, vertices, firsts } = binding;
  const places = new Float32Array(3 * weld.count);
  const isInner = new Uint8Array(weld.count);
  for (let w = 0; w < weld.count; w++) {
    const part = firsts.findLastIndex((first) => first <= vertices[w]);
    const o = 3 * (vertices[w] - firsts[part]);
    const { positions, normals } = parts[part];
    places.set(positions.subarray(o, o + 3), 3 * w);
    const away = outward[part];
    const cosine = away[o] * normals[o] + away[o + 1] * normals[o + 1] + away[o + 2] * normals[o + 2];
    isInner[w] = Number(cosine < 0);
  }
  const sides = keepHems(findRawSides(triangles, weld.count), places, isInner);
  const distances = new Float32Array(weld.count).fill(HEM_REACH_METRES);
  /** By welded vertex: number of the nearest side in `sides`. */
  const nearest = new Int32Array(weld.count);
  const queue: number[] = [];
  for (let s = 0; s < sides.length; s++)
    for (const w of sides[s]) {
      distances[w] = 0;
      nearest[w] = s;
      queue.push(w);
    }
  for (let n = 0; n < queue.length; n++) {
    const [a, b] = sides[nearest[queue[n]]];
    for (let i = weld.starts[queue[n]]; i < weld.starts[queue[n] + 1]; i++) {
      const w = weld.neighbours[i];
      const distance = Math.fround(distanceToSide(places, w, a, b));
      if (distance >= distances[w]) continue;
      distances[w] = distance;
      nearest[w] = nearest[queue[n]];
      queue.push(w);
    }
  }
  return parts.map(({ positions, material }, p) => {
    const hasTexture = material instanceof MeshStandardMaterial && (material.map || material.normalMap);
    return Float32Array.from({ length: positions.length / 3 }, (_, v) =>
      hasTexture ? HEM_REACH_METRES : distances[weld.welded[firsts[p] + v]],
    );
  });
}

/** Returns the sides that only one triangle has. `count`: number of welded vertices. */
function findRawSides(triangles: Uint32Array, count: number): Side[] {
  const uses = new Map<number, number>();
  for (let t = 0; t < triangles.length; t++) {
    const a = triangles[t];
    const b = triangles[t % 3 === 2 ? t - 2 : t + 1];
    const key = Math.min(a, b) * count + Math.max(a, b);
    uses.set(key, (uses.get(key) ?? 0) + 1);
  }
  const raw = [...uses].filter(([, times]) => times === 1);
  return raw.map(([key]) => [Math.floor(key / count), key % count]);
}

/** Returns the sides of those connected edges that are long enough, and mostly not on an inner layer. */
function keepHems(sides: readonly Side[], p: Float32Array, isInner: Uint8Array): Side[] {
  const around = new Map<number, Side[]>();
  for (const side of sides)
    for (const w of side) {
      const list = around.get(w);
      if (list) list.push(side);
      else around.set(w, [side]);
    }
  const kept: Side[] = [];
  const seen = new Set<Side>();
  for (const first of sides) {
    if (seen.has(first)) continue;
    seen.add(first);
    const edge = [first];
    let metres = 0;
    let inner = 0;
    for (const side of edge) {
      const [a, b] = side;
      metres += Math.hypot(p[3 * a] - p[3 * b], p[3 * a + 1] - p[3 * b + 1], p[3 * a + 2] - p[3 * b + 2]);
      inner += isInner[a];
      for (const w of side)
        for (const next of around.get(w) ?? []) {
          if (seen.has(next)) continue;
          seen.add(next);
          edge.push(next);
        }
    }
    if (metres >= MIN_EDGE_METRES && 2 * inner < edge.length) kept.push(...edge);
  }
  return kept;
}

/** Distance of the place `w` from the line between the places `a` and `b`; places: 3 × vertices in `p`. */
function distanceToSide(p: Float32Array, w: number, a: number, b: number): number {
  let along = 0;
  let square = 0;
  for (let k = 0; k < 3; k++) {
    const side = p[3 * b + k] - p[3 * a + k];
    along += side * (p[3 * w + k] - p[3 * a + k]);
    square += side * side;
  }
  const share = Math.min(1, Math.max(0, along / (square || 1)));
  return Math.hypot(...[0, 1, 2].map((k) => p[3 * w + k] - p[3 * a + k] - share * (p[3 * b + k] - p[3 * a + k])));
}

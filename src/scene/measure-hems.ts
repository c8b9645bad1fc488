/**
 * Measures how far each vertex of a garment is from the raw edges of its cloth: hems, cuffs and collars that the file
 * models as a single sheet that ends. A part with textures shows its own hems and has none here. Pure.
 *
 * 1. Find the raw edges: sides of one triangle only. Edges of the inner one of two layers are not raw, as where a hem is
 *    modelled as folded over, nor are short ones, as around a button.
 * 2. From them spread over the mesh which side of a raw edge is nearest.
 */
import { MeshStandardMaterial } from 'three';
import type { Garment, GarmentPart } from '../garment/garment.ts';

/** Distances are measured up to this, metres: larger than a triangle, so that they can be interpolated. */
export const HEM_REACH_METRES = 0.08;
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
  const hems = parts.map(({ positions }) => new Float32Array(positions.length / 3).fill(HEM_REACH_METRES));
  if (parts.every(hasTexture)) return hems;
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
  return hems.map((hem, p) => (hasTexture(parts[p]) ? hem : hem.map((_, v) => distances[weld.welded[firsts[p] + v]])));
}

function hasTexture({ material }: GarmentPart): boolean {
  return material instanceof MeshStandardMaterial && Boolean(material.map || material.normalMap);
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
  const sideX = p[3 * b] - p[3 * a];
  const sideY = p[3 * b + 1] - p[3 * a + 1];
  const sideZ = p[3 * b + 2] - p[3 * a + 2];
  const x = p[3 * w] - p[3 * a];
  const y = p[3 * w + 1] - p[3 * a + 1];
  const z = p[3 * w + 2] - p[3 * a + 2];
  const square = sideX * sideX + sideY * sideY + sideZ * sideZ || 1;
  const share = Math.min(1, Math.max(0, (sideX * x + sideY * y + sideZ * z) / square));
  const dx = x - share * sideX;
  const dy = y - share * sideY;
  const dz = z - share * sideZ;
  return Math.sqrt(dx * dx + dy * dy + dz * dz);
}

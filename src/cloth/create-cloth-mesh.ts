/**
 * Makes the mesh that a garment's cloth is simulated on: some of its welded vertices as particles, and for each welded
 * vertex the particles that move it.
 *
 * 1. Thin the welded surface out.
 * 2. Choose the pieces to simulate: the largest ones that are surfaces.
 * 3. Number their vertices as particles.
 * 4. Bind each welded vertex to the nearest of the triangles around the particle that took its place. A vertex of a
 *    piece that is not simulated rides on the nearest cloth; far from all cloth it is only skinned.
 */
import type { Garment } from '../garment/garment.ts';
import { ANCHORS } from '../garment/garment-binding.ts';
import { smallestDistance } from '../garment/smallest-distance.ts';
import { type ChosenPieces, choosePieces, type LeftOutReason } from './choose-pieces.ts';
import type { Spring } from './connect-sheet.ts';
import { findClosures } from './find-closures.ts';
import { findHeld } from './find-held.ts';
import { type ThinMesh, thinOut } from './thin-out.ts';

/** The insides of hems and the shells of thick garments are nearer than this, metres. */
const MERGED_METRES = 0.005;
/** Edges of the simulated cloth are at least this long, metres: a shirt has some 1,500 particles. */
const EDGE_METRES = 0.028;

/** Edges are never made longer on purpose than this, metres: a garment of separate scraps keeps its particles. */
const MAX_EDGE_METRES = 0.1;
/** Most particles of a garment: with more, edges are longer. */
const MAX_PARTICLES = 3000;
/** A piece that is not simulated rides on cloth that is this near, metres. */
const RIDE_METRES = 0.03;
/** Most triangles among which the nearest to a vertex is looked for; around a particle of a surface there are 24. */
const MOST_CANDIDATES = 200;
/** Smallest factor on the length of the edges while there are too many particles. */
const COARSER = 1.2;

/** A garment's cloth as a mesh to simulate. */
export interface ClothMesh {
  /** By particle: its welded vertex. */
  readonly vertices: Uint32Array;
  /** By particle: the vertex of the garment that it is, as part and vertex of the part. */
  readonly sources: readonly { part: number; vertex: number }[];
  /** 4 × welded vertices: indices into `boneNames`, and their weights. */
  readonly skinIndices: Uint16Array;
  readonly skinWeights: Float32Array;
  /** By particle: the nearest vertex of the body's skin, −1 for none. */
  readonly skinVertices: Int32Array;
  /** By particle: the distance that the cloth keeps from the skin, metres; below 0 it may dip into it. */
  readonly clearances: Float32Array;
  /** The particles that stay where the garment is fitted: waistbands and shoes. */
  readonly held: readonly number[];
  /** 3 × triangles: particles. */
  readonly triangles: Uint32Array;
  /** Springs between particles that fastenings hold together: buttons, flaps. Lengths as modelled, metres. */
  readonly closures: readonly Spring[];
  /** 3 × welded vertices: the particles that move the vertex. */
  readonly movers: Uint32Array;
  /** 3 × welded vertices: their shares, which sum to 1; all 0 where no particle moves the vertex. */
  readonly shares: Float32Array;
  /** What is not simulated and why, a sentence for each mesh, for the merchandiser. */
  readonly warnings: readonly string[];
}

/** Makes the mesh of a garment's base size (steps above). */
export function createClothMesh({ parts, binding, manifest }: Garment): ClothMesh {
  const { weld, firsts } = binding;
  const sourceOf = (w: number): { part: number; vertex: number } => {
    const v = binding.vertices[w];
    const part = firsts.findLastIndex((first) => first <= v);
    return { part, vertex: v - firsts[part] };
  };
  const positions = new Float32Array(3 * weld.count);
  const skinIndices = new Uint16Array(4 * weld.count);
  const skinWeights = new Float32Array(4 * weld.count);
  for (let w = 0; w < weld.count; w++) {
    const { part, vertex } = sourceOf(w);
    positions.set(parts[part].positions.subarray(3 * vertex, 3 * vertex + 3), 3 * w);
    skinIndices.set(parts[part].skinIndices.subarray(4 * vertex, 4 * vertex + 4), 4 * w);
    skinWeights.set(parts[part].skinWeights.subarray(4 * vertex, 4 * vertex + 4), 4 * w);
  }
  const { thin, chosen } = thinOutTo(positions, binding.triangles);

  const particles = new Map<number, number>();
  const triangles = chosen.triangles.map((w) => {
    if (!particles.has(w)) particles.set(w, particles.size);
    return particles.get(w)!;
  });
  const vertices = Uint32Array.from(particles.keys());
  const sources = Array.from(vertices, sourceOf);
  const gather = (width: number, of: ArrayLike<number>): number[] =>
    Array.from(vertices).flatMap((w) => Array.from({ length: width }, (_, k) => of[width * w + k]));
  return {
    vertices,
    sources,
    skinIndices,
    skinWeights,
    skinVertices: Int32Array.from(vertices, (w) => binding.skinVertices[w]),
    clearances: Float32Array.from(vertices, (w) =>
      smallestDistance(binding.clearances[w], manifest.layer - 1 + (binding.layers?.[w] ?? 0)),
    ),
    held: findHeld(
      triangles,
      Float32Array.from(vertices, (w) => positions[3 * w + 1]),
      gather(ANCHORS, binding.anchors),
    ),
    triangles,
    closures: findClosures(
      triangles,
      Float32Array.from(gather(3, positions)),
      binding.layers && gather(1, binding.layers),
    ),
    ...bind(positions, thin.representatives, vertices, triangles, particles),
    warnings: describeLeftOut(chosen, parts, (w) => sourceOf(w).part),
  };
}

/** Steps 1 and 2. */
function thinOutTo(positions: Float32Array, corners: Uint32Array): { thin: ThinMesh; chosen: ChosenPieces } {
  for (let edge = EDGE_METRES; ; ) {
    const thin = thinOut(positions, corners, MERGED_METRES, edge);
    const chosen = choosePieces(positions, thin.triangles, MAX_PARTICLES);
    if (chosen.wantedCount <= MAX_PARTICLES || edge > MAX_EDGE_METRES) return { thin, chosen };
    // The number of particles on an area goes by the inverse square of the edges' length.
    edge *= Math.max(COARSER, Math.sqrt(chosen.wantedCount / MAX_PARTICLES));
  }
}

const REASONS: Record<LeftOutReason, string> = {
  'too small': 'all its pieces are smaller than 100 cm²',
  'no surface': 'its triangles cross each other instead of forming a surface',
  'too many vertices': `it cannot be simplified to ${MAX_PARTICLES} vertices`,
};

/** Returns a sentence for each mesh and reason. Small pieces count only where there is no cloth that they ride on. */
function describeLeftOut(
  { leftOut, triangles }: ChosenPieces,
  parts: readonly { name: string }[],
  partOf: (vertex: number) => number,
): string[] {
  const sentence = (part: number, reason: LeftOutReason): string =>
    `mesh ${parts[part].name}, or a part of it, is not simulated but only moves with the body: ${REASONS[reason]}`;
  const sentences = leftOut
    .filter(({ reason }) => reason !== 'too small')
    .map(({ vertex, reason }) => sentence(partOf(vertex), reason));
  if (triangles.length === 0 && sentences.length === 0) return parts.map((_, part) => sentence(part, 'too small'));
  return [...new Set(sentences)];
}

/** Step 4. */
function bind(
  positions: Float32Array,
  representatives: Uint32Array,
  vertices: Uint32Array,
  triangles: Uint32Array,
  particles: Map<number, number>,
): Pick<ClothMesh, 'movers' | 'shares'> {
  const around: number[][] = Array.from(vertices, () => []);
  for (let t = 0; t < triangles.length; t++) around[triangles[t]].push(t - (t % 3));
  /** By particle: its triangles, and those around their corners, each once. Filled when a vertex first asks for them. */
  const candidatesOf: number[][] = Array.from(vertices, () => []);
  const candidateOf = new Int32Array(triangles.length).fill(-1);
  const movers = new Uint32Array(3 * representatives.length);
  const shares = new Float32Array(3 * representatives.length);
  const place = new Float64Array(3);
  const ridden = new Map<number, number>();
  /** Returns the particle on which the place of welded vertex `w` rides, −1 for none. */
  const ride = (w: number): number => {
    const known = ridden.get(w);
    if (known !== undefined) return known;
    const nearest = findNearest(positions, w, vertices, RIDE_METRES);
    ridden.set(w, nearest);
    return nearest;
  };
  for (let w = 0; w < representatives.length; w++) {
    const particle = particles.get(representatives[w]) ?? ride(representatives[w]);
    if (particle < 0) continue;
    const candidates = candidatesOf[particle];
    const own = candidates.length === 0 ? around[particle] : [];
    for (let n = 0; n < own.length; n++)
      for (let k = own[n]; k < own[n] + 3 && candidates.length < MOST_CANDIDATES; k++) {
        const near = around[triangles[k]];
        for (let i = 0; i < near.length; i++) {
          if (candidateOf[near[i]] === particle) continue;
          candidateOf[near[i]] = particle;
          candidates.push(near[i]);
        }
      }
    let best = Infinity;
    for (let n = 0; n < candidates.length; n++) {
      const t = candidates[n];
      const a = triangles[t];
      const b = triangles[t + 1];
      const c = triangles[t + 2];
      const square = nearestOnTriangle(positions, 3 * w, 3 * vertices[a], 3 * vertices[b], 3 * vertices[c], place);
      if (square >= best) continue;
      best = square;
      movers[3 * w] = a;
      movers[3 * w + 1] = b;
      movers[3 * w + 2] = c;
      shares.set(place, 3 * w);
      // The particle's own vertex: no triangle is nearer.
      if (best === 0) break;
    }
  }
  return { movers, shares };
}

/** Returns the index of the nearest of `vertices` within `reach` metres of welded vertex `w`; −1 for none. */
function findNearest(p: Float32Array, w: number, vertices: Uint32Array, reach: number): number {
  let nearest = -1;
  let best = reach * reach;
  for (let i = 0; i < vertices.length; i++) {
    const x = p[3 * vertices[i]] - p[3 * w];
    const y = p[3 * vertices[i] + 1] - p[3 * w + 1];
    const z = p[3 * vertices[i] + 2] - p[3 * w + 2];
    const square = x * x + y * y + z * z;
    if (square >= best) continue;
    best = square;
    nearest = i;
  }
  return nearest;
}

/**
 * Writes to `shares` the barycentric coordinates of the point of the triangle a, b, c that is nearest to the vertex `o`;
 * all are indices of first coordinates in `p`, metres. Returns the square of its distance, m². (Ericson, Real-Time
 * Collision Detection, 5.1.5.)
 */
function nearestOnTriangle(p: Float32Array, o: number, a: number, b: number, c: number, shares: Float64Array): number {
  const abX = p[b] - p[a];
  const abY = p[b + 1] - p[a + 1];
  const abZ = p[b + 2] - p[a + 2];
  const acX = p[c] - p[a];
  const acY = p[c + 1] - p[a + 1];
  const acZ = p[c + 2] - p[a + 2];
  const aoX = p[o] - p[a];
  const aoY = p[o + 1] - p[a + 1];
  const aoZ = p[o + 2] - p[a + 2];
  const boX = p[o] - p[b];
  const boY = p[o + 1] - p[b + 1];
  const boZ = p[o + 2] - p[b + 2];
  const coX = p[o] - p[c];
  const coY = p[o + 1] - p[c + 1];
  const coZ = p[o + 2] - p[c + 2];
  const d1 = abX * aoX + abY * aoY + abZ * aoZ;
  const d2 = acX * aoX + acY * aoY + acZ * aoZ;
  const d3 = abX * boX + abY * boY + abZ * boZ;
  const d4 = acX * boX + acY * boY + acZ * boZ;
  const d5 = abX * coX + abY * coY + abZ * coZ;
  const d6 = acX * coX + acY * coY + acZ * coZ;
  const va = d3 * d6 - d5 * d4;
  const vb = d5 * d2 - d1 * d6;
  const vc = d1 * d4 - d3 * d2;
  let s = 0;
  let t = 0;
  if (d1 <= 0 && d2 <= 0) s = t = 0;
  else if (d3 >= 0 && d4 <= d3) s = 1;
  else if (d6 >= 0 && d5 <= d6) t = 1;
  else if (vc <= 0 && d1 >= 0 && d3 <= 0) s = d1 / (d1 - d3);
  else if (vb <= 0 && d2 >= 0 && d6 <= 0) t = d2 / (d2 - d6);
  else if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
    t = (d4 - d3) / (d4 - d3 + (d5 - d6));
    s = 1 - t;
  } else {
    s = vb / (va + vb + vc);
    t = vc / (va + vb + vc);
  }
  shares[0] = 1 - s - t;
  shares[1] = s;
  shares[2] = t;
  let square = 0;
  for (let k = 0; k < 3; k++) {
    const d = shares[0] * p[a + k] + s * p[b + k] + t * p[c + k] - p[o + k];
    square += d * d;
  }
  return square;
}

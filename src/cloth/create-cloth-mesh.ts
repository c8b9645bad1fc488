/**
 * Makes the mesh that a garment's cloth is simulated on: some of its welded vertices as particles, and for each welded
 * vertex the particles that move it.
 *
 * 1. Merge vertices of the welded surface that are nearly at one place, and thin it out.
 * 2. Choose the pieces to simulate: the largest ones that are surfaces.
 * 3. Number their vertices as particles.
 * 4. Find the ways of the triangles' sides across the flat pattern, if the file tells one.
 * 5. Bind each welded vertex to the nearest of the triangles around the particle that took its place. A vertex of a
 *    piece that is not simulated rides on the nearest cloth; far from all cloth it is only skinned.
 * 6. Find the shares by which each vertex moves with the particles around that triangle.
 */
import type { Garment, GarmentPart } from '../garment/garment.ts';
import { ANCHORS, type GarmentBinding } from '../garment/garment-binding.ts';
import { smallestDistance } from '../garment/smallest-distance.ts';
import { forEachIndex, runAtOnce, type Sliced } from '../math/sliced.ts';
import { bindToParticles, type ParticleBinding } from './bind-to-particles.ts';
import { type ChosenPieces, choosePieces, type LeftOutReason } from './choose-pieces.ts';
import type { Spring } from './connect-sheet.ts';
import { findClosures } from './find-closures.ts';
import { findHeld } from './find-held.ts';
import { findRoutes } from './find-routes.ts';
import { mergeSurface } from './merge-surface.ts';
import { type SmoothShares, smoothShares } from './smooth-shares.ts';
import { type ThinMesh, thinOut } from './thin-out.ts';

/** The insides of hems and the shells of thick garments are nearer than this, metres. */
const MERGED_METRES = 0.005;
/** Edges of the simulated cloth are at least this long, metres: a shirt has some 1,500 particles. */
const EDGE_METRES = 0.028;

/** Edges are never made longer on purpose than this, metres: a garment of separate scraps keeps its particles. */
const MAX_EDGE_METRES = 0.1;
/** Most particles of a garment: with more, edges are longer. */
const MAX_PARTICLES = 3000;
/** Smallest factor on the length of the edges while there are too many particles. */
const COARSER = 1.2;

/** A garment's cloth as a mesh to simulate. */
export interface ClothMesh extends ParticleBinding {
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
  /** Routes of the triangles' sides across the flat pattern (`findRoutes`); null where the file tells none. */
  readonly routes: Int32Array | null;
  /** Springs between particles that fastenings hold together: buttons, flaps. Lengths as modelled, metres. */
  readonly closures: readonly Spring[];
  /** By which particles each welded vertex moves, without creases. */
  readonly smooth: SmoothShares;
  /** What is not simulated and why, a sentence for each mesh, for the merchandiser. */
  readonly warnings: readonly string[];
}

/** Makes the mesh of a garment's base size (steps above). */
export function createClothMesh(garment: Garment): ClothMesh {
  return runAtOnce(makeClothMesh(garment));
}

/** As `createClothMesh`, for `runInSlices`: with 150,000 triangles it takes longer than a frame. */
export function* makeClothMesh(garment: Garment): Sliced<ClothMesh> {
  const { parts, binding, manifest } = garment;
  const { positions, skinIndices, skinWeights } = yield* gatherWelded(parts, binding);
  const { thin, chosen } = yield* thinOutTo(positions, binding.triangles);
  const { vertices, particles } = numberParticles(chosen.triangles, binding.weld.count);
  const triangles = chosen.triangles.map((w) => particles[w]);
  const places = gather(positions, 3, vertices);
  const heights = places.filter((_, k) => k % 3 === 1);
  yield;
  const held = findHeld(triangles, heights, gather(binding.anchors, ANCHORS, vertices));
  yield;
  const closures = yield* findClosures(triangles, places, binding.layers && gather(binding.layers, 1, vertices));
  const routes = yield* findRoutes(garment, { triangles, vertices, places });
  const particleBinding = yield* bindToParticles(positions, thin.representatives, vertices, triangles, particles);
  const smooth = yield* smoothShares(positions, particleBinding, vertices, triangles);
  return {
    vertices,
    sources: Array.from(vertices, (w) => sourceOf(binding, w)),
    skinIndices,
    skinWeights,
    skinVertices: Int32Array.from(vertices, (w) => binding.skinVertices[w]),
    clearances: Float32Array.from(vertices, (w) =>
      smallestDistance(binding.clearances[w], manifest.layer - 1 + (binding.layers?.[w] ?? 0)),
    ),
    held,
    triangles,
    routes,
    closures,
    ...particleBinding,
    smooth,
    warnings: describeLeftOut(chosen, parts, (w) => sourceOf(binding, w).part),
  };
}

/** Returns the values of some vertices, `width` each. */
function gather(of: ArrayLike<number>, width: number, vertices: Uint32Array): Float32Array {
  const values = new Float32Array(width * vertices.length);
  for (let i = 0; i < vertices.length; i++)
    for (let k = 0; k < width; k++) values[width * i + k] = of[width * vertices[i] + k];
  return values;
}

/** Returns the vertex of a part that welded vertex `w` is. */
function sourceOf({ vertices, firsts }: GarmentBinding, w: number): { part: number; vertex: number } {
  const part = firsts.findLastIndex((first) => first <= vertices[w]);
  return { part, vertex: vertices[w] - firsts[part] };
}

/** Returns positions (3 each, metres) and skin (4 bones and weights each) of the welded vertices, of the base size. */
function* gatherWelded(
  parts: readonly GarmentPart[],
  { weld, vertices, firsts }: GarmentBinding,
): Sliced<Pick<ClothMesh, 'skinIndices' | 'skinWeights'> & { positions: Float32Array }> {
  const positions = new Float32Array(3 * weld.count);
  const skinIndices = new Uint16Array(4 * weld.count);
  const skinWeights = new Float32Array(4 * weld.count);
  for (const [p, part] of parts.entries())
    yield* forEachIndex(part.positions.length / 3, (vertex) => {
      const w = weld.welded[firsts[p] + vertex];
      if (vertices[w] !== firsts[p] + vertex) return;
      for (let k = 0; k < 3; k++) positions[3 * w + k] = part.positions[3 * vertex + k];
      for (let k = 0; k < 4; k++) {
        skinIndices[4 * w + k] = part.skinIndices[4 * vertex + k];
        skinWeights[4 * w + k] = part.skinWeights[4 * vertex + k];
      }
    });
  return { positions, skinIndices, skinWeights };
}

/** Steps 1 and 2. */
function* thinOutTo(positions: Float32Array, corners: Uint32Array): Sliced<{ thin: ThinMesh; chosen: ChosenPieces }> {
  const surface = yield* mergeSurface(positions, corners, MERGED_METRES);
  for (let edge = EDGE_METRES; ; ) {
    const thin = yield* thinOut(positions, surface, edge);
    const chosen = yield* choosePieces(positions, thin.triangles, MAX_PARTICLES);
    if (chosen.wantedCount <= MAX_PARTICLES || edge > MAX_EDGE_METRES) return { thin, chosen };
    // The number of particles on an area goes by the inverse square of the edges' length.
    edge *= Math.max(COARSER, Math.sqrt(chosen.wantedCount / MAX_PARTICLES));
  }
}

/**
 * Step 3: numbers the corners of triangles (welded vertices) in the order in which they first appear. Returns the welded
 * vertex of each particle, and by welded vertex its particle, −1 where it is none.
 */
function numberParticles(triangles: Uint32Array, weldCount: number): { vertices: Uint32Array; particles: Int32Array } {
  const particles = new Int32Array(weldCount).fill(-1);
  const vertices: number[] = [];
  for (let k = 0; k < triangles.length; k++) {
    if (particles[triangles[k]] >= 0) continue;
    particles[triangles[k]] = vertices.length;
    vertices.push(triangles[k]);
  }
  return { vertices: Uint32Array.from(vertices), particles };
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

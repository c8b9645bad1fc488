/**
 * Finds how the sides of a simulated mesh run across a garment's flat pattern, so that `measureRoute` tells their cut
 * lengths in every size.
 *
 * 1. Number the islands of the texture: pieces of the pattern, and the insides of hems. Find the seams between them.
 * 2. For each side of the simulated mesh whose ends are on one island, about as far from each other there as on the
 *    garment, the route is straight.
 * 3. For the other sides it is the shortest route that crosses one seam, if there is one of a likely length.
 */
import type { Garment } from '../garment/garment.ts';
import { forEachIndex, type Sliced } from '../math/sliced.ts';
import { findPieces } from './find-pieces.ts';
import { findSeams, type Seam } from './find-seams.ts';
import { layOutPattern } from './lay-out-pattern.ts';
import { measureRoute, ROUTE } from './measure-route.ts';

/**
 * Whether the length of a side in the pattern fits that on the garment as modelled, both metres. Cloth that lies in
 * ripples loses a fifth of its length when they are smoothed; a pattern that is for another garment fits nowhere.
 */
export function isLikely(cut: number, modelled: number): boolean {
  return cut < LIKELY_FACTOR * modelled && modelled < LIKELY_FACTOR * cut;
}
const LIKELY_FACTOR = 1.5;

/** A mesh to simulate. */
interface SimulatedMesh {
  /** 3 × triangles: particles. */
  readonly triangles: Uint32Array;
  /** By particle: its welded vertex. */
  readonly vertices: Uint32Array;
  /** 3 × particles, metres: where the file models them in the base size. */
  readonly places: Float32Array;
}

/**
 * Returns the routes of the sides of a mesh: ROUTE values for each corner of a triangle, for the side from it to the
 * next; all −1 for a side without a likely route. Null for a garment whose file tells no pattern.
 */
export function* findRoutes(garment: Garment, mesh: SimulatedMesh): Sliced<Int32Array | null> {
  const { weld } = garment.binding;
  const flat = layOutPattern(garment, garment.manifest.baseSize);
  if (!flat) return null;
  const { triangles, vertices, places } = mesh;
  const corners = garment.parts.flatMap(({ indices, grades, uvs }, p) =>
    grades && uvs ? Array.from(indices, (i) => garment.binding.firsts[p] + i) : [],
  );
  yield;
  const islands = findPieces(corners, weld.welded.length);
  yield;
  const seams = groupByIslands(yield* findSeams(corners, weld.welded), islands);
  yield;
  const particles = new Int32Array(weld.count).fill(-1);
  for (const [particle, w] of vertices.entries()) particles[w] = particle;
  /** By particle: the vertices at its place that are cut by the pattern. */
  const own: number[][] = Array.from(vertices, () => []);
  yield* forEachIndex(weld.welded.length, (v) => {
    const particle = particles[weld.welded[v]];
    if (particle >= 0 && !Number.isNaN(flat[2 * v])) own[particle].push(v);
  });

  const routes = new Int32Array(ROUTE * triangles.length).fill(-1);
  const route = new Int32Array(ROUTE);
  yield* forEachIndex(triangles.length, (k) => {
    const [a, b] = [triangles[k], triangles[k % 3 === 2 ? k - 2 : k + 1]];
    const modelled = Math.hypot(...[0, 1, 2].map((axis) => places[3 * a + axis] - places[3 * b + axis]));
    let shortest = Infinity;
    const consider = (values: readonly number[]): void => {
      route.set(values);
      const length = measureRoute(flat, route, 0);
      if (!(length < shortest) || !isLikely(length, modelled)) return;
      shortest = length;
      routes.set(route, ROUTE * k);
    };
    for (const start of own[a])
      for (const end of own[b]) if (islands[start] === islands[end]) consider([start, end, -1, -1, -1, -1]);
    if (shortest < Infinity) return;
    for (const start of own[a])
      for (const end of own[b])
        for (const { first, second } of seams.get(`${islands[start]} ${islands[end]}`) ?? [])
          consider([start, end, ...first, ...second]);
  });
  return routes;
}

/** Returns the seams, in both directions, by the islands that they lead from and to. */
function groupByIslands(seams: readonly Seam[], islands: Uint32Array): Map<string, Seam[]> {
  const groups = new Map<string, Seam[]>();
  for (const { first, second } of seams)
    for (const seam of [
      { first, second },
      { first: second, second: first },
    ]) {
      const key = `${islands[seam.first[0]]} ${islands[seam.second[0]]}`;
      const group = groups.get(key);
      if (group) group.push(seam);
      else groups.set(key, [seam]);
    }
  return groups;
}

/**
 * A tape measure for meshes. All lengths are in metres:
 *
 * 1. `cut` intersects a closed mesh with a plane, and returns the outlines of the cut;
 * 2. `tapeAround` returns the girth: the length of a tight tape around points of an outline;
 * 3. `extent` returns width and depth of such points.
 */
import { convexHull } from '../../src/math/convex-hull.ts';

/** Coordinates in a plane, metres. */
type Point = readonly [number, number];

/** A closed mesh: 3 × vertices, metres, and three vertices for each triangle. */
interface Mesh {
  positions: ArrayLike<number>;
  indices: ArrayLike<number>;
}

/** A closed outline where a plane cuts a mesh, in the plane's coordinates, metres. */
export type Outline = Point[];

/**
 * The plane of the points p with normal · p = offset (metres). Its coordinates are u · p and v · p; `u`, `v` and
 * `normal` are orthonormal.
 */
export interface CutPlane {
  normal: readonly number[];
  offset: number;
  u: readonly number[];
  v: readonly number[];
}

/**
 * Cuts a closed mesh with a plane and returns the closed outlines of the cut, in the plane's coordinates, metres.
 *
 * 1. Compute the height of every vertex over the plane.
 * 2. Interpolate a point on every edge that crosses the plane.
 * 3. Join the two points of each triangle, and follow the joins round each outline.
 */
export function cut(mesh: Mesh, { normal, offset, u, v }: CutPlane): Outline[] {
  const { positions, indices } = mesh;
  const count = positions.length / 3;
  const heights = new Float64Array(count);
  const isBelow = new Uint8Array(count);
  const [nx, ny, nz] = normal as [number, number, number];
  for (let i = 0, c = 0; i < count; i++, c += 3) {
    // Never exactly on the plane: a triangle would then have an odd number of crossings.
    const height = nx * positions[c]! + ny * positions[c + 1]! + nz * positions[c + 2]! - offset || 1e-9;
    heights[i] = height;
    isBelow[i] = height < 0 ? 1 : 0;
  }
  const along = (axis: readonly number[], i: number): number =>
    axis[0]! * positions[3 * i]! + axis[1]! * positions[3 * i + 1]! + axis[2]! * positions[3 * i + 2]!;
  /** Crossing points by edge, and the crossings that each is joined to. */
  const points = new Map<number, Point>();
  const joins = new Map<number, number[]>();
  const crossing = (a: number, b: number): number => {
    const edge = Math.min(a, b) * count + Math.max(a, b);
    if (!points.has(edge)) {
      const t = heights[a]! / (heights[a]! - heights[b]!);
      points.set(edge, [along(u, a) + (along(u, b) - along(u, a)) * t, along(v, a) + (along(v, b) - along(v, a)) * t]);
      joins.set(edge, []);
    }
    return edge;
  };
  for (let f = 0; f < indices.length; f += 3) {
    const a = indices[f]!;
    const b = indices[f + 1]!;
    const c = indices[f + 2]!;
    const below = isBelow[a]! + isBelow[b]! + isBelow[c]!;
    if (below === 0 || below === 3) continue;
    const crossings: number[] = [];
    if (isBelow[a] !== isBelow[b]) crossings.push(crossing(a, b));
    if (isBelow[b] !== isBelow[c]) crossings.push(crossing(b, c));
    if (isBelow[c] !== isBelow[a]) crossings.push(crossing(c, a));
    const [first, second] = crossings as [number, number];
    joins.get(first)!.push(second);
    joins.get(second)!.push(first);
  }
  const outlines: Outline[] = [];
  const seen = new Set<number>();
  for (const start of points.keys()) {
    if (seen.has(start)) continue;
    const outline: Outline = [];
    let edge: number | undefined = start;
    while (edge !== undefined) {
      seen.add(edge);
      outline.push(points.get(edge)!);
      edge = joins.get(edge)!.find((next) => !seen.has(next));
    }
    outlines.push(outline);
  }
  return outlines;
}

/** Returns the length of a tight tape around points: the perimeter of their convex hull, metres. */
export function tapeAround(points: readonly Point[]): number {
  const hull = convexHull(points).map((i) => points[i]!);
  return hull.reduce(
    (sum, p, i) => sum + Math.hypot(p[0] - hull[(i + 1) % hull.length]![0], p[1] - hull[(i + 1) % hull.length]![1]),
    0,
  );
}

/** Returns the extent of points along u (width) and v (depth), metres. */
export function extent(points: readonly Point[]): { width: number; depth: number } {
  const us = points.map((p) => p[0]);
  const vs = points.map((p) => p[1]);
  return { width: Math.max(...us) - Math.min(...us), depth: Math.max(...vs) - Math.min(...vs) };
}

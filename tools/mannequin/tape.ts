type Point = readonly [number, number];

interface Mesh {
  positions: ArrayLike<number>;
  indices: ArrayLike<number>;
}

/** A cut through a mesh: closed outlines in the plane's own coordinates, metres. */
export type Outline = Point[];

/**
 * Closed outlines where a plane cuts the mesh: the points p with n · p = offset, in coordinates along `u` and `v` (orthonormal
 * with n). The mesh is closed, so every outline is.
 */
export function cut(
  mesh: Mesh,
  n: readonly number[],
  offset: number,
  u: readonly number[],
  v: readonly number[],
): Outline[] {
  const { positions, indices } = mesh;
  const count = positions.length / 3;
  const heights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    // Never exactly on the plane.
    heights[i] =
      n[0]! * positions[3 * i]! + n[1]! * positions[3 * i + 1]! + n[2]! * positions[3 * i + 2]! - offset || 1e-9;
  }
  const height = (i: number): number => heights[i]!;
  const along = (axis: readonly number[], i: number): number =>
    axis[0]! * positions[3 * i]! + axis[1]! * positions[3 * i + 1]! + axis[2]! * positions[3 * i + 2]!;
  const points = new Map<number, Point>();
  const next = new Map<number, number[]>();
  const crossing = (a: number, b: number): number => {
    const key = Math.min(a, b) * count + Math.max(a, b);
    if (!points.has(key)) {
      const t = height(a) / (height(a) - height(b));
      points.set(key, [along(u, a) + (along(u, b) - along(u, a)) * t, along(v, a) + (along(v, b) - along(v, a)) * t]);
      next.set(key, []);
    }
    return key;
  };
  for (let f = 0; f < indices.length; f += 3) {
    const below = heights[indices[f]!]! < 0;
    if (below === heights[indices[f + 1]!]! < 0 && below === heights[indices[f + 2]!]! < 0) continue;
    const face = [indices[f]!, indices[f + 1]!, indices[f + 2]!];
    const keys: number[] = [];
    for (let k = 0; k < 3; k++) {
      const a = face[k]!;
      const b = face[(k + 1) % 3]!;
      if (height(a) < 0 !== height(b) < 0) keys.push(crossing(a, b));
    }
    if (keys.length !== 2) continue;
    next.get(keys[0]!)!.push(keys[1]!);
    next.get(keys[1]!)!.push(keys[0]!);
  }
  const outlines: Outline[] = [];
  const seen = new Set<number>();
  for (const start of points.keys()) {
    if (seen.has(start)) continue;
    const outline: Outline = [];
    let at: number | undefined = start;
    while (at !== undefined) {
      seen.add(at);
      outline.push(points.get(at)!);
      at = next.get(at)!.find((key) => !seen.has(key));
    }
    outlines.push(outline);
  }
  return outlines;
}

function cross(o: Point, a: Point, b: Point): number {
  return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
}

/** Length of a tape laid around points: the perimeter of their convex hull (Andrew's monotone chain), metres. */
export function tapeAround(points: readonly Point[]): number {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list: readonly Point[]): Point[] => {
    const hull: Point[] = [];
    for (const p of list) {
      while (hull.length >= 2 && cross(hull[hull.length - 2]!, hull[hull.length - 1]!, p) <= 0) hull.pop();
      hull.push(p);
    }
    return hull.slice(0, -1);
  };
  const hull = [...half(sorted), ...half(sorted.reverse())];
  return hull.reduce(
    (sum, p, i) => sum + Math.hypot(p[0] - hull[(i + 1) % hull.length]![0], p[1] - hull[(i + 1) % hull.length]![1]),
    0,
  );
}

/** Extent of points along u and v. */
export function extent(points: readonly Point[]): { width: number; depth: number } {
  const us = points.map((p) => p[0]);
  const vs = points.map((p) => p[1]);
  return { width: Math.max(...us) - Math.min(...us), depth: Math.max(...vs) - Math.min(...vs) };
}

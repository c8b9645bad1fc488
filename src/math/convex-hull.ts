/** A point of a plane. */
type Point = readonly [x: number, y: number];

/** Returns twice the area of the triangle o, a, b: above 0 if it is anticlockwise. */
function cross(o: Point, a: Point, b: Point): number {
  return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
}

/**
 * Returns the numbers (indices in `points`) of the points that are corners of their convex hull, anticlockwise if y
 * points up (Andrew's monotone chain). Coordinates in any one unit.
 */
export function convexHull(points: readonly Point[]): number[] {
  const order = points.map((_, i) => i).sort((a, b) => points[a][0] - points[b][0] || points[a][1] - points[b][1]);
  const half = (numbers: readonly number[]): number[] => {
    const hull: number[] = [];
    for (const i of numbers) {
      while (hull.length >= 2 && cross(points[hull.at(-2) ?? 0], points[hull.at(-1) ?? 0], points[i]) <= 0) hull.pop();
      hull.push(i);
    }
    return hull.slice(0, -1);
  };
  return [...half(order), ...half(order.reverse())];
}

/**
 * Values of a route, a way from one vertex to another across the flat pattern: the vertices of its start and end, and
 * if it crosses a seam, the ends of the seam on the start's side and the same two on the end's side; else −1 four times.
 */
export const ROUTE = 6;

/**
 * Returns the length of the shortest line that follows a route, metres: the distance of its ends in the pattern, or the
 * ways from both ends to the point of the seam through which the line is shortest, as if both pieces lay side by side.
 *
 * @param flat 2 × vertices: places in the pattern, metres.
 * @param routes the route is ROUTE values of it, from index `o` on.
 */
export function measureRoute(flat: Float64Array, routes: Int32Array, o: number): number {
  const [start, end] = [routes[o], routes[o + 1]];
  if (routes[o + 2] < 0) return Math.hypot(flat[2 * end] - flat[2 * start], flat[2 * end + 1] - flat[2 * start + 1]);
  const here = placeBySeam(flat, start, routes[o + 2], routes[o + 3]);
  const there = placeBySeam(flat, end, routes[o + 4], routes[o + 5]);
  const length = (here.seam + there.seam) / 2;
  const straight = here.along + ((there.along - here.along) * here.beside) / (here.beside + there.beside || 1);
  const crossing = Math.min(length, Math.max(0, straight));
  return Math.hypot(crossing - here.along, here.beside) + Math.hypot(crossing - there.along, there.beside);
}

/** A place as seen from a seam, metres: along it from its first end, beside it, and the seam's length. */
interface PlaceBySeam {
  along: number;
  beside: number;
  seam: number;
}

/** Returns the place of vertex `v` as seen from the seam between the vertices `a` and `b`. */
function placeBySeam(flat: Float64Array, v: number, a: number, b: number): PlaceBySeam {
  const seamX = flat[2 * b] - flat[2 * a];
  const seamY = flat[2 * b + 1] - flat[2 * a + 1];
  const seam = Math.hypot(seamX, seamY) || 1;
  const x = flat[2 * v] - flat[2 * a];
  const y = flat[2 * v + 1] - flat[2 * a + 1];
  return { along: (x * seamX + y * seamY) / seam, beside: Math.abs(x * seamY - y * seamX) / seam, seam };
}

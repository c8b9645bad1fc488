import type { Draft } from './pattern.ts';

/**
 * Finds two edges of a piece's closed outline that cross; null if none do. An edge that crosses itself is returned
 * twice. Compares all pairs of segments: outlines have some hundred.
 */
export function findCrossing(draft: Draft): [string, string] | null {
  const segments = draft.flatMap(({ name, line }) =>
    Array.from({ length: line.length / 2 - 1 }, (_, i) => ({ name, points: line.slice(2 * i, 2 * i + 4) })),
  );
  for (let a = 0; a < segments.length; a++)
    for (let b = a + 2; b < segments.length; b++) {
      // The last segment ends where the first begins.
      if (a === 0 && b === segments.length - 1) continue;
      if (cross(segments[a].points, segments[b].points)) return [segments[a].name, segments[b].name];
    }
  return null;
}

/** Returns whether two segments (x, y, x, y each) cross: the ends of each are on both sides of the other. */
function cross(a: readonly number[], b: readonly number[]): boolean {
  const side = ([ax, ay, bx, by]: readonly number[], x: number, y: number): number =>
    Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
  return side(a, b[0], b[1]) * side(a, b[2], b[3]) < 0 && side(b, a[0], a[1]) * side(b, a[2], a[3]) < 0;
}

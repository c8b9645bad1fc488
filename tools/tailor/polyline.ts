/** A plane curve as points, x and y alternating. */
export type Polyline = number[];

/** Points on a cubic Bézier curve, ends included. Dense enough (64) that lengths are right within 0.01 mm for curves of a garment's size. */
export function bezier(p0: number[], p1: number[], p2: number[], p3: number[], count = 64): Polyline {
  const points: Polyline = [];
  for (let i = 0; i <= count; i++) {
    const t = i / count,
      s = 1 - t;
    for (let k = 0; k < 2; k++)
      points.push(s * s * s * p0[k] + 3 * s * s * t * p1[k] + 3 * s * t * t * p2[k] + t * t * t * p3[k]);
  }
  return points;
}

export function polylineLength(line: Polyline): number {
  let length = 0;
  for (let i = 2; i < line.length; i += 2) length += Math.hypot(line[i] - line[i - 2], line[i + 1] - line[i - 1]);
  return length;
}

export function reversePolyline(line: Polyline): Polyline {
  const out: Polyline = [];
  for (let i = line.length - 2; i >= 0; i -= 2) out.push(line[i], line[i + 1]);
  return out;
}

/** The points at the given distances along the line. */
export function pointsAlong(line: Polyline, distances: readonly number[]): Polyline {
  const out: Polyline = [];
  let i = 2,
    start = 0,
    piece = Math.hypot(line[2] - line[0], line[3] - line[1]);
  for (const distance of distances) {
    while (start + piece < distance && i + 2 < line.length) {
      start += piece;
      i += 2;
      piece = Math.hypot(line[i] - line[i - 2], line[i + 1] - line[i - 1]);
    }
    const t = piece > 0 ? Math.min(1, Math.max(0, (distance - start) / piece)) : 0;
    out.push(line[i - 2] + t * (line[i] - line[i - 2]), line[i - 1] + t * (line[i + 1] - line[i - 1]));
  }
  return out;
}

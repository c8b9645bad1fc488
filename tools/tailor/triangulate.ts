/**
 * Delaunay triangulation of plane points (Bowyer–Watson, incremental, O(n²): pieces have some thousand points), keeping
 * the triangles whose centroid lies within the polygon formed by the first `boundary` points. Anticlockwise triples.
 */
export function triangulate(points: readonly number[], boundary: number): number[] {
  const count = points.length / 2;
  const all = [...points, -50, -50, 50, -50, 0, 80]; // a triangle around anything a garment measures in metres
  interface Circle {
    a: number;
    b: number;
    c: number;
    x: number;
    y: number;
    r2: number;
  }
  const circle = (a: number, b: number, c: number): Circle => {
    const ax = all[2 * a],
      ay = all[2 * a + 1];
    const bx = all[2 * b] - ax,
      by = all[2 * b + 1] - ay,
      cx = all[2 * c] - ax,
      cy = all[2 * c + 1] - ay;
    const d = 2 * (bx * cy - by * cx),
      b2 = bx * bx + by * by,
      c2 = cx * cx + cy * cy;
    const x = (cy * b2 - by * c2) / d,
      y = (bx * c2 - cx * b2) / d;
    return { a, b, c, x: ax + x, y: ay + y, r2: x * x + y * y };
  };
  let triangles: Circle[] = [circle(count, count + 1, count + 2)];
  for (let p = 0; p < count; p++) {
    const px = all[2 * p],
      py = all[2 * p + 1];
    const open = new Map<string, [number, number]>();
    const kept: Circle[] = [];
    for (const t of triangles) {
      const dx = px - t.x,
        dy = py - t.y;
      if (dx * dx + dy * dy >= t.r2 * (1 - 1e-10)) {
        kept.push(t);
        continue;
      }
      for (const [a, b] of [
        [t.a, t.b],
        [t.b, t.c],
        [t.c, t.a],
      ]) {
        if (!open.delete(`${b},${a}`)) open.set(`${a},${b}`, [a, b]);
      }
    }
    for (const [a, b] of open.values()) kept.push(circle(a, b, p));
    triangles = kept;
  }
  const out: number[] = [];
  for (const { a, b, c } of triangles) {
    if (a >= count || b >= count || c >= count) continue;
    const x = (all[2 * a] + all[2 * b] + all[2 * c]) / 3,
      y = (all[2 * a + 1] + all[2 * b + 1] + all[2 * c + 1]) / 3;
    if (insidePolygon(points, boundary, x, y)) out.push(a, b, c);
  }
  return out;
}

/** Whether a point lies within the polygon of the first `count` points (even–odd rule). */
export function insidePolygon(points: readonly number[], count: number, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = count - 1; i < count; j = i++) {
    const xi = points[2 * i],
      yi = points[2 * i + 1],
      xj = points[2 * j],
      yj = points[2 * j + 1];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

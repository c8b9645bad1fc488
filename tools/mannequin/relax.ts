import type { TriangleMesh } from './marching-tetrahedra.ts';

type Field = (x: number, y: number, z: number) => number;

/** Moves a point onto the zero level of the field (Newton along the slope). */
export const project = (field: Field, p: Float64Array, i: number, rounds = 3, reach = 0.02): void => {
  const e = 5e-4;
  for (let n = 0; n < rounds; n++) {
    const x = p[i]!; const y = p[i + 1]!; const z = p[i + 2]!;
    const d = field(x, y, z);
    if (Math.abs(d) < 1e-6) return;
    const gx = (field(x + e, y, z) - field(x - e, y, z)) / (2 * e);
    const gy = (field(x, y + e, z) - field(x, y - e, z)) / (2 * e);
    const gz = (field(x, y, z + e) - field(x, y, z - e)) / (2 * e);
    const g2 = gx * gx + gy * gy + gz * gz;
    if (g2 < 1e-3) return;
    const s = Math.max(-reach, Math.min(reach, d / g2));
    p[i] = x - gx * s; p[i + 1] = y - gy * s; p[i + 2] = z - gz * s;
  }
};

/** Vertex neighbours as flat lists. */
export const neighboursOf = (mesh: TriangleMesh): number[][] => {
  const sets: Set<number>[] = Array.from({ length: mesh.positions.length / 3 }, () => new Set<number>());
  const { indices } = mesh;
  for (let f = 0; f < indices.length; f += 3) for (let e = 0; e < 3; e++) {
    const a = indices[f + e]!; const b = indices[f + ((e + 1) % 3)]!;
    sets[a]!.add(b); sets[b]!.add(a);
  }
  return sets.map((s) => [...s].sort((a, b) => a - b));
};

/** Evens out the triangles: averages neighbours, then back onto the field. */
export const relax = (mesh: TriangleMesh, field: Field, rounds: number): void => {
  const neighbours = neighboursOf(mesh);
  const p = mesh.positions;
  const next = new Float64Array(p.length);
  for (let n = 0; n < rounds; n++) {
    for (let v = 0; v < neighbours.length; v++) for (let k = 0; k < 3; k++) {
      let sum = 0;
      for (const w of neighbours[v]!) sum += p[3 * w + k]!;
      next[3 * v + k] = p[3 * v + k]! * 0.5 + (sum / neighbours[v]!.length) * 0.5;
    }
    p.set(next);
    for (let v = 0; v < neighbours.length; v++) project(field, p, 3 * v);
  }
};

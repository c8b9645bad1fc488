import type { Field } from './marching-tetrahedra.ts';

/** Moves a point onto the zero level of the field (Newton along the slope). */
export function project(field: Field, p: Float64Array, i: number, rounds = 3, reach = 0.02): void {
  const e = 5e-4;
  for (let n = 0; n < rounds; n++) {
    const x = p[i]!;
    const y = p[i + 1]!;
    const z = p[i + 2]!;
    const d = field(x, y, z);
    if (Math.abs(d) < 1e-6) return;
    const gx = (field(x + e, y, z) - field(x - e, y, z)) / (2 * e);
    const gy = (field(x, y + e, z) - field(x, y - e, z)) / (2 * e);
    const gz = (field(x, y, z + e) - field(x, y, z - e)) / (2 * e);
    const g2 = gx * gx + gy * gy + gz * gz;
    if (g2 < 1e-3) return;
    const s = Math.max(-reach, Math.min(reach, d / g2));
    p[i] = x - gx * s;
    p[i + 1] = y - gy * s;
    p[i + 2] = z - gz * s;
  }
}

export interface TriangleMesh {
  /** 3 × vertices, metres. */
  positions: Float64Array;
  indices: Uint32Array;
}

export type Field = (x: number, y: number, z: number) => number;

/** A cube's corners as bits x, y, z; six tetrahedra around its diagonal 0–7 (Kuhn), so that neighbours agree. */
const tetrahedra = [
  [0, 1, 3, 7],
  [0, 3, 2, 7],
  [0, 2, 6, 7],
  [0, 6, 4, 7],
  [0, 4, 5, 7],
  [0, 5, 1, 7],
] as const;

/**
 * Mesh of the zero level of `field` on a grid of cubes of edge `step`: always closed and manifold (unlike surface nets, which
 * gave edges with four faces here). Its slivers are for the remesher. Faces look outwards (field positive outside).
 */
export function marchingTetrahedra(
  field: Field,
  min: readonly number[],
  max: readonly number[],
  step: number,
): TriangleMesh {
  const [nx, ny, nz] = [0, 1, 2].map((k) => Math.ceil((max[k]! - min[k]!) / step) + 1) as [number, number, number];
  const corner = (i: number, j: number, k: number): number => i + nx * (j + ny * k);
  const values = new Float64Array(nx * ny * nz);
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++) {
        // Exactly 0 would make triangles of no area.
        values[corner(i, j, k)] = field(min[0]! + i * step, min[1]! + j * step, min[2]! + k * step) || 1e-9;
      }
  const positions: number[] = [];
  const indices: number[] = [];
  const vertexOf = new Map<number, number>();
  const place = (c: number): [number, number, number] => [
    min[0]! + (c % nx) * step,
    min[1]! + (Math.floor(c / nx) % ny) * step,
    min[2]! + Math.floor(c / (nx * ny)) * step,
  ];
  const crossing = (a: number, b: number): number => {
    const key = Math.min(a, b) * values.length + Math.max(a, b);
    const known = vertexOf.get(key);
    if (known !== undefined) return known;
    const pa = place(a);
    const pb = place(b);
    // Kept off the corners: vertices of neighbouring edges stay apart.
    const t = Math.min(0.95, Math.max(0.05, values[a]! / (values[a]! - values[b]!)));
    positions.push(pa[0] + (pb[0] - pa[0]) * t, pa[1] + (pb[1] - pa[1]) * t, pa[2] + (pb[2] - pa[2]) * t);
    vertexOf.set(key, positions.length / 3 - 1);
    return positions.length / 3 - 1;
  };
  const emit = (a: number, b: number, c: number, inside: readonly number[]): void => {
    // Turned so that the corner inside lies behind it.
    const p = place(inside[0]!);
    const at = (v: number, k: number): number => positions[3 * v + k]!;
    const u = [0, 1, 2].map((k) => at(b, k) - at(a, k)) as [number, number, number];
    const w = [0, 1, 2].map((k) => at(c, k) - at(a, k)) as [number, number, number];
    const n = [u[1] * w[2] - u[2] * w[1], u[2] * w[0] - u[0] * w[2], u[0] * w[1] - u[1] * w[0]];
    const side = n[0]! * (p[0] - at(a, 0)) + n[1]! * (p[1] - at(a, 1)) + n[2]! * (p[2] - at(a, 2));
    if (side < 0) indices.push(a, b, c);
    else indices.push(a, c, b);
  };
  for (let k = 0; k + 1 < nz; k++)
    for (let j = 0; j + 1 < ny; j++)
      for (let i = 0; i + 1 < nx; i++) {
        const cube = Array.from({ length: 8 }, (_, n) => corner(i + (n & 1), j + ((n >> 1) & 1), k + (n >> 2)));
        const first = values[cube[0]!]! < 0;
        if (cube.every((c) => values[c]! < 0 === first)) continue;
        for (const tetrahedron of tetrahedra) {
          const corners = tetrahedron.map((n) => cube[n]!);
          const inside = corners.filter((c) => values[c]! < 0);
          const outside = corners.filter((c) => values[c]! >= 0);
          if (inside.length === 1)
            emit(
              crossing(inside[0]!, outside[0]!),
              crossing(inside[0]!, outside[1]!),
              crossing(inside[0]!, outside[2]!),
              inside,
            );
          else if (inside.length === 3)
            emit(
              crossing(inside[0]!, outside[0]!),
              crossing(inside[1]!, outside[0]!),
              crossing(inside[2]!, outside[0]!),
              inside,
            );
          else if (inside.length === 2) {
            const a = crossing(inside[0]!, outside[0]!);
            const b = crossing(inside[0]!, outside[1]!);
            const c = crossing(inside[1]!, outside[1]!);
            const d = crossing(inside[1]!, outside[0]!);
            emit(a, b, c, inside);
            emit(a, c, d, inside);
          }
        }
      }
  return { positions: Float64Array.from(positions), indices: Uint32Array.from(indices) };
}

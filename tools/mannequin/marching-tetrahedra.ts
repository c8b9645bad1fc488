/** A closed surface as a mesh. */
export interface TriangleMesh {
  /** 3 × vertices, metres. */
  positions: Float64Array;
  /** Three vertices for each triangle, anticlockwise from outside. */
  indices: Uint32Array;
}

/** Returns the signed distance of a point from a surface, negative inside; all metres. */
export type Field = (x: number, y: number, z: number) => number;

/**
 * Six tetrahedra around a cube's diagonal from corner 0 to corner 7 (Kuhn), so that the faces of neighbouring cubes are
 * cut alike. The bits 0, 1 and 2 of a corner's number are its x, y and z.
 */
const TETRAHEDRA = [
  [0, 1, 3, 7],
  [0, 3, 2, 7],
  [0, 2, 6, 7],
  [0, 6, 4, 7],
  [0, 4, 5, 7],
  [0, 5, 1, 7],
] as const;

/**
 * Least distance of a vertex from the ends of its edge, as a share of the edge: vertices of other edges then differ.
 */
const CORNER_MARGIN = 0.05;

/**
 * Meshes the zero level of a field within the box from `min` to `max` (x, y, z, metres), on a grid of cubes with edges
 * of `step` metres. The mesh is closed and manifold if the surface is inside the box; thin triangles remain.
 *
 * 1. Sample the field at the grid's corners.
 * 2. Split each cube that the surface crosses into tetrahedra.
 * 3. Put a vertex on every edge of a tetrahedron that crosses the surface, and join them by one or two triangles.
 *
 * Rejected: surface nets, which here gave edges with four faces.
 */
export function marchingTetrahedra(
  field: Field,
  min: readonly number[],
  max: readonly number[],
  step: number,
): TriangleMesh {
  const [nx, ny, nz] = [0, 1, 2].map((k) => Math.ceil((max[k]! - min[k]!) / step) + 1) as [number, number, number];
  const cornerAt = (i: number, j: number, k: number): number => i + nx * (j + ny * k);
  const values = new Float64Array(nx * ny * nz);
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++) {
        // A value of exactly 0 would make triangles without area.
        values[cornerAt(i, j, k)] = field(min[0]! + i * step, min[1]! + j * step, min[2]! + k * step) || 1e-9;
      }
  const positions: number[] = [];
  const indices: number[] = [];
  const vertexByEdge = new Map<number, number>();
  const positionOf = (corner: number): [number, number, number] => [
    min[0]! + (corner % nx) * step,
    min[1]! + (Math.floor(corner / nx) % ny) * step,
    min[2]! + Math.floor(corner / (nx * ny)) * step,
  ];
  /** The vertex on the edge between two corners. */
  const crossing = (a: number, b: number): number => {
    const key = Math.min(a, b) * values.length + Math.max(a, b);
    const known = vertexByEdge.get(key);
    if (known !== undefined) return known;
    const pa = positionOf(a);
    const pb = positionOf(b);
    const t = Math.min(1 - CORNER_MARGIN, Math.max(CORNER_MARGIN, values[a]! / (values[a]! - values[b]!)));
    positions.push(pa[0] + (pb[0] - pa[0]) * t, pa[1] + (pb[1] - pa[1]) * t, pa[2] + (pb[2] - pa[2]) * t);
    vertexByEdge.set(key, positions.length / 3 - 1);
    return positions.length / 3 - 1;
  };
  /** Adds a triangle, in the order that has the corner `inside` behind it. */
  const addTriangle = (a: number, b: number, c: number, inside: number): void => {
    const p = positionOf(inside);
    const component = (v: number, k: number): number => positions[3 * v + k]!;
    const u = [0, 1, 2].map((k) => component(b, k) - component(a, k)) as [number, number, number];
    const w = [0, 1, 2].map((k) => component(c, k) - component(a, k)) as [number, number, number];
    const n = [u[1] * w[2] - u[2] * w[1], u[2] * w[0] - u[0] * w[2], u[0] * w[1] - u[1] * w[0]];
    const side = n[0]! * (p[0] - component(a, 0)) + n[1]! * (p[1] - component(a, 1)) + n[2]! * (p[2] - component(a, 2));
    if (side < 0) indices.push(a, b, c);
    else indices.push(a, c, b);
  };
  const meshTetrahedron = (corners: readonly number[]): void => {
    const inside = corners.filter((corner) => values[corner]! < 0);
    const outside = corners.filter((corner) => values[corner]! >= 0);
    if (inside.length === 1) {
      const [a, b, c] = outside.map((corner) => crossing(inside[0], corner)) as [number, number, number];
      addTriangle(a, b, c, inside[0]);
    } else if (outside.length === 1) {
      const [a, b, c] = inside.map((corner) => crossing(corner, outside[0])) as [number, number, number];
      addTriangle(a, b, c, inside[0]);
    } else if (inside.length === 2) {
      const a = crossing(inside[0], outside[0]);
      const b = crossing(inside[0], outside[1]);
      const c = crossing(inside[1], outside[1]);
      const d = crossing(inside[1], outside[0]);
      addTriangle(a, b, c, inside[0]);
      addTriangle(a, c, d, inside[0]);
    }
  };
  for (let k = 0; k + 1 < nz; k++)
    for (let j = 0; j + 1 < ny; j++)
      for (let i = 0; i + 1 < nx; i++) {
        const cube = Array.from({ length: 8 }, (_, n) => cornerAt(i + (n & 1), j + ((n >> 1) & 1), k + (n >> 2)));
        const isFirstInside = values[cube[0]!]! < 0;
        if (cube.every((corner) => values[corner]! < 0 === isFirstInside)) continue;
        for (const tetrahedron of TETRAHEDRA) meshTetrahedron(tetrahedron.map((n) => cube[n]!));
      }
  return { positions: Float64Array.from(positions), indices: Uint32Array.from(indices) };
}

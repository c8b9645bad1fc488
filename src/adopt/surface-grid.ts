/**
 * A grid of cubic cells over the triangles of a surface, the skin of a body or a garment's cloth. It makes the search
 * for the surface's nearest point to a given point fast, because only the triangles in nearby cells are tested.
 * `createSurfaceGrid` builds it:
 *
 * 1. Divides the surface's bounding box into cells of 3 cm.
 * 2. Lists for each cell the triangles whose bounding boxes touch it.
 *
 * `findNearestPoint` searches it:
 *
 * 1. Visits the cells around the point in shells of growing distance.
 * 2. Computes the nearest point of each triangle in them, and keeps the nearest of all.
 * 3. Stops when all cells further out are further away than that point.
 */
export interface SurfaceGrid {
  /** Corner of the grid with the smallest coordinates, metres. */
  origin: [number, number, number];
  /** Edge of a cell, metres. */
  cellMetres: number;
  /** Cells along x, y and z. */
  size: [number, number, number];
  /**
   * Cells + 1 values. The triangles of cell c are `triangles[starts[c]]` to, but without, `triangles[starts[c + 1]]`;
   * c = x + size[0] · (y + size[1] · z).
   */
  starts: Uint32Array;
  /** Indices of triangles, cell by cell. */
  triangles: Uint32Array;
  /** 3 × vertices of the surface, metres. */
  positions: Float32Array;
  /** 3 × triangles of the surface. */
  indices: Uint16Array | Uint32Array;
}

/** The point of a surface that is nearest to a given point. */
export interface NearestPoint {
  /** Index of its triangle; −1 when none is within reach. */
  triangle: number;
  /** Barycentric weight of the triangle's first corner, 0..1. */
  u: number;
  /** Barycentric weight of the second corner, 0..1; the third's is 1 − u − v. */
  v: number;
  /** Distance between both points, metres; the reach of the search when there is none. */
  distance: number;
}

/**
 * Edge of a cell, metres: 1.5 times a typical edge of the mannequin's triangles, so that a cell has few triangles and a
 * search few cells.
 */
const CELL_METRES = 0.03;

/**
 * Creates the grid of a mesh. The grid keeps both arrays, which must not change afterwards.
 *
 * @param positions 3 × vertices, metres.
 * @param indices 3 × triangles.
 */
export function createSurfaceGrid(positions: Float32Array, indices: Uint16Array | Uint32Array): SurfaceGrid {
  const low: [number, number, number] = [Infinity, Infinity, Infinity];
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < positions.length; i++) {
    low[i % 3] = Math.min(low[i % 3], positions[i]);
    high[i % 3] = Math.max(high[i % 3], positions[i]);
  }
  const size: [number, number, number] = [0, 0, 0];
  for (let a = 0; a < 3; a++) size[a] = Math.max(1, Math.floor((high[a] - low[a]) / CELL_METRES) + 1);
  const grid: SurfaceGrid = {
    origin: low,
    cellMetres: CELL_METRES,
    size,
    starts: new Uint32Array(size[0] * size[1] * size[2] + 1),
    triangles: new Uint32Array(0),
    positions,
    indices,
  };

  // Count first, fill second: one array holds all cells.
  forEachCell(grid, (c) => void grid.starts[c + 1]++);
  for (let c = 0; c < grid.starts.length - 1; c++) grid.starts[c + 1] += grid.starts[c];
  grid.triangles = new Uint32Array(grid.starts[grid.starts.length - 1]);
  const next = grid.starts.slice();
  forEachCell(grid, (c, triangle) => void (grid.triangles[next[c]++] = triangle));
  return grid;
}

/** Calls `visit` for each cell that the bounding box of each triangle touches. */
function forEachCell(
  { origin, cellMetres, size, positions, indices }: SurfaceGrid,
  visit: (cell: number, triangle: number) => void,
): void {
  const from = [0, 0, 0];
  const to = [0, 0, 0];
  for (let t = 0; 3 * t < indices.length; t++) {
    for (let a = 0; a < 3; a++) {
      const p = positions[3 * indices[3 * t] + a];
      const q = positions[3 * indices[3 * t + 1] + a];
      const r = positions[3 * indices[3 * t + 2] + a];
      from[a] = Math.floor((Math.min(p, q, r) - origin[a]) / cellMetres);
      to[a] = Math.floor((Math.max(p, q, r) - origin[a]) / cellMetres);
    }
    for (let z = from[2]; z <= to[2]; z++) {
      for (let y = from[1]; y <= to[1]; y++) {
        for (let x = from[0]; x <= to[0]; x++) visit(x + size[0] * (y + size[1] * z), t);
      }
    }
  }
}

/**
 * Writes to `target` the point of the surface that is nearest to (x, y, z), metres in the space of the grid's
 * positions, and returns `target`. If no point is nearer than `reach` metres, `target.triangle` is −1 and u and v keep
 * their values.
 */
export function findNearestPoint(
  grid: SurfaceGrid,
  x: number,
  y: number,
  z: number,
  reach: number,
  target: NearestPoint,
): NearestPoint {
  const { origin, cellMetres, size, starts, triangles } = grid;
  target.triangle = -1;
  target.distance = reach;
  const cx = Math.floor((x - origin[0]) / cellMetres);
  const cy = Math.floor((y - origin[1]) / cellMetres);
  const cz = Math.floor((z - origin[2]) / cellMetres);
  const rings = Math.ceil(reach / cellMetres) + 1;

  for (let ring = 0; ring <= rings; ring++) {
    // A triangle that no earlier ring has tested is at least (ring − 1) cells away.
    if ((ring - 1) * cellMetres > target.distance) break;
    for (let k = Math.max(0, cz - ring); k <= Math.min(size[2] - 1, cz + ring); k++) {
      for (let j = Math.max(0, cy - ring); j <= Math.min(size[1] - 1, cy + ring); j++) {
        // Earlier rings searched the inside of this cube of cells: visit only its shell.
        const onShell = Math.abs(k - cz) === ring || Math.abs(j - cy) === ring;
        for (let i = cx - ring; i <= cx + ring; i += onShell || ring === 0 ? 1 : 2 * ring) {
          if (i < 0 || i >= size[0]) continue;
          const c = i + size[0] * (j + size[1] * k);
          for (let n = starts[c]; n < starts[c + 1]; n++) tryTriangle(grid, triangles[n], x, y, z, target);
        }
      }
    }
  }
  return target;
}

/**
 * Computes the point of triangle `t` that is nearest to the point p (metres), and writes it to `target` if it is nearer
 * than `target.distance`. Distinguishes the regions of the triangle's plane (C. Ericson, Real-Time Collision Detection,
 * 5.1.5).
 */
function tryTriangle(
  { positions, indices }: SurfaceGrid,
  t: number,
  px: number,
  py: number,
  pz: number,
  target: NearestPoint,
): void {
  const a = 3 * indices[3 * t];
  const b = 3 * indices[3 * t + 1];
  const c = 3 * indices[3 * t + 2];
  const ax = positions[a];
  const ay = positions[a + 1];
  const az = positions[a + 2];
  const abx = positions[b] - ax;
  const aby = positions[b + 1] - ay;
  const abz = positions[b + 2] - az;
  const acx = positions[c] - ax;
  const acy = positions[c + 1] - ay;
  const acz = positions[c + 2] - az;
  const apx = px - ax;
  const apy = py - ay;
  const apz = pz - az;

  const d1 = abx * apx + aby * apy + abz * apz;
  const d2 = acx * apx + acy * apy + acz * apz;
  const bpx = apx - abx;
  const bpy = apy - aby;
  const bpz = apz - abz;
  const d3 = abx * bpx + aby * bpy + abz * bpz;
  const d4 = acx * bpx + acy * bpy + acz * bpz;
  const cpx = apx - acx;
  const cpy = apy - acy;
  const cpz = apz - acz;
  const d5 = abx * cpx + aby * cpy + abz * cpz;
  const d6 = acx * cpx + acy * cpy + acz * cpz;
  const va = d3 * d6 - d5 * d4;
  const vb = d5 * d2 - d1 * d6;
  const vc = d1 * d4 - d3 * d2;

  // Weights of corners b and c in the nearest point, by the corner, edge or inside in whose region p is.
  let v = 0;
  let w = 0;
  if (d1 <= 0 && d2 <= 0) {
    // Corner a: both are 0.
  } else if (d3 >= 0 && d4 <= d3) {
    v = 1;
  } else if (vc <= 0 && d1 >= 0 && d3 <= 0) {
    v = d1 / (d1 - d3);
  } else if (d6 >= 0 && d5 <= d6) {
    w = 1;
  } else if (vb <= 0 && d2 >= 0 && d6 <= 0) {
    w = d2 / (d2 - d6);
  } else if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
    w = (d4 - d3) / (d4 - d3 + (d5 - d6));
    v = 1 - w;
  } else {
    v = vb / (va + vb + vc);
    w = vc / (va + vb + vc);
  }

  const dx = apx - v * abx - w * acx;
  const dy = apy - v * aby - w * acy;
  const dz = apz - v * abz - w * acz;
  const distance = Math.sqrt(dx * dx + dy * dy + dz * dz);
  if (!(distance < target.distance)) return;
  target.distance = distance;
  target.triangle = t;
  target.u = 1 - v - w;
  target.v = v;
}

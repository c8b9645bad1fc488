import type { SewnGarment } from './sew-pattern.ts';
import { surfaceNormals } from './surface-normals.ts';

/** Place of a vertex of the finished garment relative to a particle of the draped sheet. */
export interface VertexOffset {
  /** Number of the particle. */
  particle: number;
  /** Metres along the sheet's normal, outwards. */
  alongNormal: number;
  /** Metres beyond the sheet's free edge, within the sheet. */
  beyondEdge: number;
  /** Direction of the vertex's normal, radians: 0 along the sheet's normal, π/2 away from the edge, π inwards. */
  normalAngle: number;
}

/**
 * Returns positions (metres) and unit normals of the finished garment, 3 × vertices each. `sewn`: pattern pieces, their
 * seams, and the particles (points of the sewn garment). `vertices`: where each vertex is relative to a particle;
 * `sheet`: the draped sheet, a single layer, 3 × particles, metres.
 */
export function thickenSheet(
  sewn: SewnGarment,
  vertices: readonly VertexOffset[],
  sheet: Float64Array,
): { positions: Float32Array; normals: Float32Array } {
  const triangles = sewn.triangles.map((vertex) => sewn.particleOf[vertex]);
  const sheetNormals = surfaceNormals(sheet, triangles);
  const outward = outwardAtEdges(triangles, sheet, sheetNormals);
  const positions = new Float32Array(3 * vertices.length);
  const normals = new Float32Array(3 * vertices.length);
  vertices.forEach(({ particle, alongNormal, beyondEdge, normalAngle }, i) => {
    const p = 3 * particle;
    const cos = Math.cos(normalAngle);
    const sin = Math.sin(normalAngle);
    for (let k = 0; k < 3; k++) {
      positions[3 * i + k] = sheet[p + k] + alongNormal * sheetNormals[p + k] + beyondEdge * outward[p + k];
      normals[3 * i + k] = cos * sheetNormals[p + k] + sin * outward[p + k];
    }
    const length = Math.hypot(normals[3 * i], normals[3 * i + 1], normals[3 * i + 2]) || 1;
    for (let k = 0; k < 3; k++) normals[3 * i + k] /= length;
  });
  return { positions, normals };
}

/**
 * Returns for each particle on a free edge the unit vector in the sheet that points away from it; 0, 0, 0 elsewhere.
 */
function outwardAtEdges(triangles: Int32Array, sheet: Float64Array, normals: Float64Array): Float64Array {
  const particleCount = sheet.length / 3;
  const outward = new Float64Array(sheet.length);
  /** By side: its ends as one number in the direction of its triangle, or 0 if a second triangle shares the side. */
  const sides = new Map<number, number>();
  for (let t = 0; t < triangles.length; t++) {
    const a = triangles[t];
    const b = triangles[t % 3 === 2 ? t - 2 : t + 1];
    const key = Math.min(a, b) * particleCount + Math.max(a, b);
    sides.set(key, sides.has(key) ? 0 : b * particleCount + a);
  }
  for (const ends of sides.values()) {
    if (ends === 0) continue;
    const b = 3 * Math.floor(ends / particleCount);
    const a = 3 * (ends % particleCount);
    const dx = sheet[b] - sheet[a];
    const dy = sheet[b + 1] - sheet[a + 1];
    const dz = sheet[b + 2] - sheet[a + 2];
    for (const p of [a, b]) {
      // The side × the normal points out of an anticlockwise triangle.
      outward[p] += dy * normals[p + 2] - dz * normals[p + 1];
      outward[p + 1] += dz * normals[p] - dx * normals[p + 2];
      outward[p + 2] += dx * normals[p + 1] - dy * normals[p];
    }
  }
  for (let p = 0; p < outward.length; p += 3) {
    const length = Math.hypot(outward[p], outward[p + 1], outward[p + 2]);
    if (length > 0) for (let k = 0; k < 3; k++) outward[p + k] /= length;
  }
  return outward;
}

/**
 * Measures a finished garment as it is simulated, by the lengths that its cloth has without tension:
 *
 * 1. Sew the pattern again, which tells which thread of the cloth each vertex of the file is on.
 * 2. Follow threads across the triangles of the simulated mesh, each laid flat by the lengths of its sides.
 */
import { type ClothMesh, createClothMesh } from '../../src/cloth/create-cloth-mesh.ts';
import { createSizedSheet } from '../../src/cloth/create-sized-sheet.ts';
import type { Garment } from '../../src/garment/garment.ts';
import type { Pattern } from './pattern.ts';
import { type SewnGarment, sewPattern } from './sew-pattern.ts';

/** A coordinate that changes by more than this share of a triangle's longest side is not that of one thread. */
const ACROSS_SEAM = 1.5;

/** A measure of one size, metres. */
interface CutMeasure {
  size: string;
  name: string;
  wanted: number;
  measured: number;
}

/** Measures the file of a pattern (`garment`) in every size, by the pattern's tapes. */
export function measureCut(garment: Garment, pattern: Pattern): CutMeasure[] {
  const mesh = createClothMesh(garment);
  const sewn = sewPattern(pattern, [pattern.baseSize]);
  const vertices = sewnVertices(garment, mesh, sewn);
  const flat = sewn.flat[pattern.baseSize];
  const threads = pattern.tapes.map(({ coordinate, at }) => {
    const places = at(pattern.sizes[pattern.baseSize]);
    return vertices.map((own) => {
      const vertex = own.find((v) => sewn.pieceNames[sewn.pieceOf[v]] in places);
      if (vertex === undefined) return NaN;
      return flat[2 * vertex + (coordinate === 'x' ? 0 : 1)] - places[sewn.pieceNames[sewn.pieceOf[vertex]]];
    });
  });
  return Object.entries(pattern.sizes).flatMap(([size, measures]) =>
    pattern.tapes.map(({ name, length, times }, t) => ({
      size,
      name,
      wanted: length(measures) / times,
      measured: lengthOfThread(garment, mesh, size, threads[t]) / times,
    })),
  );
}

/** By particle: the vertices of the pieces, without bands, that it is. */
function sewnVertices({ binding }: Garment, mesh: ClothMesh, sewn: SewnGarment): number[][] {
  // A prepared garment numbers the vertices of a mesh in the order in which its triangles use them.
  const cloth = [...new Set(Array.from(sewn.triangles).filter((vertex) => sewn.pieceOf[vertex] < sewn.firstBand))];
  const byWeld = new Map<number, number[]>();
  for (const [i, vertex] of cloth.entries()) {
    const w = binding.weld.welded[binding.firsts[0] + i];
    byWeld.set(w, [...(byWeld.get(w) ?? []), vertex]);
  }
  return Array.from(mesh.vertices, (w) => byWeld.get(w) ?? []);
}

/**
 * Length of the thread on which `place` is 0, metres of cloth without tension. `place`: a coordinate of particles in
 * the pattern of the base size, NaN where the thread is not.
 */
function lengthOfThread(garment: Garment, mesh: ClothMesh, size: string, place: readonly number[]): number {
  const { triangles, restLengths } = createSizedSheet(garment, mesh, size, 1);
  let metres = 0;
  for (let t = 0; t < triangles.length; t += 3) {
    const [first, second, third] = [0, 1, 2].map((k) => restLengths[t + k]);
    const x = (first * first + third * third - second * second) / (2 * first);
    const corners = [
      [0, 0],
      [first, 0],
      [x, Math.sqrt(Math.max(0, third * third - x * x))],
    ];
    const values = [0, 1, 2].map((k) => place[triangles[t + k]]);
    // Not where a triangle lies over a seam, beyond which the coordinate is another's.
    const extent = Math.max(...values) - Math.min(...values);
    if (extent > ACROSS_SEAM * Math.max(first, second, third)) continue;
    const points = [0, 1, 2].flatMap((k) => {
      const next = (k + 1) % 3;
      const share = values[k] / (values[k] - values[next]);
      if (!(share > 0 && share <= 1)) return [];
      return [corners[k].map((value, axis) => value + share * (corners[next][axis] - value))];
    });
    if (points.length === 2) metres += Math.hypot(points[0][0] - points[1][0], points[0][1] - points[1][1]);
  }
  return metres;
}

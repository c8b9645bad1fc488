import { type Piece, ROW_HEIGHT } from './mesh-piece.ts';
import type { Draft } from './pattern.ts';
import { type SegmentCounts, sampleOutline } from './sample-outline.ts';

/** Gauss–Seidel rounds, enough to converge on pieces that are some 50 vertices across. */
const ROUNDS = 1500;

/**
 * Returns a pattern piece (a flat mesh, metres) in another size, with the same vertices, triangles and edges: its
 * outline is that of `draft`, and each inner point moves by the mean of its neighbours' shifts (a harmonic function).
 * `piece` comes from `meshPiece`, `counts` (segments on each edge) and `spacing` (distance between neighbouring
 * vertices, metres) are those with which it was meshed.
 */
export function gradePiece(piece: Piece, draft: Draft, counts: SegmentCounts, spacing: number): Piece {
  const outline = sampleOutline(draft, counts, spacing * ROW_HEIGHT).points;
  const outlineCount = outline.length / 2;
  const count = piece.points.length / 2;
  const shift = new Float64Array(2 * count);
  for (let i = 0; i < 2 * outlineCount; i++) shift[i] = outline[i] - piece.points[i];
  const neighbours: number[][] = Array.from({ length: count }, () => []);
  for (let t = 0; t < piece.triangles.length; t += 3)
    for (let k = 0; k < 3; k++) neighbours[piece.triangles[t + k]].push(piece.triangles[t + ((k + 1) % 3)]);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = outlineCount; i < count; i++) {
      let x = 0;
      let y = 0;
      for (const j of neighbours[i]) {
        x += shift[2 * j];
        y += shift[2 * j + 1];
      }
      shift[2 * i] = x / neighbours[i].length;
      shift[2 * i + 1] = y / neighbours[i].length;
    }
  }
  return { ...piece, points: piece.points.map((value, i) => value + shift[i]) };
}

import { forEachIndex, type Sliced } from '../math/sliced.ts';
import { findPieces } from './find-pieces.ts';

/** Smaller pieces (buttons, buckles, pockets: a palm's area) ride on the cloth beneath them, m². */
const SMALLEST_AREA = 0.01;
/** A surface has twice as many triangles as vertices, or fewer. With more than this many sheets cross at most edges. */
const MOST_TRIANGLES_PER_VERTEX = 3;

/** Why a piece is not simulated. */
export type LeftOutReason = 'too small' | 'no surface' | 'too many vertices';

/** What `choosePieces` chooses of a mesh. */
export interface ChosenPieces {
  /** 3 × triangles: vertices of the chosen pieces. */
  triangles: Uint32Array;
  /** The other pieces, each with one of its vertices. */
  leftOut: { vertex: number; reason: LeftOutReason }[];
  /** Number of vertices of the chosen pieces, and of those that are left out only because there are too many. */
  wantedCount: number;
}

/** A piece of the mesh: what triangles connect. */
interface Piece {
  number: number;
  /** Its first vertex. */
  vertex: number;
  vertexCount: number;
  triangleCount: number;
  /** m². */
  area: number;
}

/**
 * Chooses the pieces of a mesh that are simulated as cloth: the largest first, those that form surfaces, with at most
 * `maxVertices` vertices in all.
 *
 * @param positions 3 × vertices, metres.
 * @param triangles 3 × triangles: vertices.
 */
export function* choosePieces(
  positions: ArrayLike<number>,
  triangles: Uint32Array,
  maxVertices: number,
): Sliced<ChosenPieces> {
  const numbers = findPieces(triangles, positions.length / 3);
  yield;
  const pieces = new Map<number, Piece>();
  const isCounted = new Uint8Array(numbers.length);
  let piece: Piece | undefined;
  yield* forEachIndex(triangles.length / 3, (index) => {
    const t = 3 * index;
    const number = numbers[triangles[t]];
    if (piece?.number !== number) piece = pieces.get(number);
    if (!piece) {
      piece = { number, vertex: triangles[t], vertexCount: 0, triangleCount: 0, area: 0 };
      pieces.set(number, piece);
    }
    piece.triangleCount++;
    piece.area += areaOf(positions, triangles[t], triangles[t + 1], triangles[t + 2]);
    for (let k = t; k < t + 3; k++) {
      piece.vertexCount += 1 - isCounted[triangles[k]];
      isCounted[triangles[k]] = 1;
    }
  });

  const isChosen = new Uint8Array(numbers.length);
  const leftOut: ChosenPieces['leftOut'] = [];
  let count = 0;
  let wantedCount = 0;
  for (const piece of [...pieces.values()].sort((a, b) => b.area - a.area || a.vertex - b.vertex)) {
    const reason = reasonToLeaveOut(piece, maxVertices - count);
    if (reason === null || reason === 'too many vertices') wantedCount += piece.vertexCount;
    if (reason) leftOut.push({ vertex: piece.vertex, reason });
    else {
      isChosen[piece.number] = 1;
      count += piece.vertexCount;
    }
  }
  return { triangles: triangles.filter((v) => isChosen[numbers[v]] === 1), leftOut, wantedCount };
}

/** `verticesLeft`: how many vertices may still be chosen. */
function reasonToLeaveOut({ area, triangleCount, vertexCount }: Piece, verticesLeft: number): LeftOutReason | null {
  if (area < SMALLEST_AREA) return 'too small';
  if (triangleCount > MOST_TRIANGLES_PER_VERTEX * vertexCount) return 'no surface';
  return vertexCount > verticesLeft ? 'too many vertices' : null;
}

/** Returns the area of a triangle, m². */
function areaOf(p: ArrayLike<number>, a: number, b: number, c: number): number {
  const ux = p[3 * b] - p[3 * a];
  const uy = p[3 * b + 1] - p[3 * a + 1];
  const uz = p[3 * b + 2] - p[3 * a + 2];
  const vx = p[3 * c] - p[3 * a];
  const vy = p[3 * c + 1] - p[3 * a + 1];
  const vz = p[3 * c + 2] - p[3 * a + 2];
  return Math.hypot(uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx) / 2;
}

/**
 * Turns the draped sheets (the sewn garment as a single layer of particles) into the garment's mesh, with thickness at
 * hems and rib, where it can be seen.
 *
 * 1. Use the vertices and triangles of the pattern pieces as the outside.
 * 2. Fold in each hem and the rib: add the inside layer, and a lip round the free edge.
 * 3. Compute texture coordinates, and how they would move if the texture held the pattern of the next size.
 * 4. For each size, place all vertices relative to the draped sheet.
 */
import { BAND_INSET_METRES, HEM_INSET_METRES } from './inner-depth.ts';
import { type Atlas, layOutAtlas } from './lay-out-atlas.ts';
import type { SewnGarment } from './sew-pattern.ts';
import { thickenSheet, type VertexOffset } from './thicken-sheet.ts';

/** Distance from the draped sheet to the outside of a band, metres. */
const BAND_OUTSET_METRES = 0.0008;
/** Distances in the texture from a free edge to the outer rim and to the middle of its lip, metres of cloth. */
const LIP_IN_TEXTURE = { outer: 0.002, middle: 0.001 };

/** The garment's mesh. Vertices: those of the pattern pieces, in their order, then those of insides and lips. */
export interface FinishedGarment {
  /** Texture coordinates, 2 × vertices, 0 to 1, origin top left. */
  uvs: Float32Array;
  /** The layout of the texture. */
  atlas: Atlas;
  /** 2 × vertices: how the place in the flat pattern moves from a size to the next, metres along the texture's axes. */
  grades: Float32Array;
  /** For each vertex: the particle whose skin weights it has. */
  particleOf: Int32Array;
  /** Triangles of the pieces and of the bands: three vertices each, anticlockwise from outside. */
  cloth: number[];
  bands: number[];
  /** By size: 3 × vertices, metres, in the mannequin's rest pose. */
  positions: Record<string, Float32Array>;
  /** By size: unit normals, 3 × vertices. */
  normals: Record<string, Float32Array>;
}

/** A vertex of the finished garment: its place relative to a particle, and in the texture. */
interface FinishedVertex extends VertexOffset {
  /** The vertex of the pattern pieces that it is, or is the inside or the lip of. */
  vertex: number;
  /** Pattern coordinates, metres, on an island of the atlas: a piece, or the inside of a hem or of the rib. */
  x: number;
  y: number;
  island: string;
}

/**
 * Returns the garment's mesh. `sewn`: pattern pieces as meshes, and their seams; `draped`: by size, 3 × particles,
 * metres, in the mannequin's rest pose.
 */
export function finishGarment(sewn: SewnGarment, draped: Record<string, Float64Array>): FinishedGarment {
  const { pieceNames, firstBand } = sewn;
  const vertices = outsideVertices(sewn);
  const cloth: number[] = [];
  const bands: number[] = [];
  for (let t = 0; t < sewn.triangles.length; t += 3)
    (sewn.pieceOf[sewn.triangles[t]] >= firstBand ? bands : cloth).push(
      sewn.triangles[t],
      sewn.triangles[t + 1],
      sewn.triangles[t + 2],
    );
  pieceNames.forEach((name, p) => {
    const isBand = p >= firstBand;
    const fold = isBand
      ? { edge: sewn.edges[`${name}.free`], inset: BAND_INSET_METRES, outset: BAND_OUTSET_METRES, towardsEdge: 1 }
      : { edge: sewn.edges[`${name}.hem`], inset: HEM_INSET_METRES, outset: 0, towardsEdge: -1 };
    turnIn(sewn, p, fold, { vertices, triangles: isBand ? bands : cloth });
  });
  const atlas = layOutAtlas(sewn);
  const uvs = new Float32Array(2 * vertices.length);
  vertices.forEach(({ island, x, y }, i) => uvs.set(atlas.place(island, x, y), 2 * i));
  const grade = gradePerStep(sewn);
  const grades = new Float32Array(2 * vertices.length);
  vertices.forEach(({ vertex, island, x, y }, i) => {
    const moved = atlas.place(island, x + grade[2 * vertex], y + grade[2 * vertex + 1]);
    for (let k = 0; k < 2; k++) grades[2 * i + k] = atlas.side * (moved[k] - uvs[2 * i + k]);
  });
  const shapes = Object.entries(draped).map(([size, sheet]) => [size, thickenSheet(sewn, vertices, sheet)] as const);
  const bySize = (key: 'positions' | 'normals') =>
    Object.fromEntries(shapes.map(([size, shape]) => [size, shape[key]])) as Record<string, Float32Array>;
  return {
    uvs,
    atlas,
    grades,
    particleOf: Int32Array.from(vertices, ({ particle }) => particle),
    cloth,
    bands,
    positions: bySize('positions'),
    normals: bySize('normals'),
  };
}

/** Step 1. Returns one vertex for each vertex of the pieces, in their order. */
function outsideVertices(sewn: SewnGarment): FinishedVertex[] {
  const flat = sewn.flat[sewn.pattern.baseSize];
  return Array.from(sewn.pieceOf, (piece, i) => {
    const x = flat[2 * i];
    const y = flat[2 * i + 1];
    // A band's outside is flush with the cloth at the seam. Its last vertex is on its free edge.
    const bandWidth = piece < sewn.firstBand ? null : flat[2 * (sewn.pieceStarts[piece + 1] - 1) + 1];
    const alongNormal = bandWidth === null ? 0 : BAND_OUTSET_METRES * Math.min(1, (y / bandWidth) * 2);
    const island = sewn.pieceNames[piece];
    return { particle: sewn.particleOf[i], vertex: i, alongNormal, beyondEdge: 0, normalAngle: 0, x, y, island };
  });
}

/** Returns how the pattern coordinates of each vertex of the pieces move from a size to the next, 2 each, metres. */
function gradePerStep({ pattern, flat }: SewnGarment): Float64Array {
  const names = Object.keys(pattern.sizes);
  const sizes = names.filter((size) => size in flat);
  const [smallest, largest] = [sizes[0], sizes[sizes.length - 1]];
  const steps = names.indexOf(largest) - names.indexOf(smallest) || 1;
  return flat[largest].map((value, i) => (value - flat[smallest][i]) / steps);
}

/** Returns the triangles of a piece that get an inside: all of a band, else the hem's; three vertices each. */
function foldedTriangles(sewn: SewnGarment, piece: number): number[] {
  const triangles: number[] = [];
  for (let t = 0; t < sewn.triangles.length; t += 3)
    if (sewn.pieceOf[sewn.triangles[t]] === piece && (piece >= sewn.firstBand || sewn.isHemTriangle[t / 3]))
      triangles.push(sewn.triangles[t], sewn.triangles[t + 1], sewn.triangles[t + 2]);
  return triangles;
}

/** How a hem or a band is folded in. */
interface Fold {
  /** Vertices along the free edge, in order. */
  edge: readonly number[];
  /** Distances from the draped sheet to the inside layer and to the outside layer, metres. */
  inset: number;
  outset: number;
  /** +1 if the pattern's y grows towards the free edge, else −1. */
  towardsEdge: number;
}

/** Step 2, for one piece. Appends the new vertices and triangles to those of `target`. */
function turnIn(
  sewn: SewnGarment,
  piece: number,
  { edge, inset, outset, towardsEdge }: Fold,
  target: { vertices: FinishedVertex[]; triangles: number[] },
): void {
  const island = `${sewn.pieceNames[piece]}.inside`;
  const flat = sewn.flat[sewn.pattern.baseSize];
  const addVertex = (i: number, y: number, offset: Omit<VertexOffset, 'particle'>): number =>
    target.vertices.push({ particle: sewn.particleOf[i], vertex: i, ...offset, x: flat[2 * i], y, island }) - 1;
  const insides = new Map<number, number>();
  const insideOf = (i: number): number => {
    if (!insides.has(i)) {
      const offset = { alongNormal: -inset, beyondEdge: 0, normalAngle: Math.PI };
      insides.set(i, addVertex(i, flat[2 * i + 1], offset));
    }
    return insides.get(i)!;
  };
  const triangles = foldedTriangles(sewn, piece);
  for (let t = 0; t < triangles.length; t += 3)
    target.triangles.push(insideOf(triangles[t]), insideOf(triangles[t + 2]), insideOf(triangles[t + 1]));
  // The lip: two strips round the free edge, from the outside to its outermost line and from there to the inside.
  const outer = edge.map((i) =>
    addVertex(i, flat[2 * i + 1] + towardsEdge * LIP_IN_TEXTURE.outer, {
      alongNormal: outset,
      beyondEdge: 0,
      normalAngle: 0,
    }),
  );
  const middle = edge.map((i) =>
    addVertex(i, flat[2 * i + 1] + towardsEdge * LIP_IN_TEXTURE.middle, {
      alongNormal: (outset - inset) / 2,
      beyondEdge: (outset + inset) * 0.6 + 0.0003,
      normalAngle: Math.PI / 2,
    }),
  );
  const inner = edge.map(insideOf);
  const isReversed = runsAlong(triangles, edge);
  for (const [from, to] of [
    [outer, middle],
    [middle, inner],
  ])
    for (let k = 0; k + 1 < edge.length; k++) {
      const quad = [from[k], from[k + 1], to[k + 1], from[k], to[k + 1], to[k]];
      if (isReversed) quad.reverse();
      target.triangles.push(...quad);
    }
}

/**
 * Returns whether the triangle at the start of an edge has its corners in the edge's direction. A strip beyond the edge
 * must then have them in the opposite direction, so that both face the same way.
 */
function runsAlong(triangles: readonly number[], edge: readonly number[]): boolean {
  for (let t = 0; t < triangles.length; t++) {
    if (triangles[t] === edge[0] && triangles[t % 3 === 2 ? t - 2 : t + 1] === edge[1]) return true;
  }
  return false;
}

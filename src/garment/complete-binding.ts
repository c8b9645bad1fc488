import type { Mannequin } from '../mannequin/mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { computeNormals } from './compute-normals.ts';
import { findNeighbours } from './find-neighbours.ts';
import { findRestVertices } from './find-rest-vertices.ts';
import type { GarmentMesh } from './garment.ts';
import { ANCHORS, type ClothBinding, type GarmentBinding, type Weld } from './garment-binding.ts';
import { measureRestHeights } from './measure-rest-heights.ts';

/** The body that a garment was modelled on: a mannequin and its shape. */
export interface ClothWearer {
  /** The body model: its skin and joints (rest pose, metres), and the morphs that change its shape. */
  mannequin: Mannequin;
  /** Morph weights in the order of `morphNames` (MORPH_COUNT); null: all 0, the mannequin's base shape. */
  madeOn: Float32Array | null;
}

/**
 * A cloth's binding (distances from the skin and shares of joints, by welded vertex), and the welded vertices: those at
 * the same position count as one.
 */
export interface BoundCloth extends ClothBinding {
  /** The welded vertex of each vertex, and the neighbours of each welded vertex. */
  weld: Weld;
  /** By part: index of its first vertex among the vertices of all parts, in the order of the parts. */
  firsts: number[];
}

/**
 * Returns a cloth's binding with the values that a prepared file does not store, because computing them takes only
 * milliseconds: one vertex of each welded vertex, the triangles between them, the normal offsets that keep creases, the neighbours of the skin's
 * vertices, and the joints and shoulders of the body that the garment was modelled on. Changes no argument.
 *
 * @param parts The garment's meshes, in the mannequin's rest pose, metres, in the order of `bound.firsts`.
 * @param bound The binding of these meshes, as a file stores it.
 * @param wearer The body that the garment was modelled on.
 */
export function completeBinding(
  parts: readonly GarmentMesh[],
  bound: BoundCloth,
  { mannequin, madeOn }: ClothWearer,
): GarmentBinding {
  const { weld, firsts } = bound;
  const vertices = new Uint32Array(weld.count);
  for (let i = weld.welded.length - 1; i >= 0; i--) vertices[weld.welded[i]] = i;
  const body = madeOn ? shapeMannequin(mannequin, madeOn, createMannequinShape(mannequin)) : mannequin;
  const restVertices = findRestVertices(mannequin);
  return {
    ...bound,
    vertices,
    triangles: weldTriangles(parts, weld, firsts),
    normalOffsets: findNormalOffsets(parts, weld, firsts),
    skin: findNeighbours(mannequin.indices, mannequin.positions.length / 3),
    joints: body.joints,
    restVertices,
    restHeights: measureRestHeights(restVertices, body, new Float32Array(ANCHORS)),
  };
}

/** Returns the triangles of all parts, in order, as welded vertices: 3 × triangles. */
function weldTriangles(parts: readonly GarmentMesh[], { welded }: Weld, firsts: readonly number[]): Uint32Array {
  const triangles = new Uint32Array(parts.reduce((sum, { indices }) => sum + indices.length, 0));
  let corner = 0;
  for (const [p, { indices }] of parts.entries())
    for (let k = 0; k < indices.length; k++) triangles[corner++] = welded[firsts[p] + indices[k]];
  return triangles;
}

/**
 * Returns for each part (3 × vertices) the file's normals minus the smooth normals of the welded cloth; 0 where the
 * file has no normal.
 */
function findNormalOffsets(parts: readonly GarmentMesh[], weld: Weld, firsts: readonly number[]): Float32Array[] {
  const smooth = computeNormals(parts, weld, firsts, new Float32Array(3 * weld.count));
  return parts.map(({ normals }, p) => {
    const offsets = new Float32Array(normals.length);
    for (let i = 0; i < normals.length; i += 3) {
      if (normals[i] === 0 && normals[i + 1] === 0 && normals[i + 2] === 0) continue;
      const w = weld.welded[firsts[p] + i / 3];
      for (let a = 0; a < 3; a++) offsets[i + a] = normals[i + a] - smooth[3 * w + a];
    }
    return offsets;
  });
}

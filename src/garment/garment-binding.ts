import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import type { Neighbours } from './find-neighbours.ts';

/**
 * Groups of vertices with the same position (at a texture seam, at the border of two parts), each as one welded vertex,
 * and the neighbours of each welded vertex.
 */
export interface Weld extends Neighbours {
  /** By vertex, all parts in order: number of its welded vertex. */
  welded: Uint32Array;
  /** Number of welded vertices. */
  count: number;
}

/**
 * For each welded vertex of a garment: its distance from the skin of the mannequin (the body model), and the shares in
 * which joints move it. A prepared file stores it. All arrays are in the order of the welded vertices.
 */
export interface ClothBinding {
  /** Index of the mannequin's nearest vertex; −1 where none is within 0.4 m. */
  skinVertices: Int32Array;
  /**
   * Signed distance from the skin of the body that the garment was modelled on, metres, negative inside; Infinity where
   * the skin vertex is −1.
   */
  clearances: Float32Array;
  /** ANCHORS × welded vertices: share, 0..1, of each of `anchorBones` in the vertex's movement. The shares sum to 1. */
  anchors: Float32Array;
  /** Number of the outfit's garments under the vertex's garment, 0 for the innermost; null for a single garment. */
  layers: Uint8Array | null;
}

/**
 * The data of a garment that fitting needs for every size and every shape of the body. The vertices of all parts are
 * numbered in one sequence, in the order of the parts, and those of the same position are welded.
 */
export interface GarmentBinding extends ClothBinding {
  /** The welded vertex of each vertex, and the neighbours of each welded vertex. */
  weld: Weld;
  /** By part: index of its first vertex among the vertices of all parts. */
  firsts: number[];
  /** By welded vertex: index of its first vertex, whose position is used. */
  vertices: Uint32Array;
  /** The triangles of all parts, in order, as welded vertices: 3 × triangles. */
  triangles: Uint32Array;
  /**
   * By part, 3 × vertices: the file's normals minus the smooth ones. Fitting adds them to the new smooth normals, which
   * keeps the file's creases.
   */
  normalOffsets: Float32Array[];
  /** The neighbours of each of the mannequin's vertices. */
  skin: Neighbours;
  /** Rest joints of the body that the garment was modelled on: x, y, z in metres by bone (3 × BONE_COUNT). */
  joints: Float32Array;
  /** By anchor, the mannequin's vertices on which its cloth rests: on the shoulders, none for hips and feet. */
  restVertices: readonly (readonly number[])[];
  /**
   * By anchor, how high the skin there was over the anchor's joint on the body that the garment was modelled on, metres.
   */
  restHeights: Float32Array;
}

/**
 * The anchors: for each of shoulders and hips a middle, a left and a right joint; for the feet a left and a right one.
 */
const anchorNames: readonly BoneName[] = [
  'neck',
  'leftUpperArm',
  'rightUpperArm',
  'hips',
  'leftUpperLeg',
  'rightUpperLeg',
  'leftFoot',
  'rightFoot',
];

/**
 * The joints that cloth hangs from, as indices into `boneNames`: tops hang from the first three, trousers from the next
 * three, shoes from the last two.
 */
export const anchorBones: readonly number[] = anchorNames.map((name) => boneIndex[name]);
/** Number of anchors: 8. */
export const ANCHORS = anchorBones.length;

import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import type { Neighbours } from './find-neighbours.ts';

/**
 * Vertices that lie in one place (at a seam of the texture, at the border of two parts) as one welded vertex, with
 * neighbours.
 */
export interface Weld extends Neighbours {
  /** Vertex → welded vertex. */
  welded: Uint32Array;
  /** Number of welded vertices. */
  count: number;
}

/** How far cloth lies from the mannequin and which joints carry it, by welded vertex. A prepared file stores it. */
export interface ClothBinding {
  /** Index of the mannequin's nearest vertex; −1 where none is within 0.4 m. */
  skinVertices: Int32Array;
  /**
   * Signed distance from the skin of the body that the garment was made on, metres, negative inside; Infinity for none.
   */
  clearances: Float32Array;
  /** ANCHORS × welded vertices: share of each of `anchorBones` in the vertex's movement. The shares sum to 1. */
  anchors: Float32Array;
  /** Over how many garments of the outfit the vertex's garment lies, 0 for the innermost; null for a single garment. */
  layers: Uint8Array | null;
}

/**
 * What fitting needs to know of a garment, for every size and every shape of the body. The vertices of all parts are
 * numbered through, part after part, and welded where they meet.
 */
export interface GarmentBinding extends ClothBinding {
  weld: Weld;
  /** By part: number of its first vertex among those of all parts. */
  firsts: number[];
  /** By welded vertex: number of one of its vertices, from which its position is read. */
  vertices: Uint32Array;
  /**
   * By part, 3 × vertices: the file's normals less the smooth ones. Added after fitting, they keep the file's creases.
   */
  normalOffsets: Float32Array[];
  /** Neighbours among the mannequin's vertices. */
  skin: Neighbours;
  /** 3 × BONE_COUNT, metres: rest joints of the body that the garment was made on. */
  joints: Float32Array;
}

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
 * The joints that carry cloth, by index into `boneNames`: tops hang from the first three, trousers from the next three.
 */
export const anchorBones: readonly number[] = anchorNames.map((name) => boneIndex[name]);
export const ANCHORS = anchorBones.length;

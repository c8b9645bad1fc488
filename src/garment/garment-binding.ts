import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import type { Neighbours } from './find-neighbours.ts';

/** Vertices in one place (a seam of the texture, the border of two parts) as one welded vertex, and which of these are neighbours. */
export interface Weld extends Neighbours {
  /** Vertex → welded vertex. */
  welded: Uint32Array;
  /** Number of welded vertices. */
  count: number;
}

/** How far cloth is from the mannequin and what carries it, by welded vertex; what a prepared file stores. */
export interface ClothBinding {
  /** Index of the nearest vertex of the mannequin; −1 where none is within reach. */
  skinVertices: Int32Array;
  /** Signed distance from the skin of the body that the garment was made on, metres, negative inside; Infinity out of reach. */
  clearances: Float32Array;
  /** ANCHORS × welded vertices: the share of each of `anchorBones` in the vertex's movement; they sum to 1. */
  anchors: Float32Array;
  /** Of an outfit: which of its garments each vertex belongs to, 0 the innermost; null for a single garment. */
  layers: Uint8Array | null;
}

/**
 * A garment bound to the mannequin, for every size and shape. The vertices of all its parts count as one row, part after
 * part, welded where they meet.
 */
export interface GarmentBinding extends ClothBinding {
  weld: Weld;
  /** Number of the first vertex of each part in the row of all parts. */
  firsts: number[];
  /** For each welded vertex one vertex of the row, from which its position is read. */
  vertices: Uint32Array;
  /** 3 × vertices of each part: the file's normals less the smooth ones, which keeps the creases that the file has. */
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

/** The joints that cloth hangs from, as indices into `boneNames`: a top from neck and shoulders, trousers from hips and legs, shoes from the feet. */
export const anchorBones: readonly number[] = anchorNames.map((name) => boneIndex[name]);
export const ANCHORS = anchorBones.length;

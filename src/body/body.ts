import type { BoneName } from '../mannequin/mannequin.ts';

/** The perspective camera that the picture is taken to be from: at the origin, looking along −z, principal point in the middle. */
export interface BodyCamera {
  /** Full vertical angle, degrees. */
  fovYDegrees: number;
  /** Pixels of the frame. */
  width: number;
  height: number;
}

/**
 * The shopper as a posed mannequin, in camera space (metres, x right, y up, z towards the viewer). Written by `solveBody`,
 * read by garment and scene every frame; typed arrays by `boneNames` and `morphNames`.
 */
export interface PosedBody {
  /** Whether there is a body to show in this frame. */
  found: boolean;
  camera: BodyCamera;
  /** Joint positions, 3 × BONE_COUNT. */
  positions: Float32Array;
  /** World rotations as quaternions x, y, z, w, 4 × BONE_COUNT; the identity is the mannequin's rest pose facing the camera. */
  rotations: Float32Array;
  /** Mannequin morph weights, MORPH_COUNT. */
  shape: Float32Array;
  /** Raised whenever `shape` changed enough to fit garments and occluder anew. */
  shapeVersion: number;
  /** 0..1 per bone: how far it was seen, not guessed. */
  confidence: Float32Array;
}

/** The same as the page sees it: names instead of indices. */
export interface Body {
  /** Metres in camera space. */
  joints: Record<BoneName, [number, number, number]>;
  camera: BodyCamera;
  /** Absolute girths and lengths in centimetres. */
  shape: Record<string, number>;
  confidence: Record<BoneName, number>;
}

import type { BoneName } from '../mannequin/mannequin.ts';

/**
 * The camera that is assumed to have taken the picture: a pinhole at the origin that looks along −z, with +x to the
 * right and +y up in the picture, and its principal point in the middle of the picture.
 */
export interface BodyCamera {
  /** Full vertical field of view, degrees. */
  fovYDegrees: number;
  /** Size of the frame, pixels. */
  width: number;
  height: number;
}

/**
 * The shopper as a posed mannequin (the body model), in camera space (metres, +x right in the unmirrored picture, +y
 * up, +z towards the viewer). In every frame `BodySolver.solve` writes it, and then garments and scene read it. Arrays
 * hold one entry for each of the mannequin's bones (BONE_COUNT, in the order of `boneNames`) or morphs (MORPH_COUNT, in
 * the order of `morphNames`).
 */
export interface PosedBody {
  /** Whether a body was found in this frame; if false, ignore the other values. */
  found: boolean;
  camera: BodyCamera;
  /** Joint positions, 3 × BONE_COUNT, metres. */
  positions: Float32Array;
  /**
   * Rotations from the rest pose to camera space, 4 × BONE_COUNT: unit quaternions x, y, z, w. With the identity a bone
   * is as in the rest pose of a mannequin that faces the camera.
   */
  rotations: Float32Array;
  /**
   * Morph weights, MORPH_COUNT: by how much lengths, breadths and girths differ from the mannequin's; 0: not at all.
   */
  shape: Float32Array;
  /** Number of changes of `shape`. When it rises, garments and occluder are fitted again. 0: no shape is known yet. */
  shapeVersion: number;
  /** Confidence 0..1 of each bone, BONE_COUNT: low where its landmarks were not visible. */
  confidence: Float32Array;
}

/** The posed body as pages read it (`room.body`): a copy with names as keys. */
export interface Body {
  /** Bone → x, y, z of its joint, metres in camera space. */
  joints: Record<BoneName, [number, number, number]>;
  camera: BodyCamera;
  /** Name of a girth or length → girth or length, centimetres: those seen, and the likeliest of what was not seen. */
  shape: Record<string, number>;
  /** The same names → standard deviation, centimetres. */
  shapeSpread: Record<string, number>;
  /** Bone → confidence 0..1. */
  confidence: Record<BoneName, number>;
}

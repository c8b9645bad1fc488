import type { BoneName } from '../mannequin/mannequin.ts';

/**
 * The camera that is assumed to have taken the picture: at the origin, looking along −z, principal point in the middle.
 */
export interface BodyCamera {
  /** Full vertical field of view, degrees. */
  fovYDegrees: number;
  /** Pixels of the frame. */
  width: number;
  height: number;
}

/**
 * The shopper as a posed mannequin, in camera space (metres, x right, y up, z towards the viewer). `BodySolver.solve`
 * writes it, garments and scene read it, every frame. Arrays are in the order of `boneNames` and `morphNames`.
 */
export interface PosedBody {
  /** Whether there is a body in this frame; otherwise the rest is not valid. */
  found: boolean;
  camera: BodyCamera;
  /** Joint positions, 3 × BONE_COUNT. */
  positions: Float32Array;
  /**
   * World rotations, quaternions x, y, z, w, 4 × BONE_COUNT. The identity is the mannequin's rest pose, facing the
   * camera.
   */
  rotations: Float32Array;
  /** Morph weights of the mannequin, MORPH_COUNT. */
  shape: Float32Array;
  /** Rises whenever `shape` changes; garments and occluder are then fitted again. 0: the shape is not known yet. */
  shapeVersion: number;
  /** Confidence 0..1 of each bone: low where its landmarks were not visible. */
  confidence: Float32Array;
}

/** The posed body as pages read it (`room.body`), by names instead of indices. */
export interface Body {
  /** Metres in camera space. */
  joints: Record<BoneName, [number, number, number]>;
  camera: BodyCamera;
  /** Lengths of the shopper in centimetres, by name. */
  shape: Record<string, number>;
  /** Confidence 0..1 of each bone. */
  confidence: Record<BoneName, number>;
}

/**
 * Names and types of the mannequin, the parametric body: a skinned mesh that morph weights shape and bones pose.
 *
 * 1. `boneNames`, `boneIndex`, `boneParents`: the skeleton's tree.
 * 2. `morphNames`, `morphIndex`, `MannequinMorph`: the measures (lengths, breadths, girths) that the morphs change.
 * 3. `LandmarkSite`: which point of the body each BlazePose landmark marks.
 * 4. `Mannequin`: mesh, skin, joints, morphs, sites and presets, as `readMannequin` reads them from the file.
 *
 * Model space: metres, +x to the body's left, +y up, +z forward, feet on y = 0.
 */

/**
 * The bones of the mannequin, parents before children: the humanoid bones by their VRM 1.0 names, and twist bones.
 * Unlike VRM's, the rest pose is an A with the arms 45° down. Every bone's rest rotation is the identity in model
 * space; so a bone moves a vertex from `restVertex` to `position + rotation · (restVertex − restPosition)`, where
 * `position` and `restPosition` are those of the bone's joint. “left” and “right” are the body's own.
 */
export const boneNames = [
  'hips',
  'spine',
  'chest',
  'upperChest',
  'neck',
  'head',
  'leftShoulder',
  'leftUpperArm',
  'leftUpperArmTwist',
  'leftLowerArm',
  'leftLowerArmTwist',
  'leftHand',
  'rightShoulder',
  'rightUpperArm',
  'rightUpperArmTwist',
  'rightLowerArm',
  'rightLowerArmTwist',
  'rightHand',
  'leftUpperLeg',
  'leftUpperLegTwist',
  'leftLowerLeg',
  'leftFoot',
  'leftToes',
  'rightUpperLeg',
  'rightUpperLegTwist',
  'rightLowerLeg',
  'rightFoot',
  'rightToes',
] as const;
/** One of `boneNames`. */
export type BoneName = (typeof boneNames)[number];
/** Number of bones. Arrays of joints and rotations are in the order of `boneNames`. */
export const BONE_COUNT = boneNames.length;
/** Index of each bone in `boneNames`, by name. */
export const boneIndex = Object.fromEntries(boneNames.map((name, i) => [name, i])) as Record<BoneName, number>;

const parentNames: Record<BoneName, BoneName | null> = {
  hips: null,
  spine: 'hips',
  chest: 'spine',
  upperChest: 'chest',
  neck: 'upperChest',
  head: 'neck',
  leftShoulder: 'upperChest',
  leftUpperArm: 'leftShoulder',
  leftUpperArmTwist: 'leftUpperArm',
  leftLowerArm: 'leftUpperArm',
  leftLowerArmTwist: 'leftLowerArm',
  leftHand: 'leftLowerArm',
  rightShoulder: 'upperChest',
  rightUpperArm: 'rightShoulder',
  rightUpperArmTwist: 'rightUpperArm',
  rightLowerArm: 'rightUpperArm',
  rightLowerArmTwist: 'rightLowerArm',
  rightHand: 'rightLowerArm',
  leftUpperLeg: 'hips',
  leftUpperLegTwist: 'leftUpperLeg',
  leftLowerLeg: 'leftUpperLeg',
  leftFoot: 'leftLowerLeg',
  leftToes: 'leftFoot',
  rightUpperLeg: 'hips',
  rightUpperLegTwist: 'rightUpperLeg',
  rightLowerLeg: 'rightUpperLeg',
  rightFoot: 'rightLowerLeg',
  rightToes: 'rightFoot',
};
/** The parent of each bone, by index into `boneNames`; −1 for the hips. */
export const boneParents: readonly number[] = boneNames.map((name) => {
  const parent = parentNames[name];
  return parent === null ? -1 : boneIndex[parent];
});

/**
 * Names of the morphs, each after the measure that it changes:
 *
 * - lengths and breadths of the skeleton, which move the joints with the skin; the size of the head;
 * - girths, from `chest` to `neck`;
 * - the form of the shoulders: how high their line stands over the joints, and at the neck's base, and how far the
 *   deltoid stands out from the arm;
 * - the form of the trunk: its breadth alone, not its depth, at six levels from the top of the thighs to the chest.
 */
export const morphNames = [
  'trunkLength',
  'neckLength',
  'upperArmLength',
  'lowerArmLength',
  'upperLegLength',
  'lowerLegLength',
  'shoulderBreadth',
  'hipBreadth',
  'headSize',
  'chest',
  'bust',
  'waist',
  'hip',
  'belly',
  'upperArm',
  'lowerArm',
  'thigh',
  'calf',
  'neck',
  'shoulderHeight',
  'trapezius',
  'deltoid',
  'thighTopBreadth',
  'seatBreadth',
  'pelvisBreadth',
  'waistBreadth',
  'ribBreadth',
  'chestBreadth',
] as const;
/** One of `morphNames`. */
export type MorphName = (typeof morphNames)[number];
/** Number of morphs. Arrays of morph weights are in the order of `morphNames`. */
export const MORPH_COUNT = morphNames.length;
/** Index of each morph in `morphNames`, by name. */
export const morphIndex = Object.fromEntries(morphNames.map((name, i) => [name, i])) as Record<MorphName, number>;

/**
 * A change of the body by one measure, linear in the morph's weight: negative weights make the measure smaller. The
 * displacements are those of weight 1.
 */
export interface MannequinMorph {
  name: MorphName;
  /**
   * Change of the measure for a weight of 1, centimetres: of a circumference (the head's for `headSize`), of the
   * distance between two joints, of the skin's height at the shoulder or its distance from
   * the arm, or of the trunk's breadth.
   */
  cmPerUnit: number;
  /** Displacement of each rest joint, metres, 3 × BONE_COUNT. */
  joints: Float32Array;
  /** Displacement of each vertex, metres, 3 × vertices. */
  positions: Float32Array;
}

/**
 * Value of `LandmarkSite.follows` for the shoulders' landmarks, 0..1. Pose models find a raised shoulder lower than it
 * is: on the mannequin, and even more on a rendered man of another maker.
 */
export const SHOULDER_FOLLOWS = 0.75;

/** The point that a BlazePose landmark marks: on the body, or for the hips inside it. */
export interface LandmarkSite {
  /** BlazePose index 0..32. */
  landmark: number;
  /** Index into `boneNames` of the bone whose joint is the start of `offset`. */
  bone: number;
  /** Vector from that bone's rest joint to the site: x, y, z in model space, metres. */
  offset: [number, number, number];
  /** Index of the bone whose rotation rotates `offset`: `bone` itself, or its parent where a limb begins. */
  turnsWith: number;
  /**
   * Share of the rotation of the bone `turnsWith` relative to its parent that moves the site: 1, or `SHOULDER_FOLLOWS`
   * for shoulders.
   */
  follows: number;
}

/** The parametric body: a skinned mesh with named morphs, in model space. */
export interface Mannequin {
  /** 3 × vertices, metres, rest pose, all morph weights 0: the mean of the 50th percentiles of women and men. */
  positions: Float32Array;
  /** 3 × vertices, unit length. */
  normals: Float32Array;
  /** 3 × triangles, counter-clockwise as seen from outside. */
  indices: Uint16Array | Uint32Array;
  /** 4 × vertices: indices into `boneNames`. */
  skinIndices: Uint16Array;
  /** 4 × vertices: the weights of the bones in `skinIndices`, with a sum of 1 for each vertex. */
  skinWeights: Float32Array;
  /** Rest joints with all morph weights 0, 3 × BONE_COUNT, metres. */
  joints: Float32Array;
  /** In the order of `morphNames`. */
  morphs: MannequinMorph[];
  /** One for each of the 33 BlazePose landmarks. */
  sites: LandmarkSite[];
  /** Preset name → MORPH_COUNT morph weights: `female-50` is a woman of the 50th percentile. */
  presets: Record<string, Float32Array>;
  /** Stature with all morph weights 0, metres. */
  statureMetres: number;
}

/**
 * The bones of the mannequin, parents before children: VRM 1.0 humanoid names (the names only, the rest pose is an A with
 * the arms 45° down) and twist helpers. Every bone's rest rotation is the identity in model space, so that a posed vertex
 * is `position + rotation · (restVertex − restPosition)` for each bone that holds it.
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
export type BoneName = (typeof boneNames)[number];
export const BONE_COUNT = boneNames.length;
export const boneIndex = Object.fromEntries(boneNames.map((name, i) => [name, i])) as Record<BoneName, number>;

/** The parent of each bone, by index into `boneNames`; −1 for the hips. */
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
export const boneParents: readonly number[] = boneNames.map((name) => {
  const parent = parentNames[name];
  return parent === null ? -1 : boneIndex[parent];
});

/** Measures that change the body, one morph each. Lengths carry the joints with them. */
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
] as const;
export type MorphName = (typeof morphNames)[number];
export const MORPH_COUNT = morphNames.length;
export const morphIndex = Object.fromEntries(morphNames.map((name, i) => [name, i])) as Record<MorphName, number>;

/** A linear change of the body by one measure; a weight of 1 is the stored displacement. */
export interface MannequinMorph {
  name: MorphName;
  /** Change of the measure, in centimetres, for a weight of 1 (girths: circumference; lengths and breadths: distance between the joints they name). */
  cmPerUnit: number;
  /** Displacement of each rest joint, metres, 3 × BONE_COUNT. */
  joints: Float32Array;
  /** Displacement of each vertex, metres, 3 × vertices. */
  positions: Float32Array;
}

/** Share of its rise that a shoulder's landmark shows: the models find raised shoulders lower than they are, the mannequin's and more so a rendered man's of another maker. */
export const SHOULDER_FOLLOWS = 0.75;

/** The place on (or, for the hips, in) the body that a BlazePose landmark marks: `offset` from a bone's rest position, in model space. */
export interface LandmarkSite {
  /** BlazePose index 0..32. */
  landmark: number;
  bone: number;
  /** Metres from the bone's rest joint, in the rest pose. */
  offset: [number, number, number];
  /** The bone that turns the offset: the same one, or, where a limb begins, the one that the limb hangs on. */
  turnsWith: number;
  /** Share of that bone's turn from its parent that the landmark follows: 1, or `SHOULDER_FOLLOWS`. */
  follows: number;
}

/** The parametric body: a skinned mesh with named morphs, model space in metres, y up, facing +z, feet on y = 0. */
export interface Mannequin {
  /** 3 × vertices, rest pose, all morph weights 0: the mean of the female and male 50th percentiles. */
  positions: Float32Array;
  normals: Float32Array;
  indices: Uint16Array | Uint32Array;
  /** 4 × vertices: indices into `boneNames`. */
  skinIndices: Uint16Array;
  /** 4 × vertices, summing to 1. */
  skinWeights: Float32Array;
  /** Rest joints, 3 × BONE_COUNT. */
  joints: Float32Array;
  /** By `morphNames`. */
  morphs: MannequinMorph[];
  sites: LandmarkSite[];
  /** Preset name (`female-50`, `male-95`, …) → morph weights, MORPH_COUNT. */
  presets: Record<string, Float32Array>;
  /** Stature with all weights 0, metres. */
  statureMetres: number;
}

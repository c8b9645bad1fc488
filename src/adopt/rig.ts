import { BONE_COUNT } from '../mannequin/mannequin.ts';

/** A garment file's skeleton. Each parent is before its children. */
export interface Rig {
  /** By joint: its name in the file, before a loader changes it. */
  names: string[];
  /** By joint: index of its parent, −1 for none. */
  parents: Int32Array;
  /** 3 × joints: x, y, z in the file's rest pose, space and unit. */
  positions: Float32Array;
}

/** The assignment between the joints of a rig and the bones of the mannequin. */
export interface BoneMap {
  /**
   * By joint: index into `boneNames`. A joint that is no bone of the mannequin has the bone of its nearest ancestor; −1
   * while that is not known.
   */
  bones: Int32Array;
  /** By bone, in the order of `boneNames`: index of the joint at which it begins; −1 where the rig has none. */
  joints: Int32Array;
  /** How the bones were recognised: by VRM's names, by names of another convention, or by the skeleton's shape. */
  by: 'vrm' | 'name' | 'shape';
}

/** Creates a map for a rig of `count` joints, with −1 for all joints and bones; `by` as in `BoneMap`. */
export function createBoneMap(count: number, by: BoneMap['by']): BoneMap {
  return { bones: new Int32Array(count).fill(-1), joints: new Int32Array(BONE_COUNT).fill(-1), by };
}

/** Whether joint `ancestor` is `joint` itself or an ancestor of it. `parents` has −1 for joints without a parent. */
export function isAncestor(parents: Int32Array, ancestor: number, joint: number): boolean {
  for (let j = joint; j >= 0; j = parents[j]) if (j === ancestor) return true;
  return false;
}

import { BONE_COUNT } from '../mannequin/mannequin.ts';

/** A file's skeleton: its joints and the nodes above them, parents before children. */
export interface Rig {
  /** The file's names, not those that a loader has made of them. */
  names: string[];
  /** Index of each joint's parent; −1 for none. */
  parents: Int32Array;
  /** 3 × joints in the file's rest pose and units. */
  positions: Float32Array;
}

/** Which bone of the mannequin each joint of a rig is. */
export interface BoneMap {
  /** By joint: index into `boneNames`. A joint that is no bone of the mannequin has that of its nearest ancestor. */
  bones: Int32Array;
  /** By bone: the joint at which it begins; −1 where the rig has none. */
  joints: Int32Array;
  /** How the bones were recognised: by VRM's names, by names of another convention, or by the skeleton's shape. */
  by: 'vrm' | 'name' | 'shape';
}

/** Creates a map for a rig of `count` joints in which no bone is known yet. */
export function createBoneMap(count: number, by: BoneMap['by']): BoneMap {
  return { bones: new Int32Array(count).fill(-1), joints: new Int32Array(BONE_COUNT).fill(-1), by };
}

/** Whether `ancestor` is `joint` or above it. */
export function isAncestor(parents: Int32Array, ancestor: number, joint: number): boolean {
  for (let j = joint; j >= 0; j = parents[j]) if (j === ancestor) return true;
  return false;
}

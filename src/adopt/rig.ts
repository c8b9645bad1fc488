import { BONE_COUNT } from '../mannequin/mannequin.ts';

/** A file's skeleton: its joints and all that they hang from, parents before children. */
export interface Rig {
  /** As the file says, untouched by the loader. */
  names: string[];
  /** Index of the parent; −1 for none. */
  parents: Int32Array;
  /** 3 × joints, where the file's rest pose has them, in its own units. */
  positions: Float32Array;
}

/** Which bone of the mannequin each joint of a rig is. */
export interface BoneMap {
  /** By joint: index into `boneNames`; a joint that is no bone has its nearest mapped ancestor's. */
  bones: Int32Array;
  /** By bone: the joint at which it begins; −1 where the rig has none. */
  joints: Int32Array;
  /** How the bones were recognised. */
  by: 'vrm' | 'name' | 'shape';
}

export function createBoneMap(count: number, by: BoneMap['by']): BoneMap {
  return { bones: new Int32Array(count).fill(-1), joints: new Int32Array(BONE_COUNT).fill(-1), by };
}

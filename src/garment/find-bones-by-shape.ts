import type { BoneMap, Rig } from './rig.ts';

export function findBonesByShape(_rig: Rig): BoneMap | null {
  return null;
}

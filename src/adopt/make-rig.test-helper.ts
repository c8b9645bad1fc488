import { readFileSync } from 'node:fs';
import { type BoneName, boneIndex, boneNames, type Mannequin } from '../mannequin/mannequin.ts';
import { readMannequin } from '../mannequin/read-mannequin.ts';
import type { Rig } from './rig.ts';

/** Reads the committed mannequin (`assets/mannequin.glb`; metres). */
export function readCommittedMannequin(): Promise<Mannequin> {
  const file = readFileSync('assets/mannequin.glb');
  return readMannequin(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer);
}

/**
 * A joint of a rig to make: its name, its parent's name, and its position: where a bone of the mannequin begins, or a
 * share of the distance from there to a second bone.
 */
export type RigJoint = readonly [name: string, parent: string | null, bone: BoneName, to?: BoneName, share?: number];

/** Makes a rig of these joints in the mannequin's rest pose: in metres, times `scale`. */
export function makeRig(joints: readonly RigJoint[], { joints: rest }: Mannequin, scale = 1): Rig {
  const names = joints.map(([name]) => name);
  const positions = new Float32Array(3 * joints.length);
  joints.forEach(([, , bone, to = bone, share = 0], j) => {
    for (let a = 0; a < 3; a++)
      positions[3 * j + a] =
        scale * (rest[3 * boneIndex[bone] + a] * (1 - share) + rest[3 * boneIndex[to] + a] * share);
  });
  return {
    names,
    parents: Int32Array.from(joints, ([, parent]) => (parent === null ? -1 : names.indexOf(parent))),
    positions,
  };
}

/**
 * Returns the joints of the left side, then those of the right: calls `make` once for each side with `name`, which
 * chooses between a left and a right name, and `bone`, which puts the side before a bone ('Hand' gives 'leftHand').
 */
export function bothSides(
  make: (name: (left: string, right: string) => string, bone: (name: string) => BoneName) => RigJoint[],
): RigJoint[] {
  return (['left', 'right'] as const).flatMap((side) =>
    make(
      (left, right) => (side === 'left' ? left : right),
      (name) => boneNames.find((known) => known === `${side}${name}`)!,
    ),
  );
}

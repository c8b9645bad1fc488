import { type BoneName, boneIndex, type Mannequin, type MorphName, morphIndex } from '../mannequin/mannequin.ts';

/** Half the height of the slice of mesh that stands for a level, metres. */
const SLICE_METRES = 0.012;
/** Bones that hold the trunk; arms hang beside a slice and are not part of it. */
const trunkBones = new Set(
  (['hips', 'spine', 'chest', 'upperChest', 'neck', 'leftUpperLeg', 'rightUpperLeg'] as const).map(
    (name) => boneIndex[name],
  ),
);

/** A slice of the mannequin's trunk. */
export interface TrunkSlice {
  morph: number;
  bone: number;
  vertices: Int32Array;
  /** 3 × slice vertices, rest pose in the current shape without this slice's own morph. */
  rest: Float32Array;
}

/** The height at which a morph moves the trunk most. */
function findLevel(mannequin: Mannequin, morph: number, isTrunk: (vertex: number) => boolean): number {
  const { positions } = mannequin.morphs[morph];
  let sum = 0;
  let weighted = 0;
  for (let v = 0; 3 * v < positions.length; v++) {
    if (!isTrunk(v)) continue;
    const moved = positions[3 * v] ** 2 + positions[3 * v + 2] ** 2;
    sum += moved * moved;
    weighted += moved * moved * mannequin.positions[3 * v + 1];
  }
  return weighted / sum;
}

/**
 * Cuts the trunk's mesh at the level of a girth.
 *
 * @param morphName the girth's morph; the slice lies where it moves the trunk most.
 * @param bone carries the slice when the body is posed.
 */
export function cutTrunkSlice(mannequin: Mannequin, morphName: MorphName, bone: BoneName): TrunkSlice {
  const isTrunk = (v: number): boolean => {
    let best = 0;
    for (let i = 1; i < 4; i++) if (mannequin.skinWeights[4 * v + i] > mannequin.skinWeights[4 * v + best]) best = i;
    return trunkBones.has(mannequin.skinIndices[4 * v + best]);
  };
  const morph = morphIndex[morphName];
  const height = findLevel(mannequin, morph, isTrunk);
  const vertices: number[] = [];
  for (let v = 0; 3 * v < mannequin.positions.length; v++) {
    if (Math.abs(mannequin.positions[3 * v + 1] - height) < SLICE_METRES && isTrunk(v)) vertices.push(v);
  }
  return {
    morph,
    bone: boneIndex[bone],
    vertices: Int32Array.from(vertices),
    rest: new Float32Array(3 * vertices.length),
  };
}

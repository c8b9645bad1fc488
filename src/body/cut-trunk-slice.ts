import { type BoneName, boneIndex, type Mannequin, type MorphName, morphIndex } from '../mannequin/mannequin.ts';

/** Half the height of a slice, metres. */
const SLICE_METRES = 0.012;
/**
 * Bones of the trunk. A vertex belongs to a slice only if its largest skin weight is that of one of them: arms do not.
 */
const trunkBones = new Set(
  (['hips', 'spine', 'chest', 'upperChest', 'neck', 'leftUpperLeg', 'rightUpperLeg'] as const).map(
    (name) => boneIndex[name],
  ),
);

/** The vertices of the mannequin's trunk at one level of height, at which a morph changes the girth. */
export interface TrunkSlice {
  /** Index of the girth's morph. */
  morph: number;
  /** Index of the bone with which the slice moves. */
  bone: number;
  /** Indices of the mannequin's vertices in the slice. */
  vertices: Int32Array;
  /**
   * 3 × slice vertices, metres: rest pose in the current shape with weight 0 for this slice's morph. `cutTrunkSlice`
   * leaves it 0; its user fills it.
   */
  rest: Float32Array;
}

/** Returns the mean height, metres, of the trunk's vertices, weighted by (horizontal displacement by the morph)⁴. */
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
 * Finds the vertices of the mannequin's trunk that are within 12 mm of the level of a girth: the height at which the
 * girth's morph moves the trunk most.
 *
 * @param mannequin In its base shape and rest pose, metres, +y up.
 * @param morphName The girth's morph.
 * @param bone The bone with which the slice moves when the body is posed.
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

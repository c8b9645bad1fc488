import type { FittingError } from '../errors.ts';
import type { GarmentMesh } from '../garment/garment.ts';
import { garmentInvalid } from '../garment/garment-invalid.ts';
import { boneIndex, boneNames, type Mannequin } from '../mannequin/mannequin.ts';
import { armRegions, isBoneIn } from '../mannequin/regions.ts';
import { createMannequinShape, type MannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { carryToMannequin, farthestJoint } from './carry-to-mannequin.ts';
import { completeJoints } from './complete-joints.ts';
import { findBones } from './find-bones.ts';
import { guessGirths, guessLengths } from './guess-wearer.ts';
import { joinParts } from './join-parts.ts';
import { orientRig } from './orient-rig.ts';
import { placeUnskinned } from './place-unskinned.ts';
import type { FilePart, FileParts } from './read-file-parts.ts';
import type { BoneMap, Rig } from './rig.ts';
import { transformPart } from './transform-part.ts';
import { weighCloth } from './weigh-cloth.ts';

/** A file whose joints are this near to the mannequin's was modelled on it, metres. */
const SAME_METRES = 0.01;

export interface SettledParts {
  parts: GarmentMesh[];
  /** Weights (MORPH_COUNT) of the body that the garment was modelled on; null: the mannequin's base shape. */
  madeOn: Float32Array | null;
}

/**
 * Brings a file's meshes onto the mannequin: the rig's joints become the mannequin's bones, unit and direction are set
 * right, and a garment modelled on another body is carried into the mannequin's rest pose, in the shape of that body. What
 * has no skin takes one from the mannequin. Says in `warnings` what it had to change; throws `FittingError`
 * `garment-invalid` where a garment cannot be recognised.
 */
export async function settleParts(
  { parts, rig }: Pick<FileParts, 'parts' | 'rig'>,
  mannequin: Mannequin,
  warnings: string[],
): Promise<SettledParts> {
  const skinned = parts.filter((part) => part.joints);
  if (skinned.length === 0) return { parts: await placeUnskinned(parts, mannequin, warnings), madeOn: null };

  const map = findBones(rig);
  if (!map) throw unknownRig(rig);
  if (map.by === 'shape') warnings.push('bones of no known naming: recognised by where they lie');
  const orientation = orientRig(rig, map, mannequin);
  if (orientation) {
    warnings.push(...orientation.warnings);
    for (const part of parts) transformPart(part, orientation.turn, orientation.unit);
    transformPart(
      { positions: rig.positions, normals: new Float32Array(0), sizes: {} },
      orientation.turn,
      orientation.unit,
    );
  }
  const settled = parts.map((part) => (part.joints ? withBones(part, map) : part));
  const loose = settled.filter((part): part is FilePart => 'joints' in part);
  const carried = settled.filter((part): part is GarmentMesh => !('joints' in part));

  let madeOn: Float32Array | null = null;
  const own = completeJoints(rig, map, mannequin.joints);
  if (orientation && farthestJoint(own, mannequin.joints, map.joints) > SAME_METRES) {
    madeOn = guessLengths(own, mannequin);
    const shape = shapeMannequin(mannequin, madeOn, createMannequinShape(mannequin));
    for (const part of carried) carryToMannequin(part, own, shape.joints);
    await guessGirths(
      carried.map((part) => ({ positions: part.positions, shares: hipShares(part, shape.joints) })),
      mannequin,
      madeOn,
    );
    await weighAnew(carried, mannequin, shapeMannequin(mannequin, madeOn, shape));
  }
  if (loose.length > 0) warnings.push('some meshes have no skin: they go with the body beneath them');
  const placed = await placeUnskinned(loose, mannequin, warnings, true);
  return { parts: settled.map((part) => ('joints' in part ? placed[loose.indexOf(part)] : part)), madeOn };
}

function withBones({ joints, ...part }: FilePart, { bones }: BoneMap): GarmentMesh {
  return { ...part, skinIndices: Uint16Array.from(joints!, (joint) => bones[joint]) };
}

/** Cloth near the skin moves as this skin does, whatever the maker's moved like. */
async function weighAnew(parts: GarmentMesh[], mannequin: Mannequin, shape: MannequinShape): Promise<void> {
  const { positions, indices, firsts } = joinParts(parts);
  const made = {
    skinIndices: new Uint16Array((4 * positions.length) / 3),
    skinWeights: new Float32Array((4 * positions.length) / 3),
  };
  parts.forEach((part, p) => {
    made.skinIndices.set(part.skinIndices, 4 * firsts[p]);
    made.skinWeights.set(part.skinWeights, 4 * firsts[p]);
  });
  const { skinIndices, skinWeights } = await weighCloth(positions, indices, { ...mannequin, ...shape }, made);
  parts.forEach((part, p) => {
    part.skinIndices.set(skinIndices.subarray(4 * firsts[p], 4 * firsts[p] + part.skinIndices.length));
    part.skinWeights.set(skinWeights.subarray(4 * firsts[p], 4 * firsts[p] + part.skinWeights.length));
  });
}

const isArmBone = isBoneIn(armRegions);

/** Shares of vertices in what is moved at the hips: all there, less towards shoulders and knees, nothing of the arms. */
function hipShares({ positions, skinIndices, skinWeights }: GarmentMesh, joints: Float32Array): Float32Array {
  const height = (bone: keyof typeof boneIndex): number => joints[3 * boneIndex[bone] + 1];
  const [hips, shoulders, knees] = [height('leftUpperLeg'), height('leftUpperArm'), height('leftLowerLeg')];
  return Float32Array.from({ length: positions.length / 3 }, (_, i) => {
    const y = positions[3 * i + 1];
    const near = y > hips ? (shoulders - y) / (shoulders - hips) : (y - knees) / (hips - knees);
    let arms = 0;
    for (let k = 4 * i; k < 4 * i + 4; k++) if (isArmBone[skinIndices[k]]) arms += skinWeights[k];
    return Math.min(1, Math.max(0, near)) * (1 - arms);
  });
}

function unknownRig({ names }: Rig): FittingError {
  const some = names.slice(0, 3).map((name) => name.slice(0, 30));
  return garmentInvalid(
    `its bones (${some.join(', ')}, …) have no names that are known and do not stand like a person`,
    `rename them (VRM: ${boneNames.slice(0, 3).join(', ')}, …), or export the garment without bones, where the mannequin wears it`,
  );
}

import type { FittingError } from '../errors.ts';
import type { GarmentMesh } from '../garment/garment.ts';
import { garmentInvalid } from '../garment/garment-invalid.ts';
import { BONE_COUNT, type BoneName, boneIndex, boneNames, type Mannequin } from '../mannequin/mannequin.ts';
import { armRegions, isBoneIn } from '../mannequin/regions.ts';
import { createMannequinShape, type MannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { yieldToEventLoop } from '../math/yield-to-event-loop.ts';
import { carryToMannequin } from './carry-to-mannequin.ts';
import { completeJoints } from './complete-joints.ts';
import { findBones } from './find-bones.ts';
import { guessGirths } from './guess-girths.ts';
import { guessLengths } from './guess-lengths.ts';
import { joinParts } from './join-parts.ts';
import { orientRig } from './orient-rig.ts';
import { placeUnskinned } from './place-unskinned.ts';
import type { FilePart, FileParts } from './read-file-parts.ts';
import type { BoneMap, Rig } from './rig.ts';
import { transformPart } from './transform-part.ts';
import { weighCloth } from './weigh-cloth.ts';

/** A file whose joints all lie this near to the mannequin's was modelled on the mannequin, metres. */
const SAME_METRES = 0.01;

/** A garment in the mannequin's rest pose and the shape of the body that it was modelled on, metres. */
export interface SettledParts {
  parts: GarmentMesh[];
  /** Morph weights (MORPH_COUNT) of that body; null: the mannequin's base shape. */
  madeOn: Float32Array | null;
}

/**
 * Brings a file's meshes, in any units and pose, onto the mannequin.
 *
 * 1. Finds the mannequin's bones in the rig; a file without a rig is placed and weighted by `placeUnskinned`.
 * 2. Scales to metres and turns the meshes upright, facing +z.
 * 3. Where the rig's joints lie elsewhere than the mannequin's, the garment was modelled on another body: guesses that
 *    body's lengths, carries the meshes into its rest pose, guesses its girths, and weights the cloth anew.
 * 4. Weights meshes that have no skin in a file that has a rig.
 *
 * Changes `parts` and `rig`. Adds to `warnings` what was changed. Rejects with `FittingError` `garment-invalid` when
 * the rig is no person's or the size no garment's.
 */
export async function settleParts(
  { parts, rig }: Pick<FileParts, 'parts' | 'rig'>,
  mannequin: Mannequin,
  warnings: string[],
): Promise<SettledParts> {
  if (!parts.some((part) => part.joints))
    return { parts: await placeUnskinned(parts, mannequin, warnings), madeOn: null };

  const map = findBones(rig);
  if (!map) throw unknownRig(rig);
  if (map.by === 'shape') warnings.push('bones of no known naming: recognised by where they lie');
  const orientation = orientRig(rig, map, mannequin);
  if (orientation) {
    const { turn, unit } = orientation;
    warnings.push(...orientation.warnings);
    for (const part of parts) transformPart(part, turn, unit);
    transformPart({ positions: rig.positions, normals: new Float32Array(0), sizes: {} }, turn, unit);
  }
  const withBones = parts.map((part) => (part.joints ? takeBones(part, map) : part));
  const skinned = withBones.filter((part): part is GarmentMesh => !('joints' in part));
  const unskinned = withBones.filter((part): part is FilePart => 'joints' in part);

  let madeOn: Float32Array | null = null;
  const joints = completeJoints(rig, map, mannequin.joints);
  if (orientation && farthestJoint(joints, mannequin.joints, map) > SAME_METRES) {
    madeOn = guessLengths(joints, mannequin);
    const shape = shapeMannequin(mannequin, madeOn, createMannequinShape(mannequin));
    await yieldToEventLoop();
    for (const part of skinned) await carryToMannequin(part, joints, shape.joints);
    await yieldToEventLoop();
    const cloths = skinned.map((part) => ({ positions: part.positions, hipShares: hipShares(part, shape.joints) }));
    await guessGirths(cloths, mannequin, madeOn);
    await yieldToEventLoop();
    await weighAnew(skinned, mannequin, shapeMannequin(mannequin, madeOn, shape));
  }
  if (unskinned.length > 0) warnings.push('some meshes have no skin: they go with the body beneath them');
  const placed = await placeUnskinned(unskinned, mannequin, warnings, true);
  return { parts: withBones.map((part) => ('joints' in part ? placed[unskinned.indexOf(part)] : part)), madeOn };
}

/** A part whose weights name the mannequin's bones instead of the rig's joints. */
function takeBones({ joints, ...part }: FilePart, { bones }: BoneMap): GarmentMesh {
  return { ...part, skinIndices: Uint16Array.from(joints!, (joint) => bones[joint]) };
}

/** Largest distance, metres, between joints of two bodies (3 × BONE_COUNT each) of the bones that the rig has. */
function farthestJoint(a: Float32Array, b: Float32Array, { joints }: BoneMap): number {
  let farthest = 0;
  for (let bone = 0; bone < BONE_COUNT; bone++) {
    if (joints[bone] < 0) continue;
    const o = 3 * bone;
    farthest = Math.max(farthest, Math.hypot(a[o] - b[o], a[o + 1] - b[o + 1], a[o + 2] - b[o + 2]));
  }
  return farthest;
}

/**
 * Weights cloth by the skin of the guessed body beneath it, so that both move alike; the maker's skin moved otherwise.
 */
async function weighAnew(parts: GarmentMesh[], mannequin: Mannequin, shape: MannequinShape): Promise<void> {
  const { positions, indices, firsts } = joinParts(parts);
  const maker = {
    skinIndices: new Uint16Array((4 * positions.length) / 3),
    skinWeights: new Float32Array((4 * positions.length) / 3),
  };
  parts.forEach((part, p) => {
    maker.skinIndices.set(part.skinIndices, 4 * firsts[p]);
    maker.skinWeights.set(part.skinWeights, 4 * firsts[p]);
  });
  const { skinIndices, skinWeights } = await weighCloth(positions, indices, { ...mannequin, ...shape }, maker);
  parts.forEach((part, p) => {
    part.skinIndices.set(skinIndices.subarray(4 * firsts[p], 4 * firsts[p] + part.skinIndices.length));
    part.skinWeights.set(skinWeights.subarray(4 * firsts[p], 4 * firsts[p] + part.skinWeights.length));
  });
}

const isArmBone = isBoneIn(armRegions);

/**
 * By vertex: share in which it moves when the cloth is shifted at the hips, 0..1: 1 at hip height, falling to 0 at the
 * shoulders and the knees; 0 for what hangs on an arm.
 */
function hipShares({ positions, skinIndices, skinWeights }: GarmentMesh, joints: Float32Array): Float32Array {
  const height = (bone: BoneName): number => joints[3 * boneIndex[bone] + 1];
  const [hips, shoulders, knees] = [height('leftUpperLeg'), height('leftUpperArm'), height('leftLowerLeg')];
  return Float32Array.from({ length: positions.length / 3 }, (_, i) => {
    const y = positions[3 * i + 1];
    const share = y > hips ? (shoulders - y) / (shoulders - hips) : (y - knees) / (hips - knees);
    let arms = 0;
    for (let k = 4 * i; k < 4 * i + 4; k++) if (isArmBone[skinIndices[k]]) arms += skinWeights[k];
    return Math.min(1, Math.max(0, share)) * (1 - arms);
  });
}

function unknownRig({ names }: Rig): FittingError {
  const some = names.slice(0, 3).map((name) => name.slice(0, 30));
  return garmentInvalid(
    `its bones (${some.join(', ')}, …) have no names that are known and do not stand like a person`,
    `rename them (VRM: ${boneNames.slice(0, 3).join(', ')}, …), or export the garment without bones, where the mannequin wears it`,
  );
}

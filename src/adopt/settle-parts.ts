/**
 * Moves the meshes of a garment file of any maker, in any unit and pose, onto the mannequin (the body model), and skins
 * them to its bones.
 *
 * 1. Find the mannequin's bones in the file's rig (skeleton). If no mesh has a skin, `placeUnskinned` finds the body that
 *    the garment was modelled on, and step 3 follows.
 * 2. Scale meshes and rig to metres and rotate them upright, facing +z.
 * 3. If a joint of the rig is more than 1 cm from the mannequin's, the garment was modelled on another body: guess the
 *    lengths of that body, move the meshes into the mannequin's rest pose with these lengths, guess the girths, and
 *    compute the skin weights again.
 * 4. Compute skin weights for the meshes without a skin from the mannequin's skin beneath.
 */
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
import { placeUnskinned, weighUnskinned } from './place-unskinned.ts';
import type { FilePart, FileParts } from './read-file-parts.ts';
import type { BoneMap, Rig } from './rig.ts';
import { transformPart } from './transform-part.ts';
import { weighCloth } from './weigh-cloth.ts';

/** If no joint of a file is further than this from the mannequin's, metres, the file was modelled on the mannequin. */
const SAME_METRES = 0.01;

/** A garment in the mannequin's rest pose, on the body that it was modelled on, metres. */
export interface SettledParts {
  /** In the order of the file's parts, skinned to the mannequin's bones. */
  parts: GarmentMesh[];
  /** Morph weights of that body in the order of `morphNames` (MORPH_COUNT); null: all 0, the mannequin's base shape. */
  madeOn: Float32Array | null;
}

/**
 * Moves a file's meshes onto the mannequin, and skins them to its bones (steps above).
 *
 * Changes `parts` and `rig` in place. Adds a sentence for each change to `warnings`. Rejects with `FittingError`
 * `garment-invalid` when the rig is not like a person's, or the size is not a garment's in any unit.
 *
 * @param parts The file's meshes, skinned to the joints of `rig`, or without a skin; space and unit of the file.
 * @param rig The file's skeleton: names, parents and positions of its joints, in the same space and unit.
 * @param mannequin The body to move them to, in its rest pose, metres.
 * @param warnings Sentences for the merchandiser; new ones are appended.
 * @param known.madeOn Morph weights (MORPH_COUNT) of the body that they were modelled on, if known: then `rig` has the
 * joints of that body, in metres, and nothing is moved.
 */
export async function settleParts(
  { parts, rig }: Pick<FileParts, 'parts' | 'rig'>,
  mannequin: Mannequin,
  warnings: string[],
  known: { madeOn?: Float32Array } = {},
): Promise<SettledParts> {
  if (!parts.some((part) => part.joints)) {
    const placed = await placeUnskinned(parts, mannequin, warnings);
    const madeOn = placed.joints && (await carryFrom(placed.joints, placed.parts, mannequin));
    return { parts: placed.parts, madeOn };
  }

  const map = findBones(rig);
  if (!map) throw unknownRig(rig);
  if (known.madeOn && parts.every((part) => part.joints))
    return { parts: parts.map((part) => takeBones(part, map) as GarmentMesh), madeOn: known.madeOn };
  if (map.by === 'shape') warnings.push('bones of no known naming: recognised by where they lie');
  const orientation = orientRig(rig, map, mannequin);
  if (orientation) {
    const { rotation, unit } = orientation;
    warnings.push(...orientation.warnings);
    for (const part of parts) transformPart(part, rotation, unit);
    transformPart({ positions: rig.positions, normals: new Float32Array(0), sizes: {} }, rotation, unit);
  }
  const withBones = parts.map((part) => (part.joints ? takeBones(part, map) : part));
  const skinned = withBones.filter((part): part is GarmentMesh => !('joints' in part));
  const unskinned = withBones.filter((part): part is FilePart => 'joints' in part);

  let madeOn: Float32Array | null = null;
  const joints = completeJoints(rig, map, mannequin.joints);
  if (orientation && farthestJoint(joints, mannequin.joints, map) > SAME_METRES) {
    madeOn = await carryFrom(joints, skinned, mannequin);
  }
  if (unskinned.length > 0) warnings.push('some meshes have no skin: they go with the body beneath them');
  const placed = await weighUnskinned(unskinned, mannequin);
  return { parts: withBones.map((part) => ('joints' in part ? placed[unskinned.indexOf(part)] : part)), madeOn };
}

/**
 * Step 3: moves meshes from the body that they were modelled on into the mannequin's rest pose, in place, and weighs
 * them anew. Returns the morph weights of that body.
 *
 * @param joints The joints of the body that they were modelled on, 3 × BONE_COUNT, metres.
 */
async function carryFrom(joints: Float32Array, parts: GarmentMesh[], mannequin: Mannequin): Promise<Float32Array> {
  const madeOn = guessLengths(joints, mannequin);
  const shape = shapeMannequin(mannequin, madeOn, createMannequinShape(mannequin));
  await yieldToEventLoop();
  for (const part of parts) await carryToMannequin(part, joints, shape.joints);
  await yieldToEventLoop();
  const cloths = parts.map((part) => ({ positions: part.positions, hipShares: hipShares(part, shape.joints) }));
  await guessGirths(cloths, mannequin, madeOn);
  await yieldToEventLoop();
  await weighAnew(parts, mannequin, shapeMannequin(mannequin, madeOn, shape));
  return madeOn;
}

/** Returns a skinned part with indices of the mannequin's bones instead of the rig's joints. */
function takeBones({ joints, ...part }: FilePart, { bones }: BoneMap): GarmentMesh {
  return { ...part, skinIndices: Uint16Array.from(joints!, (joint) => bones[joint]) };
}

/** Returns the largest distance, metres, between the joints `a` and `b` (3 × BONE_COUNT) of the bones in the rig. */
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
 * Replaces the skin weights of `parts`, in place, by a blend of the maker's weights and those of the guessed body's
 * skin beneath, so that cloth and skin move alike.
 *
 * @param shape The mannequin in the shape of the guessed body, rest pose, metres.
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

/** By bone: whether it belongs to an arm. */
const isArmBone = isBoneIn(armRegions);

/**
 * Returns for each vertex the share, 0..1, of a shift at the hips by which it moves: 1 at hip height, falling linearly
 * to 0 at the shoulders and the knees, times the vertex's skin weight outside the arms.
 *
 * @param joints Rest joints of the guessed body, 3 × BONE_COUNT, metres.
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

/** Creates the error for a rig in which no person's bones were found; it names the rig's first bones. */
function unknownRig({ names }: Rig): FittingError {
  const some = names.slice(0, 3).map((name) => name.slice(0, 30));
  return garmentInvalid(
    `its bones (${some.join(', ')}, …) have no names that are known and do not stand like a person`,
    `rename them (VRM: ${boneNames.slice(0, 3).join(', ')}, …), or export the garment without bones, where the mannequin wears it`,
  );
}

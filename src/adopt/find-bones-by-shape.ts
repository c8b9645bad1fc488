/**
 * Finds the mannequin's bones in a garment file's skeleton whose joints have no known names, from its branching and
 * from the positions of its joints. An end is a joint without children; the sides are left (larger x than the middle of
 * all ends) and right.
 *
 * 1. Feet: the lowest end on each side; if the rest is then not like a person, the next ones (the lowest ends may be
 *    targets by which an animator moves the feet). Hips: their nearest common ancestor.
 * 2. Hands: the outermost end on each side, of those that are higher than that side's foot and not on its leg. Chest:
 *    the nearest common ancestor of both hands.
 * 3. Limbs: on the path to a hand or foot, the three joints whose segments are most like a person's in ratio and length
 *    become shoulder, elbow and wrist, or hip, knee and ankle.
 * 4. Spine: the joints from hips to chest. Neck and head: the path from the chest to the highest end that is no hand.
 */
import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import { type BoneMap, createBoneMap, isAncestor, type Rig } from './rig.ts';

/**
 * Length of a limb's upper segment divided by that of its lower segment: 0.25 m / 0.25 m for the mannequin's arms,
 * 0.42 m / 0.39 m for its legs.
 */
const ARM_RATIO = 1;
const LEG_RATIO = 1.1;
/**
 * Length of arm and leg divided by that of the trunk, hips to chest. Both are rough, since rigs differ in what they
 * call a shoulder.
 */
const ARM_TO_TRUNK = 1.2;
const LEG_TO_TRUNK = 2;
/**
 * Largest misfit of a person's limb: |ln| of its measured ratio by the expected one, plus |ln| of its measured length
 * by the expected one.
 */
const MAX_MISFIT = 1.2;
/** Most ends on each side that may be a foot: toes and targets of both feet. */
const MAX_FEET = 8;
/** Fewest joints of a person's skeleton: hips, chest and two joints of each limb. */
const MIN_JOINTS = 10;

type Vector = readonly [number, number, number];

/**
 * Finds the mannequin's bones in a skeleton by its shape (steps above).
 *
 * @param rig Upright (+y up), with left and right along x, in any unit. Each parent is before its children.
 * @returns By joint its bone and by bone its first joint, −1 where none was recognised; null when the skeleton is not
 * like a person's.
 */
export function findBonesByShape(rig: Rig): BoneMap | null {
  const { parents, positions } = rig;
  const count = parents.length;
  if (count < MIN_JOINTS) return null;
  const xOf = (j: number): number => positions[3 * j];
  const heightOf = (j: number): number => positions[3 * j + 1];
  const isParent = new Uint8Array(count);
  for (const parent of parents) if (parent >= 0) isParent[parent] = 1;
  const ends = Array.from(isParent.keys()).filter((j) => !isParent[j]);
  if (ends.length < 4) return null;

  const middle = (Math.max(...ends.map(xOf)) + Math.min(...ends.map(xOf))) / 2;
  const leftEnds = ends.filter((j) => xOf(j) > middle);
  const rightEnds = ends.filter((j) => xOf(j) < middle);
  if (leftEnds.length === 0 || rightEnds.length === 0) return null;
  const lowestFirst = (joints: number[]): number[] =>
    [...joints].sort((a, b) => heightOf(a) - heightOf(b)).slice(0, MAX_FEET);
  const pairs = lowestFirst(leftEnds).flatMap((left) => lowestFirst(rightEnds).map((right) => [left, right] as const));
  pairs.sort((a, b) => heightOf(a[0]) + heightOf(a[1]) - heightOf(b[0]) - heightOf(b[1]));
  for (const feet of pairs) {
    const map = findFromFeet(rig, { feet, ends, leftEnds, rightEnds, middle });
    if (map) return map;
  }
  return null;
}

/** The ends of a skeleton (joints without children), and which of them are taken for the feet. */
interface Ends {
  ends: readonly number[];
  leftEnds: number[];
  rightEnds: number[];
  /** Left and right. */
  feet: readonly [number, number];
  /** X of the middle of all ends. */
  middle: number;
}

/** Steps 1 to 4 for given feet; null when the skeleton is then not like a person's. */
function findFromFeet(rig: Rig, { feet, ends, leftEnds, rightEnds, middle }: Ends): BoneMap | null {
  const { parents, positions } = rig;
  const count = parents.length;
  const positionOf = (j: number): Vector => [positions[3 * j], positions[3 * j + 1], positions[3 * j + 2]];
  const xOf = (j: number): number => positions[3 * j];
  const heightOf = (j: number): number => positions[3 * j + 1];
  const hips = commonAncestor(parents, feet[0], feet[1]);
  if (hips < 0) return null;

  const handCandidates = (joints: number[], foot: number): number[] =>
    joints.filter(
      (j) =>
        j !== foot &&
        isAncestor(parents, hips, j) &&
        commonAncestor(parents, j, foot) === hips &&
        heightOf(j) > heightOf(foot),
    );
  const outermost = (joints: number[]): number =>
    joints.reduce((a, b) => (Math.abs(xOf(b) - middle) > Math.abs(xOf(a) - middle) ? b : a));
  const [leftHands, rightHands] = [handCandidates(leftEnds, feet[0]), handCandidates(rightEnds, feet[1])];
  if (leftHands.length === 0 || rightHands.length === 0) return null;
  const hands = [outermost(leftHands), outermost(rightHands)] as const;
  const chest = commonAncestor(parents, hands[0], hands[1]);
  if (chest < 0 || chest === hips || !isAncestor(parents, hips, chest)) return null;

  const map = createBoneMap(count, 'shape');
  const assign = (joint: number, bone: BoneName): void => {
    if (map.joints[boneIndex[bone]] < 0) map.joints[boneIndex[bone]] = joint;
    map.bones[joint] = boneIndex[bone];
  };
  const trunkLength = Math.abs(heightOf(chest) - heightOf(hips));
  for (const [s, side] of (['left', 'right'] as const).entries()) {
    const arm = divideLimb(pathTo(parents, chest, hands[s]), positionOf, ARM_RATIO, ARM_TO_TRUNK * trunkLength);
    const leg = divideLimb(pathTo(parents, hips, feet[s]), positionOf, LEG_RATIO, LEG_TO_TRUNK * trunkLength);
    if (!arm || !leg || !(arm.misfit < MAX_MISFIT) || !(leg.misfit < MAX_MISFIT)) return null;
    for (const joint of arm.before) assign(joint, `${side}Shoulder`);
    assign(arm.joints[0], `${side}UpperArm`);
    for (const joint of arm.upper) assign(joint, `${side}UpperArmTwist`);
    assign(arm.joints[1], `${side}LowerArm`);
    for (const joint of arm.lower) assign(joint, `${side}LowerArmTwist`);
    assign(arm.joints[2], `${side}Hand`);
    assign(leg.joints[0], `${side}UpperLeg`);
    for (const joint of leg.upper) assign(joint, `${side}UpperLegTwist`);
    assign(leg.joints[1], `${side}LowerLeg`);
    for (const joint of leg.lower) assign(joint, `${side}LowerLeg`);
    assign(leg.joints[2], `${side}Foot`);
    if (leg.after.length > 0) assign(leg.after[0], `${side}Toes`);
  }

  assign(hips, 'hips');
  const spine = pathTo(parents, hips, chest);
  spine.forEach((joint, i) =>
    assign(joint, i === 0 && spine.length > 1 ? 'spine' : i === spine.length - 1 ? 'upperChest' : 'chest'),
  );
  const tops = ends.filter(
    (j) =>
      isAncestor(parents, chest, j) &&
      hands.every((hand) => commonAncestor(parents, j, hand) === chest) &&
      heightOf(j) > heightOf(chest),
  );
  if (tops.length > 0) {
    const top = tops.reduce((a, b) => (heightOf(b) > heightOf(a) ? b : a));
    const path = pathTo(parents, chest, top);
    if (path.length > 0) assign(path[0], 'neck');
    // Of three or more joints the last marks the top of the head, where no bone begins.
    if (path.length > 1) assign(path[Math.min(path.length - 1, Math.max(1, path.length - 2))], 'head');
  }
  return map;
}

/** The path of a limb from the trunk outwards, divided at three joints. All values but `misfit` are joint indices. */
interface DividedLimb {
  /** Shoulder, elbow and wrist, or hip, knee and ankle. */
  joints: readonly [number, number, number];
  /** Joints between the trunk and the first of the three. */
  before: number[];
  /** Joints between the first and the second. */
  upper: number[];
  /** Joints between the second and the third. */
  lower: number[];
  /** Joints after the third. */
  after: number[];
  /** Difference from the expected ratio and length, ≥ 0; see `MAX_MISFIT`. */
  misfit: number;
}

/**
 * Step 3: finds the three joints of `path` with the smallest misfit: |upper / lower| near `ratio`, upper + lower near
 * `length` (the rig's unit). Null for a path of fewer than three joints, or when all segments have length 0.
 */
function divideLimb(
  path: number[],
  positionOf: (joint: number) => Vector,
  ratio: number,
  length: number,
): DividedLimb | null {
  let best: DividedLimb | null = null;
  for (let i = 0; i + 2 < path.length; i++) {
    for (let j = i + 1; j + 1 < path.length; j++) {
      for (let k = j + 1; k < path.length; k++) {
        const upper = distance(positionOf(path[i]), positionOf(path[j]));
        const lower = distance(positionOf(path[j]), positionOf(path[k]));
        if (upper === 0 || lower === 0) continue;
        const misfit = Math.abs(Math.log(upper / lower / ratio)) + Math.abs(Math.log((upper + lower) / length));
        if (best && misfit >= best.misfit) continue;
        best = {
          joints: [path[i], path[j], path[k]],
          before: path.slice(0, i),
          upper: path.slice(i + 1, j),
          lower: path.slice(j + 1, k),
          after: path.slice(k + 1),
          misfit,
        };
      }
    }
  }
  return best;
}

function distance(a: Vector, b: Vector): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** Returns `joint` and all its ancestors, the root last. */
function lineageOf(parents: Int32Array, joint: number): number[] {
  const lineage: number[] = [];
  for (let j = joint; j >= 0; j = parents[j]) lineage.push(j);
  return lineage;
}

/** Returns the nearest joint that is `a` or an ancestor of it, and `b` or an ancestor of it; −1 for none. */
function commonAncestor(parents: Int32Array, a: number, b: number): number {
  const lineage = new Set(lineageOf(parents, a));
  return lineageOf(parents, b).find((j) => lineage.has(j)) ?? -1;
}

/** Returns the joints from the child of `from` down to `to`. `from` must be an ancestor of `to`. */
function pathTo(parents: Int32Array, from: number, to: number): number[] {
  const lineage = lineageOf(parents, to);
  return lineage.slice(0, lineage.indexOf(from)).reverse();
}

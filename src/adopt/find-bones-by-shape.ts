import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import { type BoneMap, createBoneMap, isAncestor, type Rig } from './rig.ts';

/**
 * Length of the upper segment of a limb as a multiple of the lower one: 0.25 m to 0.25 m and 0.43 m to 0.39 m on the
 * mannequin.
 */
const ARM_RATIO = 1;
const LEG_RATIO = 1.1;
/**
 * Length of arm and leg as multiples of the trunk's, hips to chest; rough, since rigs differ in what they call a
 * shoulder.
 */
const ARM_TO_TRUNK = 1.2;
const LEG_TO_TRUNK = 2;
/** Largest misfit of a person's limb: the sum of the logarithms by which its ratio and its length are off. */
const MAX_MISFIT = 1.2;
/** Hips, chest and two joints of each limb. */
const MIN_JOINTS = 10;

type Vector = readonly [number, number, number];

/**
 * Finds the mannequin's bones in a skeleton whose names say nothing, from how it branches and where its joints lie. The
 * rig stands upright (y up), with left and right along x, in any unit.
 *
 * 1. Feet: the lowest end of the skeleton on each side. Hips: their nearest common ancestor.
 * 2. Hands: of the ends above the feet that do not hang on a leg, the outermost on each side. Chest: their common
 *    ancestor.
 * 3. Limbs: elbow, wrist, knee and ankle are the joints that divide the path to a hand or foot as a person's limb.
 * 4. Spine: the joints from hips to chest. Neck and head: the path from the chest to the highest end that is no hand.
 *
 * Null when the skeleton is not like a person's.
 */
export function findBonesByShape(rig: Rig): BoneMap | null {
  const { parents, positions } = rig;
  const count = parents.length;
  if (count < MIN_JOINTS) return null;
  const positionOf = (j: number): Vector => [positions[3 * j], positions[3 * j + 1], positions[3 * j + 2]];
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
  const lowest = (joints: number[]): number => joints.reduce((a, b) => (heightOf(b) < heightOf(a) ? b : a));
  const feet = [lowest(leftEnds), lowest(rightEnds)] as const;
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

/** The joints of a limb from the trunk outwards, divided at shoulder, elbow and wrist or at hip, knee and ankle. */
interface DividedLimb {
  joints: readonly [number, number, number];
  before: number[];
  upper: number[];
  lower: number[];
  after: number[];
  misfit: number;
}

/** Finds the three joints of a path whose segments come nearest to this ratio and, together, to this length. */
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

/** `joint` and all joints above it, from itself upwards. */
function lineageOf(parents: Int32Array, joint: number): number[] {
  const lineage: number[] = [];
  for (let j = joint; j >= 0; j = parents[j]) lineage.push(j);
  return lineage;
}

/** The nearest joint that is above both, or one of them; −1 for none. */
function commonAncestor(parents: Int32Array, a: number, b: number): number {
  const lineage = new Set(lineageOf(parents, a));
  return lineageOf(parents, b).find((j) => lineage.has(j)) ?? -1;
}

/** The joints from below `from` down to `to`. */
function pathTo(parents: Int32Array, from: number, to: number): number[] {
  const lineage = lineageOf(parents, to);
  return lineage.slice(0, lineage.indexOf(from)).reverse();
}

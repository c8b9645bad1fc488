import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import { type BoneMap, createBoneMap, type Rig } from './rig.ts';

/** Upper against lower segment of a limb: arms 0.25 m to 0.25 m, legs 0.43 m to 0.39 m on the mannequin. */
const ARM_RATIO = 1;
const LEG_RATIO = 1.1;
/** A whole arm against the trunk from hip to shoulder height, and a leg likewise; rigs differ by what they call a shoulder. */
const ARM_TO_TRUNK = 1.2;
const LEG_TO_TRUNK = 2;
/** What a joint looks like may be off from a person's in all by this (sum of logarithms) and still be one. */
const MAX_MISFIT = 1.2;
/** Hips, chest, two joints of each limb at least. */
const MIN_JOINTS = 10;

type Vector = readonly [number, number, number];

/**
 * The mannequin's bones in a skeleton whose names say nothing, by how it branches and where its joints lie: the lowest two
 * ends are feet, the ends furthest out to either side hands, what rises in the middle is spine, neck and head; elbow, wrist,
 * knee and ankle are the joints that part a limb as a person's does. Stands upright (y up) with left and right along x.
 * Null when it is not like a person.
 */
export function findBonesByShape(rig: Rig): BoneMap | null {
  const { parents, positions } = rig;
  const count = parents.length;
  if (count < MIN_JOINTS) return null;
  const at = (j: number): Vector => [positions[3 * j], positions[3 * j + 1], positions[3 * j + 2]];
  const hasChild = new Uint8Array(count);
  for (const parent of parents) if (parent >= 0) hasChild[parent] = 1;
  const ends = Array.from(hasChild.keys()).filter((j) => !hasChild[j]);
  if (ends.length < 4) return null;

  const middle = (Math.max(...ends.map((j) => at(j)[0])) + Math.min(...ends.map((j) => at(j)[0]))) / 2;
  const left = ends.filter((j) => at(j)[0] > middle);
  const right = ends.filter((j) => at(j)[0] < middle);
  if (left.length === 0 || right.length === 0) return null;
  const lowest = (of: number[]): number => of.reduce((a, b) => (at(b)[1] < at(a)[1] ? b : a));
  const feet = [lowest(left), lowest(right)] as const;
  const hips = commonAncestor(parents, feet[0], feet[1]);
  if (hips < 0) return null;
  // An arm hangs on the trunk above the hips, not on a leg.
  const above = (of: number[], foot: number): number[] =>
    of.filter(
      (j) =>
        j !== foot && isUnder(parents, j, hips) && commonAncestor(parents, j, foot) === hips && at(j)[1] > at(foot)[1],
    );
  const outermost = (of: number[]): number =>
    of.reduce((a, b) => (Math.abs(at(b)[0] - middle) > Math.abs(at(a)[0] - middle) ? b : a));
  const [leftHands, rightHands] = [above(left, feet[0]), above(right, feet[1])];
  if (leftHands.length === 0 || rightHands.length === 0) return null;
  const hands = [outermost(leftHands), outermost(rightHands)] as const;
  const chest = commonAncestor(parents, hands[0], hands[1]);
  if (chest < 0 || chest === hips || !isUnder(parents, chest, hips)) return null;

  const map = createBoneMap(count, 'shape');
  const give = (bone: BoneName, joint: number): void => {
    if (map.joints[boneIndex[bone]] < 0) map.joints[boneIndex[bone]] = joint;
    map.bones[joint] = boneIndex[bone];
  };
  const trunk = Math.abs(at(chest)[1] - at(hips)[1]);
  let misfit = 0;
  (['left', 'right'] as const).forEach((side, s) => {
    const arm = partLimb(pathTo(parents, chest, hands[s]), at, ARM_RATIO, ARM_TO_TRUNK * trunk);
    const leg = partLimb(pathTo(parents, hips, feet[s]), at, LEG_RATIO, LEG_TO_TRUNK * trunk);
    misfit = Math.max(misfit, arm?.misfit ?? Infinity, leg?.misfit ?? Infinity);
    if (!arm || !leg) return;
    arm.before.forEach((joint) => give(`${side}Shoulder`, joint));
    give(`${side}UpperArm`, arm.joints[0]);
    arm.upper.forEach((joint) => give(`${side}UpperArmTwist`, joint));
    give(`${side}LowerArm`, arm.joints[1]);
    arm.lower.forEach((joint) => give(`${side}LowerArmTwist`, joint));
    give(`${side}Hand`, arm.joints[2]);
    give(`${side}UpperLeg`, leg.joints[0]);
    leg.upper.forEach((joint) => give(`${side}UpperLegTwist`, joint));
    give(`${side}LowerLeg`, leg.joints[1]);
    leg.lower.forEach((joint) => give(`${side}LowerLeg`, joint));
    give(`${side}Foot`, leg.joints[2]);
    if (leg.after.length > 0) give(`${side}Toes`, leg.after[0]);
  });
  if (!(misfit < MAX_MISFIT)) return null;

  give('hips', hips);
  const spine = pathTo(parents, hips, chest);
  spine.forEach((joint, i) =>
    give(i === 0 && spine.length > 1 ? 'spine' : i === spine.length - 1 ? 'upperChest' : 'chest', joint),
  );
  // What rises highest from the chest between the arms.
  const heads = ends.filter(
    (j) =>
      isUnder(parents, j, chest) &&
      !hands.some((hand) => commonAncestor(parents, j, hand) !== chest) &&
      at(j)[1] > at(chest)[1],
  );
  if (heads.length > 0) {
    const path = pathTo(
      parents,
      chest,
      heads.reduce((a, b) => (at(b)[1] > at(a)[1] ? b : a)),
    );
    if (path.length > 0) give('neck', path[0]);
    // The end of the head is no joint when there are three or more.
    if (path.length > 1) give('head', path[Math.min(path.length - 1, Math.max(1, path.length - 2))]);
  }
  return map;
}

interface PartedLimb {
  /** Where upper and lower segment and hand or foot begin. */
  joints: readonly [number, number, number];
  before: number[];
  upper: number[];
  lower: number[];
  after: number[];
  misfit: number;
}

/** Three joints of a path that part it as a limb: segments in this ratio, together about this long. */
function partLimb(path: number[], at: (joint: number) => Vector, ratio: number, length: number): PartedLimb | null {
  let best: PartedLimb | null = null;
  for (let i = 0; i + 2 < path.length; i++) {
    for (let j = i + 1; j + 1 < path.length; j++) {
      for (let k = j + 1; k < path.length; k++) {
        const upper = distance(at(path[i]), at(path[j]));
        const lower = distance(at(path[j]), at(path[k]));
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

function ancestorsOf(parents: Int32Array, joint: number): number[] {
  const row: number[] = [];
  for (let j = joint; j >= 0; j = parents[j]) row.push(j);
  return row;
}

function commonAncestor(parents: Int32Array, a: number, b: number): number {
  const of = new Set(ancestorsOf(parents, a));
  return ancestorsOf(parents, b).find((j) => of.has(j)) ?? -1;
}

function isUnder(parents: Int32Array, joint: number, ancestor: number): boolean {
  return ancestorsOf(parents, joint).includes(ancestor);
}

/** From below `from` down to `to`. */
function pathTo(parents: Int32Array, from: number, to: number): number[] {
  const row = ancestorsOf(parents, to);
  return row.slice(0, row.indexOf(from)).reverse();
}

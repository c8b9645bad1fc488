import { Quaternion, Vector3 } from 'three';
import { BONE_COUNT, type BoneName, boneIndex, boneNames, boneParents } from '../mannequin/mannequin.ts';
import { regions } from '../mannequin/regions.ts';
import { type Motion, restPose } from './motion-pose.ts';
import { type BvhJoint, parseBvh } from './parse-bvh.ts';

/** Names that a bone goes by in motion files, without sides, blanks and prefixes, small; the first that a file has counts. */
const trunkNames: Partial<Record<BoneName, readonly string[]>> = {
  hips: ['hips', 'pelvis', 'hip', 'root'],
  spine: ['lowerback', 'spine', 'abdomen', 'chest'],
  chest: ['spine1', 'chest', 'spine2'],
  upperChest: ['spine3', 'chest2', 'upperchest', 'spine2', 'spine1', 'chest'],
  neck: ['neck', 'lowerneck', 'neck1'],
  head: ['head'],
};
/** In these files a shoulder is the arm's joint where there is a collar too, and a hip the leg's where there is a knee. */
const limbNames: readonly (readonly [string, readonly string[]])[] = [
  ['Shoulder', ['collar', 'clavicle', 'shoulder']],
  ['UpperArm', ['upperarm', 'arm', 'uparm', 'shoulder']],
  ['LowerArm', ['lowerarm', 'forearm', 'elbow']],
  ['Hand', ['hand', 'wrist']],
  ['UpperLeg', ['upperleg', 'upleg', 'thigh', 'hip']],
  ['LowerLeg', ['lowerleg', 'leg', 'shin', 'knee']],
  ['Foot', ['foot', 'ankle']],
  ['Toes', ['toebase', 'toe', 'toes']],
];
/** Without these there is no body to move. */
const needed: readonly BoneName[] = [
  'hips',
  'leftUpperArm',
  'leftLowerArm',
  'leftHand',
  'rightUpperArm',
  'rightLowerArm',
  'rightHand',
  'leftUpperLeg',
  'leftLowerLeg',
  'leftFoot',
  'rightUpperLeg',
  'rightLowerLeg',
  'rightFoot',
];

/** Which joint each bone is; −1 where the file has none. */
function findJoints(joints: readonly BvhJoint[]): number[] {
  const names = joints.map(({ name }) =>
    name
      .replace(/^.*:/, '')
      .replace(/[\s_.-]/g, '')
      .toLowerCase(),
  );
  const sided = (side: 'left' | 'right', name: string): number => {
    const long = names.indexOf(side + name);
    // “lhand” beside “LeftWrist” is the same place again.
    return long >= 0 ? long : names.indexOf(side[0] + name);
  };
  const first = (candidates: readonly string[], find: (name: string) => number): number =>
    candidates.map(find).find((j) => j >= 0) ?? -1;
  const found = boneNames.map((bone, index) => {
    const trunk = trunkNames[bone];
    if (trunk) return first(trunk, (name) => names.indexOf(name));
    const { region, side } = regions[index];
    const limb = limbNames.find(([part]) => bone === side + part);
    if (!limb || side === 'middle') return -1;
    return first(region === 'hand' ? ['wrist', ...limb[1]] : limb[1], (name) => sided(side, name));
  });
  // One joint is one bone: a file with one spine joint moves the lowest, and a shoulder that is the arm's is no clavicle.
  for (const side of ['left', 'right'] as const) {
    if (found[boneIndex[`${side}Shoulder`]] === found[boneIndex[`${side}UpperArm`]])
      found[boneIndex[`${side}Shoulder`]] = -1;
  }
  for (const [low, high] of [
    ['spine', 'chest'],
    ['chest', 'upperChest'],
    ['spine', 'upperChest'],
  ] as const) {
    if (found[boneIndex[low]] === found[boneIndex[high]]) found[boneIndex[high]] = -1;
  }
  return found;
}

/** Bones whose direction tells their turn from the file's rest pose to ours, the joint they point to, and where ours point at rest. */
const limbWays: readonly (readonly [BoneName, BoneName, Vector3])[] = (['left', 'right'] as const).flatMap((side) => {
  const out = new Vector3(side === 'left' ? 1 : -1, -1, 0).normalize();
  const down = new Vector3(0, -1, 0);
  return [
    [`${side}UpperArm`, `${side}LowerArm`, out],
    [`${side}LowerArm`, `${side}Hand`, out],
    [`${side}UpperLeg`, `${side}LowerLeg`, down],
    [`${side}LowerLeg`, `${side}Foot`, down],
  ] as const;
});

/** Bones whose turn about their own axis their helper takes half of, and which keep none of it themselves. */
const twists: readonly (readonly [BoneName, BoneName])[] = [
  ['leftLowerArm', 'leftLowerArmTwist'],
  ['rightLowerArm', 'rightLowerArmTwist'],
  ['leftUpperArm', 'leftUpperArmTwist'],
  ['rightUpperArm', 'rightUpperArmTwist'],
  ['leftUpperLeg', 'leftUpperLegTwist'],
  ['rightUpperLeg', 'rightUpperLegTwist'],
];

/** Of the mean body, from hip joint to ankle, metres. */
const LEG_METRES = 0.8;

/**
 * A motion out of a BVH file, carried over to the mannequin: joints are known by name, up and forwards by how the file's body
 * stands at rest, and each limb turns as the file's does from its own rest pose. The clip begins where the person stands, facing the
 * camera, at time 0, and repeats; sizes follow the legs' length. Throws `TypeError` for what is no BVH or names no joints of a body.
 */
export function readBvh(text: string): Motion {
  const clip = parseBvh(text);
  const { joints, frames, frameSeconds } = clip;
  const found = findJoints(joints);
  const missing = needed.filter((bone) => found[boneIndex[bone]]! < 0);
  if (missing.length > 0) throw new TypeError(`BVH: no joint is known as ${missing.join(', ')}.`);

  // Rest places and the frame of the file's body.
  const rest: Vector3[] = [];
  for (const { parent, offset } of joints)
    rest.push(new Vector3(...offset).add(parent < 0 ? new Vector3() : rest[parent]!));
  const place = (places: readonly Vector3[], bone: BoneName): Vector3 => places[found[boneIndex[bone]]!]!;
  const middle = (places: readonly Vector3[], a: BoneName, b: BoneName): Vector3 =>
    place(places, a).clone().add(place(places, b)).multiplyScalar(0.5);
  const up = nearestAxis(middle(rest, 'leftUpperArm', 'rightUpperArm').sub(middle(rest, 'leftFoot', 'rightFoot')));
  const left = nearestAxis(place(rest, 'leftUpperLeg').clone().sub(place(rest, 'rightUpperLeg')));
  const ahead = new Vector3().crossVectors(left, up);
  /** From the file's axes to ours: left +x, up +y, ahead +z. */
  const ours = (v: Vector3): Vector3 => v.set(v.dot(left), v.dot(up), v.dot(ahead));
  const oursTurn = (q: Quaternion): Quaternion => {
    const axis = ours(new Vector3(q.x, q.y, q.z));
    return q.set(axis.x, axis.y, axis.z, q.w);
  };
  let legLength = 0;
  for (const side of ['left', 'right'] as const) {
    legLength +=
      (place(rest, `${side}UpperLeg`).distanceTo(place(rest, `${side}LowerLeg`)) +
        place(rest, `${side}LowerLeg`).distanceTo(place(rest, `${side}Foot`))) /
      2;
  }
  if (!(legLength > 0)) throw new TypeError('BVH: the legs have no length.');
  const scale = LEG_METRES / legLength;

  const corrections = boneNames.map(() => new Quaternion());
  const axes = boneNames.map(() => new Vector3());
  for (const [bone, next, way] of limbWays) {
    axes[boneIndex[bone]]!.copy(way);
    const fileWay = ours(place(rest, next).clone().sub(place(rest, bone))).normalize();
    corrections[boneIndex[bone]]!.setFromUnitVectors(way, fileWay);
  }
  // A hand goes on from its forearm.
  for (const side of ['left', 'right'] as const)
    corrections[boneIndex[`${side}Hand`]]!.copy(corrections[boneIndex[`${side}LowerArm`]]!);

  const local = new Float32Array(4 * BONE_COUNT * frames);
  const roots = new Float32Array(3 * frames);
  let lowest = Infinity;
  const heading = new Quaternion();
  for (let f = 0; f < frames; f++) {
    const { turns, places } = poseJoints(clip, f);
    const turnOf = (bone: number): Quaternion => oursTurn(turns[found[bone]!]!.clone());
    const places3 = places.map((p) => ours(p.clone()));
    if (f === 0) {
      const side = place(places3, 'leftUpperLeg').clone().sub(place(places3, 'rightUpperLeg'));
      heading.setFromAxisAngle(new Vector3(0, 1, 0), Math.atan2(side.z, side.x));
    }
    const worlds: Quaternion[] = [];
    boneNames.forEach((_, b) => {
      const parent = boneParents[b]!;
      worlds.push(
        found[b]! >= 0
          ? heading.clone().multiply(turnOf(b)).multiply(corrections[b]!)
          : parent < 0
            ? heading.clone()
            : worlds[parent]!.clone(),
      );
    });
    const turned = worlds.map((q) => q.clone());
    for (const [bone, helper] of twists) {
      const b = boneIndex[bone];
      const parentTurn = worlds[boneParents[b]!]!;
      const own = parentTurn.clone().invert().multiply(worlds[b]!);
      const twist = twistAbout(own, axes[b]!);
      turned[b]!.copy(worlds[b]!).multiply(twist.clone().invert());
      turned[boneIndex[helper]]!.copy(turned[b]!).multiply(new Quaternion().slerp(twist, 0.5));
    }
    turned.forEach((q, b) => {
      const parent = boneParents[b]!;
      const q2 = parent < 0 ? q.clone() : turned[parent]!.clone().invert().multiply(q);
      // Of the two that mean one turn, the one near the frame before.
      const at = 4 * (f * BONE_COUNT + b);
      const before = at - 4 * BONE_COUNT;
      if (
        f > 0 &&
        q2.x * local[before]! + q2.y * local[before + 1]! + q2.z * local[before + 2]! + q2.w * local[before + 3]! < 0
      )
        q2.set(-q2.x, -q2.y, -q2.z, -q2.w);
      q2.normalize().toArray(local, at);
    });
    middle(places3, 'leftUpperLeg', 'rightUpperLeg')
      .applyQuaternion(heading)
      .multiplyScalar(scale)
      .toArray(roots, 3 * f);
    for (const side of ['left', 'right'] as const) lowest = Math.min(lowest, scale * place(places3, `${side}Foot`).y);
  }
  const [startX, , startZ] = roots;
  for (let f = 0; f < frames; f++) {
    roots[3 * f]! -= startX!;
    roots[3 * f + 1]! -= lowest + LEG_METRES;
    roots[3 * f + 2]! -= startZ!;
  }
  return playClip(local, roots, frames, 1000 * frameSeconds);
}

function playClip(local: Float32Array, roots: Float32Array, frames: number, frameMs: number): Motion {
  const lengthMs = Math.max(1, frames - 1) * frameMs;
  return (timeMs, target) => {
    restPose(target);
    const at = frames > 1 ? (((timeMs % lengthMs) + lengthMs) % lengthMs) / frameMs : 0;
    const f = Math.min(frames - 1, Math.floor(at));
    const g = Math.min(frames - 1, f + 1);
    const t = at - f;
    for (let k = 0; k < 3; k++) target.root.translation[k] = roots[3 * f + k]! * (1 - t) + roots[3 * g + k]! * t;
    for (let b = 0; b < BONE_COUNT; b++) {
      const i = 4 * (f * BONE_COUNT + b);
      const j = 4 * (g * BONE_COUNT + b);
      let sum = 0;
      for (let k = 0; k < 4; k++) {
        const q = local[i + k]! * (1 - t) + local[j + k]! * t;
        target.localRotations[4 * b + k] = q;
        sum += q * q;
      }
      const size = 1 / Math.sqrt(sum);
      for (let k = 0; k < 4; k++) target.localRotations[4 * b + k]! *= size;
    }
  };
}

const axisTurns: Record<string, Vector3> = {
  X: new Vector3(1, 0, 0),
  Y: new Vector3(0, 1, 0),
  Z: new Vector3(0, 0, 1),
};

/** World turns and places of all joints in one frame, the file's axes. Channels apply in the order in which they are written. */
function poseJoints(
  { joints, values, width }: ReturnType<typeof parseBvh>,
  frame: number,
): { turns: Quaternion[]; places: Vector3[] } {
  const turns: Quaternion[] = [];
  const places: Vector3[] = [];
  let at = frame * width;
  for (const { parent, offset, channels } of joints) {
    const turn = parent < 0 ? new Quaternion() : turns[parent]!.clone();
    const place = new Vector3(...offset);
    for (const channel of channels) {
      const value = values[at++]!;
      if (channel.endsWith('rotation'))
        turn.multiply(new Quaternion().setFromAxisAngle(axisTurns[channel[0]!]!, (value * Math.PI) / 180));
      else place.setComponent('XYZ'.indexOf(channel[0]!), place.getComponent('XYZ'.indexOf(channel[0]!)) + value);
    }
    if (parent >= 0) place.applyQuaternion(turns[parent]!).add(places[parent]!);
    turns.push(turn);
    places.push(place);
  }
  return { turns, places };
}

/** The part of a turn that is about `axis`. */
function twistAbout(q: Quaternion, axis: Vector3): Quaternion {
  const along = q.x * axis.x + q.y * axis.y + q.z * axis.z;
  const sign = q.w < 0 ? -1 : 1;
  const twist = new Quaternion(sign * along * axis.x, sign * along * axis.y, sign * along * axis.z, sign * q.w);
  return twist.length() < 1e-9 ? twist.identity() : twist.normalize();
}

function nearestAxis(v: Vector3): Vector3 {
  const k = [0, 1, 2].reduce((best, i) => (Math.abs(v.getComponent(i)) > Math.abs(v.getComponent(best)) ? i : best), 0);
  return new Vector3().setComponent(k, Math.sign(v.getComponent(k)) || 1);
}

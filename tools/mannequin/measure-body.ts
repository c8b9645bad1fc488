/**
 * Measures a shaped body, as the staff of ANSUR II, the US Army's survey of bodies, did with tape and anthropometer.
 * Metres: +x to the body's left, +y up, +z to the front, soles on y = 0.
 *
 * 1. Find heights on the body: crown, crotch, acromion, and the levels of the trunk.
 * 2. Cut the trunk horizontally and limbs across their bones. A girth is the length of a tape round the outline.
 * 3. For the breadth over the shoulders, let the arms hang.
 */
import {
  LEVEL_TRUNK_METRES,
  NECK_LEVEL,
  THIGH_LEVEL,
  TRUNK_LEVELS,
  UPPER_ARM_LEVELS,
} from '../../src/body/girth-levels.ts';
import { BONE_COUNT, type BoneName, boneIndex, type Mannequin } from '../../src/mannequin/mannequin.ts';
import { createMannequinPose, poseMannequin } from '../../src/mannequin/pose-mannequin.ts';
import type { MannequinShape } from '../../src/mannequin/shape-mannequin.ts';
import { skinVertices } from '../../src/mannequin/skin-vertices.ts';
import type { AnsurMeasure } from './tabulate.ts';
import { type CutPlane, cut, extent, type Outline, tapeAround } from './tape.ts';
import { trunkOutline } from './trunk-outline.ts';

const X = [1, 0, 0];
const Y = [0, 1, 0];
const Z = [0, 0, 1];

/** Returns the horizontal plane at a height, metres. */
function horizontal(y: number): CutPlane {
  return { normal: Y, offset: y, u: X, v: Z };
}

/** Girth of a relaxed limb as a share of ANSUR's, which is taken with the muscle flexed. Assumed: 6 % and 3 % less. */
const RELAXED_BICEPS = 0.94;
const RELAXED_FOREARM = 0.97;

/**
 * Heights over the acromion of the nape's bone (cervicale) and of the pit above the breastbone (suprasternale), between
 * which the base of the neck is, metres: means of ANSUR's.
 */
const CERVICALE = 0.069;
const SUPRASTERNALE = -0.004;

/**
 * Returns measures of the mannequin in the given shape (its vertices and joints) and the rest pose, metres, by the
 * names of ANSUR's columns. Not every column is measured. Without `areMinorWanted` it leaves out what `fitWeights` does
 * not need, which saves a quarter of the time: breadth and length of the head, base of the neck, wrist, lower thigh and
 * ankle.
 */
export function measureBody(
  mannequin: Mannequin,
  shape: MannequinShape,
  areMinorWanted = true,
): Partial<Record<AnsurMeasure, number>> {
  const { positions, joints } = shape;
  const mesh = { positions, indices: mannequin.indices };
  const joint = (bone: BoneName, axis: number): number => joints[3 * boneIndex[bone] + axis]!;
  const places = findPlaces(mannequin);
  const acromion = positions[3 * places.acromion + 1]!;
  const hipY = joint('leftUpperLeg', 1);
  const trunkLength = joint('upperChest', 1) - hipY;
  /** Returns the height of a level of the trunk, metres. Below the hip joint, distances are the base body's. */
  const heightAt = (level: number): number => hipY + level * (level < 0 ? LEVEL_TRUNK_METRES : trunkLength);
  /** Returns the points of the trunk's outlines at a height, without the arms; below the crotch, those of both legs. */
  const trunkAt = (y: number): Outline => trunkOutline(mesh, y, joint('leftUpperArm', 0) + 0.012);
  /** Returns the outline of a limb across the bone between two joints, at the share `t` of the way (0 to 1). */
  const limb = (from: BoneName, to: BoneName, t: number): Outline => {
    const a = [0, 1, 2].map((k) => joint(from, k)) as [number, number, number];
    const b = [0, 1, 2].map((k) => joint(to, k)) as [number, number, number];
    const point = a.map((c, k) => c + (b[k]! - c) * t);
    const span = b.map((c, k) => c - a[k]!);
    const length = Math.hypot(...span);
    const n = span.map((c) => c / length);
    const u = [n[1]!, -n[0]!, 0].map((c) => c / Math.hypot(n[0]!, n[1]!));
    const v = [n[1]! * u[2]! - n[2]! * u[1]!, n[2]! * u[0]! - n[0]! * u[2]!, n[0]! * u[1]! - n[1]! * u[0]!];
    const dot = (axis: readonly number[]): number => axis[0]! * point[0]! + axis[1]! * point[1]! + axis[2]! * point[2]!;
    const [centreU, centreV] = [dot(u), dot(v)];
    const outlines = cut(mesh, { normal: n, offset: dot(n), u, v });
    const distanceToBone = (outline: Outline): number =>
      Math.hypot(
        outline.reduce((sum, p) => sum + p[0], 0) / outline.length - centreU,
        outline.reduce((sum, p) => sum + p[1], 0) / outline.length - centreV,
      );
    return outlines.sort((p, q) => distanceToBone(p) - distanceToBone(q))[0] ?? [];
  };
  /** Returns the outline of the base of the neck: a cut from the nape down to the pit above the breastbone. */
  const neckBase = (): Outline => {
    const profile = cut(mesh, { normal: X, offset: 1e-4, u: Y, v: Z }).flat();
    const depthsAt = (height: number): number[] =>
      profile.filter(([y]) => Math.abs(y - height) < 0.012).map(([, z]) => z);
    const nape = [acromion + CERVICALE, Math.min(...depthsAt(acromion + CERVICALE))] as const;
    const pit = [acromion + SUPRASTERNALE, Math.max(...depthsAt(acromion + SUPRASTERNALE))] as const;
    const length = Math.hypot(pit[0] - nape[0], pit[1] - nape[1]);
    const v = [0, (pit[0] - nape[0]) / length, (pit[1] - nape[1]) / length];
    const n = [0, v[2]!, -v[1]!];
    return cut(mesh, { normal: n, offset: n[1]! * nape[0] + n[2]! * nape[1], u: X, v }).flat();
  };
  const largest = (values: number[]): number => Math.max(...values);
  /** Returns `count` numbers from `first` to `last`, evenly spaced. */
  const range = (first: number, last: number, count: number): number[] =>
    Array.from({ length: count }, (_, i) => first + ((last - first) * i) / (count - 1));

  const top = positions[3 * places.top + 1]!;
  const crotch = positions[3 * places.crotch + 1]!;
  const chest = trunkAt(heightAt(TRUNK_LEVELS.chest));
  const waist = trunkAt(heightAt(TRUNK_LEVELS.waist));
  const buttock = trunkAt(heightAt(TRUNK_LEVELS.hip));
  const hips = range(heightAt(TRUNK_LEVELS.hip) - 0.04, heightAt(TRUNK_LEVELS.hip) + 0.06, 4).map(
    (y) => extent(trunkAt(y)).width,
  );
  const headJoint = joint('head', 1);
  const headScale = (top - headJoint) / 0.147;
  /** From the brow to the back of the head, 10° down. */
  const brow = cut(mesh, {
    normal: [0, 0.985, -0.173],
    offset: 0.985 * (headJoint + 0.06 * headScale) - 0.173 * 0.02,
    u: X,
    v: [0, 0.173, 0.985],
  }).flat();
  const hanging = hangArms(mannequin, shape);
  /** Half of the breadth over the shoulders. */
  let deltoid = 0;
  for (let i = 0; i < hanging.positions.length; i += 3) {
    if (hanging.positions[i + 1]! > hanging.elbowY + 0.1) deltoid = Math.max(deltoid, hanging.positions[i]!);
  }
  return {
    stature: top,
    acromialheight: acromion,
    crotchheight: crotch,
    kneeheightmidpatella: joint('leftLowerLeg', 1),
    trochanterionheight: joint('leftUpperLeg', 1) - 0.015,
    acromionradialelength: boneLength(joints, 'leftUpperArm', 'leftLowerArm') + acromion - joint('leftUpperArm', 1),
    radialestylionlength: boneLength(joints, 'leftLowerArm', 'leftHand'),
    sleeveoutseam: boneLength(joints, 'leftUpperArm', 'leftHand') + acromion - joint('leftUpperArm', 1),
    bideltoidbreadth: 2 * deltoid,
    headcircumference: tapeAround(brow),
    neckcircumference: tapeAround(limb('neck', 'head', NECK_LEVEL)),
    chestcircumference: tapeAround(chest),
    chestdepth: extent(chest).depth,
    waistcircumference: tapeAround(waist),
    waistbreadth: extent(waist).width,
    waistdepth: extent(waist).depth,
    buttockcircumference: tapeAround(buttock),
    buttockdepth: extent(buttock).depth,
    hipbreadth: largest(hips),
    bicepscircumferenceflexed:
      largest(UPPER_ARM_LEVELS.map((t) => tapeAround(limb('leftUpperArm', 'leftLowerArm', t)))) / RELAXED_BICEPS,
    forearmcircumferenceflexed:
      largest(range(0.14, 0.34, 3).map((t) => tapeAround(limb('leftLowerArm', 'leftHand', t)))) / RELAXED_FOREARM,
    // At the fold under the buttock, a fifth down the thigh; where the thighs touch, up to the middle.
    thighcircumference: tapeAround(
      cut(mesh, horizontal(joint('leftUpperLeg', 1) * (1 - THIGH_LEVEL) + joint('leftLowerLeg', 1) * THIGH_LEVEL))
        .flat()
        .filter((p) => p[0] > 0 && p[0] < 0.3),
    ),
    calfcircumference: largest(range(0.15, 0.4, 5).map((t) => tapeAround(limb('leftLowerLeg', 'leftFoot', t)))),
    ...(areMinorWanted && {
      headbreadth: extent(cut(mesh, horizontal(headJoint + 0.06 * headScale)).flat()).width,
      headlength: extent(brow).depth,
      neckcircumferencebase: tapeAround(neckBase()),
      wristcircumference: tapeAround(limb('leftLowerArm', 'leftHand', 0.97)),
      lowerthighcircumference: tapeAround(limb('leftUpperLeg', 'leftLowerLeg', 0.9)),
      anklecircumference: Math.min(...range(0.8, 0.96, 4).map((t) => tapeAround(limb('leftLowerLeg', 'leftFoot', t)))),
    }),
  };
}

/** Returns the distance between two joints, metres. */
function boneLength(joints: ArrayLike<number>, a: BoneName, b: BoneName): number {
  return Math.hypot(...[0, 1, 2].map((k) => joints[3 * boneIndex[a] + k]! - joints[3 * boneIndex[b] + k]!));
}

/**
 * Returns the numbers of the vertices at anatomical points: crown, crotch and left acromion. They are found on the base
 * body, so that a measure changes smoothly with the shape.
 */
function findPlaces(mannequin: Mannequin): { top: number; crotch: number; acromion: number } {
  const { positions, joints } = mannequin;
  const shoulderX = joints[3 * boneIndex.leftUpperArm]!;
  const highest = { top: -Infinity, crotch: -Infinity, acromion: -Infinity };
  const places = { top: 0, crotch: 0, acromion: 0 };
  const consider = (name: keyof typeof places, value: number, v: number): void => {
    if (value <= highest[name]) return;
    highest[name] = value;
    places[name] = v;
  };
  for (let v = 0; 3 * v < positions.length; v++) {
    const x = positions[3 * v]!;
    const y = positions[3 * v + 1]!;
    consider('top', y, v);
    // The crotch is the lowest skin between the legs.
    if (Math.abs(x) < 0.012 && y > 0.5) consider('crotch', -y, v);
    if (Math.abs(x - shoulderX) < 0.015) consider('acromion', y, v);
  }
  return places;
}

/**
 * Returns the body with its left arm hanging, as ANSUR's subjects stood (3 × vertices, metres), and the height of the
 * elbow, metres. The arm is 38° below the rest pose, of which the clavicle rotates 3°.
 */
function hangArms(mannequin: Mannequin, shape: MannequinShape): { positions: Float32Array; elbowY: number } {
  const rotations = new Float32Array(4 * BONE_COUNT);
  for (let b = 0; b < BONE_COUNT; b++) rotations[4 * b + 3] = 1;
  const rotateAboutZ = (bone: BoneName, degrees: number): void => {
    const half = (degrees * Math.PI) / 360;
    rotations[4 * boneIndex[bone] + 2] = Math.sin(half);
    rotations[4 * boneIndex[bone] + 3] = Math.cos(half);
  };
  rotateAboutZ('leftUpperArm', -35);
  rotateAboutZ('leftShoulder', -3);
  const pose = poseMannequin(
    shape.joints,
    rotations,
    { translation: [0, 0, 0], rotation: [0, 0, 0, 1] },
    createMannequinPose(),
  );
  const positions = skinVertices(
    { ...mannequin, positions: shape.positions },
    shape.joints,
    pose,
    new Float32Array(shape.positions.length),
  );
  return { positions, elbowY: pose.positions[3 * boneIndex.leftLowerArm + 1]! };
}

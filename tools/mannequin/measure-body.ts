import { BONE_COUNT, type BoneName, boneIndex, type Mannequin } from '../../src/mannequin/mannequin.ts';
import { createMannequinPose, poseMannequin } from '../../src/mannequin/pose-mannequin.ts';
import type { MannequinShape } from '../../src/mannequin/shape-mannequin.ts';
import { skinVertices } from '../../src/mannequin/skin-vertices.ts';
import type { AnsurMeasure } from './tabulate.ts';
import { cut, extent, type Outline, tapeAround } from './tape.ts';

const X = [1, 0, 0];
const Y = [0, 1, 0];
const Z = [0, 0, 1];

/** Share of the ANSUR girth, taken with the muscle flexed, that the relaxed limb has. Assumed: about 6 % and 3 % less. */
const RELAXED_BICEPS = 0.94;
const RELAXED_FOREARM = 0.97;

/** Heights over the acromion of the nape's bone (cervicale) and of the pit over the breastbone (suprasternale), between which the neck's base lies: means of ANSUR's. */
const CERVICALE = 0.069;
const SUPRASTERNALE = -0.004;

/** Heights of the base body: of its hip joint, and of the upper chest joint over that, metres. */
const BASE_HIP = 0.87;
const BASE_TRUNK = 1.27 - BASE_HIP;
/** Where the trunk's measures are taken: heights of the base body between hip joint (0) and upper chest joint (1), from ANSUR's mean heights; the chest's 1.5 cm lower, where arms that stand off leave the trunk. */
const level = {
  chest: (1.2164 - BASE_HIP) / BASE_TRUNK,
  waist: (1.0183 - BASE_HIP) / BASE_TRUNK,
  buttock: (0.8608 - BASE_HIP) / BASE_TRUNK,
};

/**
 * Takes ANSUR's measures off a shaped body as a tape and an anthropometer would, metres. Girths are convex hulls of plane cuts
 * of one limb or the trunk; breadths over the shoulders with the arms hanging (posed).
 */
export function measureBody(mannequin: Mannequin, shape: MannequinShape): Partial<Record<AnsurMeasure, number>> {
  const { positions, joints } = shape;
  const mesh = { positions, indices: mannequin.indices };
  const J = (bone: BoneName, k: number): number => joints[3 * boneIndex[bone] + k]!;
  const places = findPlaces(mannequin);
  const acromion = positions[3 * places.acromion + 1]!;
  const trunkLength = J('upperChest', 1) - J('leftUpperLeg', 1);
  /** Height of a level; below the hip joint it hangs from it unscaled. */
  const heightAt = (t: number): number => J('leftUpperLeg', 1) + t * (t < 0 ? BASE_TRUNK : trunkLength);
  /** The trunk's outline at a height: the one around the middle; both legs and what is between, lower down. */
  const trunkAt = (y: number): Outline => {
    // Where an arm grows out of the trunk at this height it is cut off under the shoulder joint.
    const reach = J('leftUpperArm', 0) + 0.012;
    return cut(mesh, Y, y, X, Z)
      .filter((o) => o.some((p) => Math.abs(p[0]) < 0.12))
      .flat()
      .filter((p) => Math.abs(p[0]) < reach);
  };
  const limb = (from: BoneName, to: BoneName, t: number, horizontal = false): Outline => {
    const a = [0, 1, 2].map((k) => J(from, k)) as [number, number, number];
    const b = [0, 1, 2].map((k) => J(to, k)) as [number, number, number];
    const at = a.map((c, k) => c + (b[k]! - c) * t);
    const d = horizontal ? [0, -1, 0] : b.map((c, k) => c - a[k]!);
    const l = Math.hypot(...d);
    const n = d.map((c) => c / l);
    const u = horizontal ? X : [n[1]!, -n[0]!, 0].map((c) => c / Math.hypot(n[0]!, n[1]!));
    const v = [n[1]! * u[2]! - n[2]! * u[1]!, n[2]! * u[0]! - n[0]! * u[2]!, n[0]! * u[1]! - n[1]! * u[0]!];
    const centre = [u[0]! * at[0]! + u[1]! * at[1]! + u[2]! * at[2]!, v[0]! * at[0]! + v[1]! * at[1]! + v[2]! * at[2]!];
    const offset = n[0]! * at[0]! + n[1]! * at[1]! + n[2]! * at[2]!;
    // The outline nearest to the bone.
    const outlines = cut(mesh, n, offset, u, v);
    const far = (o: Outline): number =>
      Math.hypot(
        o.reduce((s, p) => s + p[0], 0) / o.length - centre[0]!,
        o.reduce((s, p) => s + p[1], 0) / o.length - centre[1]!,
      );
    return outlines.sort((p, q) => far(p) - far(q))[0] ?? [];
  };
  /** The neck where it grows out of the shoulders: cut from the nape down to the breastbone. */
  const neckBase = (): Outline => {
    const profile = cut(mesh, X, 1e-4, Y, Z).flat();
    const at = (height: number): number[] => profile.filter(([y]) => Math.abs(y - height) < 0.012).map(([, z]) => z);
    const nape = [acromion + CERVICALE, Math.min(...at(acromion + CERVICALE))] as const;
    const pit = [acromion + SUPRASTERNALE, Math.max(...at(acromion + SUPRASTERNALE))] as const;
    const length = Math.hypot(pit[0] - nape[0], pit[1] - nape[1]);
    const v = [0, (pit[0] - nape[0]) / length, (pit[1] - nape[1]) / length];
    const n = [0, v[2]!, -v[1]!];
    return cut(mesh, n, n[1]! * nape[0] + n[2]! * nape[1], X, v).flat();
  };
  const largest = (values: number[]): number => Math.max(...values);
  const range = (a: number, b: number, n: number): number[] =>
    Array.from({ length: n }, (_, i) => a + ((b - a) * i) / (n - 1));

  const top = positions[3 * places.top + 1]!;
  const crotch = positions[3 * places.crotch + 1]!;
  const chest = trunkAt(heightAt(level.chest));
  const waist = trunkAt(heightAt(level.waist));
  const buttock = trunkAt(heightAt(level.buttock));
  const hips = range(heightAt(level.buttock) - 0.04, heightAt(level.buttock) + 0.06, 4).map(
    (y) => extent(trunkAt(y)).width,
  );
  const headJoint = J('head', 1);
  const headScale = (top - headJoint) / 0.147;
  const brow = cut(
    mesh,
    [0, 0.985, -0.173],
    0.985 * (headJoint + 0.06 * headScale) - 0.173 * 0.02,
    X,
    [0, 0.173, 0.985],
  ).flat();
  const hanging = hangArms(mannequin, shape);
  let deltoid = 0;
  for (let i = 0; i < hanging.positions.length; i += 3) {
    if (hanging.positions[i + 1]! > hanging.elbowY + 0.1) deltoid = Math.max(deltoid, hanging.positions[i]!);
  }
  return {
    stature: top,
    acromialheight: acromion,
    crotchheight: crotch,
    kneeheightmidpatella: J('leftLowerLeg', 1),
    trochanterionheight: J('leftUpperLeg', 1) - 0.015,
    acromionradialelength: boneLength(joints, 'leftUpperArm', 'leftLowerArm') + acromion - J('leftUpperArm', 1),
    radialestylionlength: boneLength(joints, 'leftLowerArm', 'leftHand'),
    sleeveoutseam: boneLength(joints, 'leftUpperArm', 'leftHand') + acromion - J('leftUpperArm', 1),
    bideltoidbreadth: 2 * deltoid,
    headcircumference: tapeAround(brow),
    headbreadth: extent(cut(mesh, Y, headJoint + 0.06 * headScale, X, Z).flat()).width,
    headlength: extent(brow).depth,
    neckcircumference: tapeAround(limb('neck', 'head', 0.45)),
    neckcircumferencebase: tapeAround(neckBase()),
    chestcircumference: tapeAround(chest),
    chestdepth: extent(chest).depth,
    waistcircumference: tapeAround(waist),
    waistbreadth: extent(waist).width,
    waistdepth: extent(waist).depth,
    buttockcircumference: tapeAround(buttock),
    buttockdepth: extent(buttock).depth,
    hipbreadth: largest(hips),
    bicepscircumferenceflexed:
      largest(range(0.35, 0.55, 3).map((t) => tapeAround(limb('leftUpperArm', 'leftLowerArm', t)))) / RELAXED_BICEPS,
    forearmcircumferenceflexed:
      largest(range(0.14, 0.34, 3).map((t) => tapeAround(limb('leftLowerArm', 'leftHand', t)))) / RELAXED_FOREARM,
    wristcircumference: tapeAround(limb('leftLowerArm', 'leftHand', 0.97)),
    // At the fold under the buttock, a fifth down the thigh; where the thighs touch, up to the middle.
    thighcircumference: tapeAround(
      cut(mesh, Y, J('leftUpperLeg', 1) * 0.79 + J('leftLowerLeg', 1) * 0.21, X, Z)
        .flat()
        .filter((p) => p[0] > 0 && p[0] < 0.3),
    ),
    lowerthighcircumference: tapeAround(limb('leftUpperLeg', 'leftLowerLeg', 0.9)),
    calfcircumference: largest(range(0.15, 0.4, 5).map((t) => tapeAround(limb('leftLowerLeg', 'leftFoot', t)))),
    anklecircumference: Math.min(...range(0.8, 0.96, 4).map((t) => tapeAround(limb('leftLowerLeg', 'leftFoot', t)))),
  };
}

function boneLength(joints: ArrayLike<number>, a: BoneName, b: BoneName): number {
  return Math.hypot(...[0, 1, 2].map((k) => joints[3 * boneIndex[a] + k]! - joints[3 * boneIndex[b] + k]!));
}

/** Vertices that stand for anatomical points, found on the base body, so that a measure changes smoothly with the shape. */
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
    // The lowest skin between the legs.
    if (Math.abs(x) < 0.012 && y > 0.5) consider('crotch', -y, v);
    if (Math.abs(x - shoulderX) < 0.015) consider('acromion', y, v);
  }
  return places;
}

/** The body with the arms hanging, as ANSUR's subjects stood: 38° further down than the rest pose, the shoulder with them by 7°. */
function hangArms(mannequin: Mannequin, shape: MannequinShape): { positions: Float32Array; elbowY: number } {
  const local = new Float32Array(4 * BONE_COUNT);
  for (let b = 0; b < BONE_COUNT; b++) local[4 * b + 3] = 1;
  const turn = (bone: BoneName, degrees: number): void => {
    const half = (degrees * Math.PI) / 360;
    local[4 * boneIndex[bone] + 2] = Math.sin(half);
    local[4 * boneIndex[bone] + 3] = Math.cos(half);
  };
  turn('leftUpperArm', -35);
  turn('leftShoulder', -3);
  const pose = poseMannequin(
    shape.joints,
    local,
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

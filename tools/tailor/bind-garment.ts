/**
 * Computes the skin weights of a garment from those of the mannequin, for its particles: the points of the sewn cloth.
 *
 * 1. Give each particle of the base size the weights of the nearest point of the body, from the trunk for front and
 *    back, from the arm for a sleeve.
 * 2. Correct them for cloth, which hangs over thighs, neck and clavicles rather than sticking to them.
 * 3. Smooth them over the cloth and along the armholes (`smoothBinding`).
 * 4. Make left and right alike, and keep the four largest weights.
 */
import { MathUtils } from 'three';
import { BONE_COUNT, boneIndex, boneNames, type Mannequin } from '../../src/mannequin/mannequin.ts';
import { armRegions, isBoneIn, legRegions } from '../../src/mannequin/regions.ts';
import type { SewnGarment } from './sew-pattern.ts';
import { smoothBinding } from './smooth-binding.ts';
import type { Surface } from './surface.ts';

/** Skin of the garment's particles. */
export interface Binding {
  /** 4 × particles: numbers of bones, as in `boneNames`. */
  joints: Uint8Array;
  /** 4 × particles: weights of these bones, the largest first; those of a particle sum to 1. */
  weights: Float32Array;
}

// For each bone: whether it belongs to this part of the body.
const isArm = isBoneIn(armRegions);
const isForearm = isBoneIn(['forearm', 'hand']);
const isClavicle = isBoneIn(['clavicle']);
const isLeg = isBoneIn(legRegions);
const isHead = isBoneIn(['neck', 'head']);

/** Below the armpit, the cloth of front and back follows the arm up to this distance from the armhole, metres. */
const ARM_REACH = 0.075;
/**
 * Depths below the shoulder joint between which that limit fades in, metres. Above, cloth rests on the shoulder and
 * follows the body at every distance from the armhole.
 */
const ARMPIT_DEPTH = { from: 0, to: 0.09 };
/** Shares of the weights of legs, and of neck and head, that cloth keeps; hips and chest get the rest. */
const LEG_SHARE = 0.22;
const HEAD_SHARE = 0.3;
/** Share of the clavicles' weights at the neckline, and distance from it, metres, at which cloth has them in full. */
const CLAVICLE_SHARE = 0.8;
const COLLAR_REACH = 0.07;
/**
 * Well below the shoulder, sleeves copy weights only from triangles of the body with at least the first weight of the
 * arm, and front and back, beyond `ARM_REACH`, only from triangles with at most the second. Both limits fade towards
 * the shoulder.
 */
const MIN_SLEEVE_ARM_WEIGHT = 0.4;
const MAX_TRUNK_ARM_WEIGHT = 0.05;
/** Distance of the elbow from the top of a sleeve, metres. */
const ELBOW_METRES = 0.35;
/** Smaller weights are dropped. */
const MIN_WEIGHT = 0.004;

/**
 * Returns four bones and weights for each particle. `sewn`: pattern pieces and seams; `sheet`: the draped base size, 3
 * × particles, metres, in the rest pose of `mannequin` (+x to the wearer's left, +y up); `body`: the mannequin's skin
 * with its vertices in the mannequin's order.
 */
export function bindGarment(sewn: SewnGarment, sheet: Float64Array, body: Surface, mannequin: Mannequin): Binding {
  /** BONE_COUNT weights for each particle. */
  const allWeights = new Float64Array(BONE_COUNT * sewn.particleCount);
  const armWeights = triangleArmWeights(mannequin, body);
  const pieces = piecesOfParticles(sewn);
  const { armholeDistances, neckDistances } = measureDistances(sewn);
  for (let i = 0; i < sewn.particleCount; i++) {
    const isSleeve = isOnArm(sewn, pieces[i]);
    const isLeft = sheet[3 * i] > 0;
    const shoulderY = mannequin.joints[3 * boneIndex[isLeft ? 'leftUpperArm' : 'rightUpperArm'] + 1];
    const depth = shoulderY - sheet[3 * i + 1] - ARMPIT_DEPTH.from;
    const belowShoulder = MathUtils.smoothstep(depth / (ARMPIT_DEPTH.to - ARMPIT_DEPTH.from), 0, 1);
    /** Share of the arm's weights that the trunk's cloth keeps. */
    const armShare = 1 - belowShoulder * MathUtils.smoothstep(armholeDistances[i] / ARM_REACH, 0, 1);
    const accept = isSleeve
      ? (t: number) =>
          armWeights[t] >= MIN_SLEEVE_ARM_WEIGHT * belowShoulder &&
          body.positions[3 * body.indices[3 * t]] > 0 === isLeft
      : (t: number) => armWeights[t] <= MAX_TRUNK_ARM_WEIGHT + armShare;
    const nearest = body.nearest(sheet[3 * i], sheet[3 * i + 1], sheet[3 * i + 2], { accept });
    if (!nearest) continue;
    const weights = allWeights.subarray(BONE_COUNT * i, BONE_COUNT * (i + 1));
    for (let k = 0; k < 3; k++) {
      const v = body.indices[3 * nearest.triangle + k];
      for (let j = 0; j < 4; j++)
        weights[mannequin.skinIndices[4 * v + j]] += nearest.weights[k] * mannequin.skinWeights[4 * v + j];
    }
    const isLong = isSleeve && isBelowElbow(sewn, pieces[i]);
    correctForCloth(weights, { isSleeve, isLong, isLeft, armShare, neckDistance: neckDistances[i] });
  }
  return largestFour(mirrorWeights(sewn, smoothBinding(sewn, allWeights, sheet, body)), sewn.particleCount);
}

/**
 * Step 2, for one particle. `weights`: one for each bone; changed. `armShare`: share of the arm's weights that front
 * and back keep, 0 to 1; `isLong`: whether the sleeve reaches below the elbow; `neckDistance`: metres of pattern from
 * the neckline.
 */
function correctForCloth(
  weights: Float64Array,
  {
    isSleeve,
    isLong,
    isLeft,
    armShare,
    neckDistance,
  }: { isSleeve: boolean; isLong: boolean; isLeft: boolean; armShare: number; neckDistance: number },
): void {
  for (let bone = 0; bone < BONE_COUNT; bone++) {
    const keep = (share: number, restTo: number): void => {
      weights[restTo] += weights[bone] * (1 - share);
      weights[bone] *= share;
    };
    if (isLeg[bone]) keep(LEG_SHARE, boneIndex.hips);
    else if (isHead[bone]) keep(HEAD_SHARE, boneIndex.upperChest);
    else if (isClavicle[bone])
      keep(
        isSleeve ? 1 : CLAVICLE_SHARE + (1 - CLAVICLE_SHARE) * MathUtils.smoothstep(neckDistance / COLLAR_REACH, 0, 1),
        boneIndex.upperChest,
      );
    else if (isForearm[bone] && !isLong) keep(0, boneIndex[isLeft ? 'leftUpperArmTwist' : 'rightUpperArmTwist']);
    else if (isArm[bone] && !isSleeve) keep(armShare, boneIndex.upperChest);
  }
}

/** Returns for each triangle of the body the sum of the arm bones' weights, 0 to 1: the mean of its corners. */
function triangleArmWeights(mannequin: Mannequin, body: Surface): Float64Array {
  return Float64Array.from({ length: body.indices.length / 3 }, (_, t) => {
    let sum = 0;
    for (let k = 0; k < 3; k++) {
      const v = body.indices[3 * t + k];
      for (let j = 0; j < 4; j++)
        if (isArm[mannequin.skinIndices[4 * v + j]]) sum += mannequin.skinWeights[4 * v + j] / 3;
    }
    return sum;
  });
}

/** Returns whether a piece, an index into `pieceNames`, is worn round an arm. */
function isOnArm({ pattern }: SewnGarment, piece: number): boolean {
  return /Arm$/.test(pattern.pieces[piece]?.wornOn ?? '');
}

/** Returns whether a sleeve reaches below the elbow: a short one keeps its form when the arm bends. */
function isBelowElbow({ flat, pattern, pieceStarts }: SewnGarment, piece: number): boolean {
  const points = flat[pattern.baseSize].subarray(2 * pieceStarts[piece], 2 * pieceStarts[piece + 1]);
  return points.some((value, k) => k % 2 === 1 && value < -ELBOW_METRES);
}

/** Returns for each particle the index of its piece in `pieceNames`; on seams, the smallest. */
function piecesOfParticles(sewn: SewnGarment): Int32Array {
  const pieces = new Int32Array(sewn.particleCount).fill(-1);
  for (let i = 0; i < sewn.pieceOf.length; i++)
    if (pieces[sewn.particleOf[i]] < 0) pieces[sewn.particleOf[i]] = sewn.pieceOf[i];
  return pieces;
}

/**
 * Returns for each particle its distance to the nearest ring (an armhole) and to the neckline, metres of pattern. A
 * band at the neck counts as 1 m from the armholes and 0 from the neckline, another band the other way round.
 */
function measureDistances(sewn: SewnGarment): { armholeDistances: Float64Array; neckDistances: Float64Array } {
  const { rings, bands } = sewn.pattern;
  const armholeDistances = edgeDistances(sewn, rings.flat());
  const neckDistances = edgeDistances(
    sewn,
    bands.flatMap(({ isAtNeck, along }) => (isAtNeck ? along : [])),
  );
  for (let i = sewn.pieceStarts[sewn.firstBand]; i < sewn.pieceOf.length; i++) {
    const { isAtNeck } = bands[sewn.pieceOf[i] - sewn.firstBand];
    armholeDistances[sewn.particleOf[i]] = isAtNeck ? 1 : 0;
    neckDistances[sewn.particleOf[i]] = isAtNeck ? 0 : 1;
  }
  return { armholeDistances, neckDistances };
}

/**
 * Returns the particles' distances from the nearest of the named edges of their piece, metres; 0 in pieces round arms.
 */
function edgeDistances(sewn: SewnGarment, edges: readonly string[]): Float64Array {
  const distances = new Float64Array(sewn.particleCount);
  const flat = sewn.flat[sewn.pattern.baseSize];
  sewn.pattern.pieces.forEach(({ name }, piece) => {
    if (isOnArm(sewn, piece)) return;
    const edgeVertices = edges
      .map((edge) => edge.replace(/^-/, ''))
      .flatMap((edge) => (edge.startsWith(`${name}.`) ? sewn.edges[edge] : []));
    for (let i = sewn.pieceStarts[piece]; i < sewn.pieceStarts[piece + 1]; i++) {
      let nearest = Infinity;
      for (const j of edgeVertices)
        nearest = Math.min(nearest, Math.hypot(flat[2 * i] - flat[2 * j], flat[2 * i + 1] - flat[2 * j + 1]));
      distances[sewn.particleOf[i]] = nearest;
    }
  });
  return distances;
}

/** For each bone: the same bone on the other side of the body. */
const oppositeBones = boneNames.map((name) => {
  const opposite = name.startsWith('left') ? name.replace('left', 'right') : name.replace('right', 'left');
  return boneIndex[opposite as keyof typeof boneIndex];
});

/** Returns the mean of each particle's weights and those of its mirror image with left and right bones exchanged. */
function mirrorWeights(sewn: SewnGarment, weights: Float64Array): Float64Array {
  const mirrored = weights.slice();
  sewn.twins.forEach((twin, i) => {
    if (twin < 0) return;
    const p = BONE_COUNT * sewn.particleOf[i];
    const q = BONE_COUNT * sewn.particleOf[twin];
    for (let bone = 0; bone < BONE_COUNT; bone++)
      mirrored[p + bone] = (weights[p + bone] + weights[q + oppositeBones[bone]]) / 2;
  });
  return mirrored;
}

/** Keeps the four largest of each particle's weights (BONE_COUNT each) and scales them to the sum 1. */
function largestFour(allWeights: Float64Array, count: number): Binding {
  const joints = new Uint8Array(4 * count);
  const weights = new Float32Array(4 * count);
  for (let i = 0; i < count; i++) {
    const candidates = allWeights.subarray(BONE_COUNT * i, BONE_COUNT * (i + 1));
    const bones = [...candidates.keys()]
      .sort((a, b) => candidates[b] - candidates[a] || a - b)
      .slice(0, 4)
      .filter((bone) => candidates[bone] > MIN_WEIGHT);
    const total = bones.reduce((sum, bone) => sum + candidates[bone], 0);
    bones.forEach((bone, k) => {
      joints[4 * i + k] = bone;
      weights[4 * i + k] = candidates[bone] / total;
    });
  }
  return { joints, weights };
}

/**
 * Computes the skin weights of the mannequin from the parts of its body.
 *
 * 1. Divide each vertex among the chains of bones (trunk, arm, leg, head) by its distance from their parts.
 * 2. Divide each chain's share among its bones, by the position along the chain.
 * 3. Smooth the weights over the mesh, and keep the four largest.
 */
import { MathUtils } from 'three';
import { BONE_COUNT, type BoneName, boneIndex } from '../../src/mannequin/mannequin.ts';
import { sideDistance } from './body-field.ts';
import type { BodyParts } from './body-parts.ts';
import type { TriangleMesh } from './marching-tetrahedra.ts';
import { neighboursOf } from './neighbours-of.ts';

/** Width of the zone in which two chains share the skin, metres. */
const SHARED_METRES = 0.022;
/** Times that the weights are smoothed over the mesh. */
const SMOOTHING_ROUNDS = 4;
/** Smaller weights are dropped. */
const MIN_WEIGHT = 0.002;
/** Largest shares of the twist bones in the skin of their limb, and of the clavicle in the skin at the shoulder. */
const UPPER_TWIST = 0.85;
const LOWER_TWIST = 0.9;
const CLAVICLE = 0.85;

/** Chains of bones. */
const CHAINS = ['trunk', 'arm', 'leg', 'head'] as const;
type Chain = (typeof CHAINS)[number];
/** Names of the parts that the trunk's bones move. */
const TRUNK_PARTS = ['trunk', 'bust', 'buttock', 'yoke', 'neck'];

/** Returns the chain of bones that moves a part, by the part's name. */
function chainOf(part: string): Chain {
  if (part === 'arm' || part === 'thumb') return 'arm';
  if (part === 'leg' || part === 'foot') return 'leg';
  return TRUNK_PARTS.includes(part) ? 'trunk' : 'head';
}

/** A vertex and its weights so far. */
interface SkinVertex {
  /** Distance from the plane x = 0, height, and z (to the front), metres. */
  absX: number;
  y: number;
  z: number;
  /** Adds to the weight of a bone. */
  add(bone: BoneName, weight: number): void;
  /** Adds to the weight of the bone on the vertex's side (`UpperArm`: `leftUpperArm` or `rightUpperArm`). */
  addSide(bone: string, weight: number): void;
}

/**
 * Returns 4 × vertices bones (numbers as in `boneNames`) and their weights, which sum to 1 for each vertex, the largest
 * first. `mesh`: the skin of `body` in the rest pose, metres: +x to the body's left, +y up, +z to the front.
 */
export function skin(mesh: TriangleMesh, body: BodyParts): { indices: Uint16Array; weights: Float32Array } {
  const count = mesh.positions.length / 3;
  /** BONE_COUNT × vertices. */
  const weights = new Float64Array(count * BONE_COUNT);
  for (let v = 0; v < count; v++) {
    const [x, y, z] = mesh.positions.subarray(3 * v, 3 * v + 3) as unknown as [number, number, number];
    const side = x >= 0 ? 'left' : 'right';
    const shares = chainShares(body, x, y, z);
    const sum = shares.trunk + shares.arm + shares.leg + shares.head;
    const add = (bone: BoneName, weight: number): void => {
      weights[v * BONE_COUNT + boneIndex[bone]]! += weight / sum;
    };
    const vertex: SkinVertex = {
      absX: Math.abs(x),
      y,
      z,
      add,
      addSide: (bone, weight) => add(`${side}${bone}` as BoneName, weight),
    };
    addTrunk(vertex, body, shares.trunk);
    add('head', shares.head);
    if (shares.arm > 0) addArm(vertex, body, shares.arm);
    if (shares.leg > 0) addLeg(vertex, body, shares.leg);
  }
  smooth(weights, mesh);
  return largestFour(weights, count);
}

/** Step 1. Returns the chains' weights at a point: 1 for the nearest chain, less for the others. */
function chainShares(body: BodyParts, x: number, y: number, z: number): Record<Chain, number> {
  const distances = { trunk: 1, arm: 1, leg: 1, head: 1 };
  for (const part of body.parts) {
    if (part.blend < 0) continue;
    const chain = chainOf(part.name);
    distances[chain] = Math.min(distances[chain], sideDistance(part, x, y, z));
  }
  const nearest = Math.min(...Object.values(distances));
  const share = (chain: Chain): number => Math.exp(-(((distances[chain] - nearest) / SHARED_METRES) ** 2));
  return { trunk: share('trunk'), arm: share('arm'), leg: share('leg'), head: share('head') };
}

/** Step 2 for the trunk: bones by height, from the hips to the head; at the sides of its top also the clavicles. */
function addTrunk({ absX, y, z, add, addSide }: SkinVertex, body: BodyParts, share: number): void {
  const jointY = (bone: BoneName): number => body.joints[3 * boneIndex[bone] + 1]!;
  const bones = ['hips', 'spine', 'chest', 'upperChest', 'neck', 'head'] as const;
  /** For each bone: 1 above its joint, 0 below. */
  const above = [
    1,
    MathUtils.smoothstep(y, jointY('spine') - 0.05, jointY('spine') + 0.05),
    MathUtils.smoothstep(y, jointY('chest') - 0.05, jointY('chest') + 0.05),
    MathUtils.smoothstep(y, jointY('upperChest') - 0.05, jointY('upperChest') + 0.05),
    MathUtils.smoothstep(y, jointY('neck') - 0.025, jointY('neck') + 0.04),
    // The border rises from the throat to the nape.
    MathUtils.smoothstep(y + z * 0.35, jointY('head') - 0.035, jointY('head') + 0.015),
  ];
  const clavicle =
    MathUtils.smoothstep(absX, 0.045, 0.125) * MathUtils.smoothstep(y, jointY('upperChest'), jointY('leftUpperArm'));
  bones.forEach((bone, i) => {
    let weight = share * (above[i]! * (1 - (above[i + 1] ?? 0)));
    if (bone === 'upperChest') {
      addSide('Shoulder', weight * clavicle * CLAVICLE);
      weight *= 1 - clavicle * CLAVICLE;
    }
    if (weight > 0) add(bone, weight);
  });
}

/** Returns the distance of a vertex along a limb's axis from the joint at its origin, metres. */
function placeAlong(
  { absX, y, z }: SkinVertex,
  { origin, axis }: { origin: readonly [number, number, number]; axis: readonly [number, number, number] },
): number {
  return (absX - origin[0]) * axis[0] + (y - origin[1]) * axis[1] + (z - origin[2]) * axis[2];
}

/** Step 2 for an arm: bones by the distance from the shoulder, from the clavicle to the hand. `share`: the arm's. */
function addArm(vertex: SkinVertex, { arm }: BodyParts, share: number): void {
  const { addSide } = vertex;
  const along = placeAlong(vertex, arm);
  const toArm = MathUtils.smoothstep(along, -0.055, 0.06);
  const toLower = MathUtils.smoothstep(along, arm.elbow - 0.04, arm.elbow + 0.04);
  const toHand = MathUtils.smoothstep(along, arm.wrist - 0.025, arm.wrist + 0.025);
  const upperTwist = MathUtils.smoothstep(along, 0.04, arm.elbow * 0.85) * UPPER_TWIST;
  const lowerTwist = MathUtils.smoothstep(along, arm.elbow + 0.04, arm.wrist - 0.03) * LOWER_TWIST;
  addSide('Shoulder', share * (1 - toArm));
  const upper = share * toArm * (1 - toLower);
  addSide('UpperArm', upper * (1 - upperTwist));
  addSide('UpperArmTwist', upper * upperTwist);
  const lower = share * toLower * (1 - toHand);
  addSide('LowerArm', lower * (1 - lowerTwist));
  addSide('LowerArmTwist', lower * lowerTwist);
  addSide('Hand', share * toLower * toHand);
}

/** Step 2 for a leg: bones by the distance from the hip joint, toes by z. `share`: the leg's. */
function addLeg(vertex: SkinVertex, { leg, joints }: BodyParts, share: number): void {
  const { add, addSide, z } = vertex;
  const along = placeAlong(vertex, leg);
  const toLeg = MathUtils.smoothstep(along, -0.07, 0.075);
  const toLower = MathUtils.smoothstep(along, leg.knee - 0.05, leg.knee + 0.05);
  const toFoot = MathUtils.smoothstep(along, leg.ankle - 0.035, leg.ankle + 0.02);
  const twist = MathUtils.smoothstep(along, 0.05, leg.knee * 0.8) * UPPER_TWIST;
  add('hips', share * (1 - toLeg));
  const upper = share * toLeg * (1 - toLower);
  addSide('UpperLeg', upper * (1 - twist));
  addSide('UpperLegTwist', upper * twist);
  addSide('LowerLeg', share * toLower * (1 - toFoot));
  const toesZ = joints[3 * boneIndex.leftToes + 2]!;
  const toes = toFoot * MathUtils.smoothstep(z, toesZ - 0.025, toesZ + 0.02);
  addSide('Foot', share * (toFoot - toes));
  addSide('Toes', share * toes);
}

/** Step 3. Moves each vertex's weights half of the way to its neighbours' mean, several times. */
function smooth(weights: Float64Array, mesh: TriangleMesh): void {
  const neighbours = neighboursOf(mesh);
  const next = new Float64Array(weights.length);
  for (let round = 0; round < SMOOTHING_ROUNDS; round++) {
    neighbours.forEach((list, v) => {
      for (let b = 0; b < BONE_COUNT; b++) {
        let sum = 0;
        for (const w of list) sum += weights[w * BONE_COUNT + b]!;
        next[v * BONE_COUNT + b] = 0.5 * weights[v * BONE_COUNT + b]! + (0.5 * sum) / list.length;
      }
    });
    weights.set(next);
  }
}

/** Step 3. Returns the four largest of the BONE_COUNT weights of each of `count` vertices, made to sum to 1. */
function largestFour(all: Float64Array, count: number): { indices: Uint16Array; weights: Float32Array } {
  const indices = new Uint16Array(count * 4);
  const weights = new Float32Array(count * 4);
  for (let v = 0; v < count; v++) {
    const bones = Array.from({ length: BONE_COUNT }, (_, b) => b)
      .sort((a, b) => all[v * BONE_COUNT + b]! - all[v * BONE_COUNT + a]! || a - b)
      .slice(0, 4);
    let sum = 0;
    for (const b of bones) sum += all[v * BONE_COUNT + b]!;
    bones.forEach((b, i) => {
      const weight = all[v * BONE_COUNT + b]! / sum;
      indices[4 * v + i] = weight > MIN_WEIGHT ? b : 0;
      weights[4 * v + i] = weight > MIN_WEIGHT ? weight : 0;
    });
    const total = weights[4 * v]! + weights[4 * v + 1]! + weights[4 * v + 2]! + weights[4 * v + 3]!;
    for (let i = 0; i < 4; i++) weights[4 * v + i]! /= total;
  }
  return { indices, weights };
}

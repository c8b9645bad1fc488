import { MathUtils } from 'three';
import { BONE_COUNT, type BoneName, boneIndex } from '../../src/mannequin/mannequin.ts';
import type { BodyParts } from './body-parts.ts';
import type { TriangleMesh } from './marching-tetrahedra.ts';
import { neighboursOf } from './neighbours-of.ts';
import { partDistance } from './part.ts';

/** How far two parts' holds on the skin mingle, metres. */
const MINGLE = 0.022;

/** Which chain of bones a part belongs to. */
function chainOf(name: string): 'trunk' | 'arm' | 'leg' | 'head' {
  return name === 'arm' || name === 'thumb'
    ? 'arm'
    : name === 'leg' || name === 'foot'
      ? 'leg'
      : ['trunk', 'bust', 'buttock', 'yoke', 'neck'].includes(name)
        ? 'trunk'
        : 'head';
}

/** Smooth skin weights, the four strongest bones a vertex. */
export function skin(mesh: TriangleMesh, body: BodyParts): { indices: Uint16Array; weights: Float32Array } {
  const count = mesh.positions.length / 3;
  const all = new Float64Array(count * BONE_COUNT);
  const J = (bone: BoneName, k: number): number => body.joints[3 * boneIndex[bone] + k]!;
  const parts = body.parts.filter((p) => p.blend > 0);
  for (let v = 0; v < count; v++) {
    const x = mesh.positions[3 * v]!;
    const y = mesh.positions[3 * v + 1]!;
    const z = mesh.positions[3 * v + 2]!;
    const side = x >= 0 ? 'left' : 'right';
    const ax = Math.abs(x);
    const nearest = { trunk: 1, arm: 1, leg: 1, head: 1 };
    for (const part of parts) {
      const chain = chainOf(part.name);
      const d = partDistance(part, part.side === 'both' ? ax : x, y, z);
      nearest[chain] = Math.min(nearest[chain], d);
    }
    const least = Math.min(...Object.values(nearest));
    const hold = { trunk: 0, arm: 0, leg: 0, head: 0 };
    let sum = 0;
    for (const chain of ['trunk', 'arm', 'leg', 'head'] as const)
      sum += hold[chain] = Math.exp(-(((nearest[chain] - least) / MINGLE) ** 2));
    const add = (bone: BoneName, w: number): void => {
      all[v * BONE_COUNT + boneIndex[bone]]! += w / sum;
    };
    const addSide = (bone: string, w: number): void => add(`${side}${bone}` as BoneName, w);

    // Trunk, by height.
    const heights: [BoneName, number][] = [
      ['hips', 0],
      ['spine', J('spine', 1)],
      ['chest', J('chest', 1)],
      ['upperChest', J('upperChest', 1)],
      ['neck', J('neck', 1)],
      ['head', J('head', 1)],
    ];
    const up: number[] = heights.map(([, h], i) =>
      i === 0
        ? 1
        : i === 4
          ? MathUtils.smoothstep(y, h - 0.025, h + 0.04)
          : i === 5
            ? MathUtils.smoothstep(y + z * 0.35, h - 0.035, h + 0.015)
            : MathUtils.smoothstep(y, h - 0.05, h + 0.05),
    );
    const shares = heights.map((_, i) => up[i]! * (1 - (up[i + 1] ?? 0)));
    // The top of the trunk towards the side follows the clavicle.
    const clavicle =
      MathUtils.smoothstep(ax, 0.045, 0.125) * MathUtils.smoothstep(y, J('upperChest', 1), J('leftUpperArm', 1));
    heights.forEach(([bone], i) => {
      let w = hold.trunk * shares[i]!;
      if (bone === 'upperChest') {
        addSide('Shoulder', w * clavicle * 0.85);
        w *= 1 - clavicle * 0.85;
      }
      if (w > 0) add(bone, w);
    });
    add('head', hold.head);

    // Arm, along its axis.
    if (hold.arm > 0) {
      const a = body.arm;
      const t = (ax - a.origin[0]) * a.axis[0] + (y - a.origin[1]) * a.axis[1] + (z - a.origin[2]) * a.axis[2];
      const toArm = MathUtils.smoothstep(t, -0.055, 0.06);
      const toLower = MathUtils.smoothstep(t, a.elbow - 0.04, a.elbow + 0.04);
      const toHand = MathUtils.smoothstep(t, a.wrist - 0.025, a.wrist + 0.025);
      const upTwist = MathUtils.smoothstep(t, 0.04, a.elbow * 0.85) * 0.85;
      const lowTwist = MathUtils.smoothstep(t, a.elbow + 0.04, a.wrist - 0.03) * 0.9;
      addSide('Shoulder', hold.arm * (1 - toArm));
      const upper = hold.arm * toArm * (1 - toLower);
      addSide('UpperArm', upper * (1 - upTwist));
      addSide('UpperArmTwist', upper * upTwist);
      const lower = hold.arm * toLower * (1 - toHand);
      addSide('LowerArm', lower * (1 - lowTwist));
      addSide('LowerArmTwist', lower * lowTwist);
      addSide('Hand', hold.arm * toLower * toHand);
    }

    // Leg.
    if (hold.leg > 0) {
      const l = body.leg;
      const t = (ax - l.origin[0]) * l.axis[0] + (y - l.origin[1]) * l.axis[1] + (z - l.origin[2]) * l.axis[2];
      const toLeg = MathUtils.smoothstep(t, -0.07, 0.075);
      const toLower = MathUtils.smoothstep(t, l.knee - 0.05, l.knee + 0.05);
      const toFoot = MathUtils.smoothstep(t, l.ankle - 0.035, l.ankle + 0.02);
      const twist = MathUtils.smoothstep(t, 0.05, l.knee * 0.8) * 0.85;
      add('hips', hold.leg * (1 - toLeg));
      const upper = hold.leg * toLeg * (1 - toLower);
      addSide('UpperLeg', upper * (1 - twist));
      addSide('UpperLegTwist', upper * twist);
      addSide('LowerLeg', hold.leg * toLower * (1 - toFoot));
      const toe = toFoot * MathUtils.smoothstep(z, J('leftToes', 2) - 0.025, J('leftToes', 2) + 0.02);
      addSide('Foot', hold.leg * (toFoot - toe));
      addSide('Toes', hold.leg * toe);
    }
  }
  smooth(all, mesh, 4);
  return strongest(all, count);
}

/** Averages the weights over neighbours, `rounds` times. */
function smooth(all: Float64Array, mesh: TriangleMesh, rounds: number): void {
  const neighbours = neighboursOf(mesh);
  const next = new Float64Array(all.length);
  for (let n = 0; n < rounds; n++) {
    neighbours.forEach((list, v) => {
      for (let b = 0; b < BONE_COUNT; b++) {
        let s = 0;
        for (const w of list) s += all[w * BONE_COUNT + b]!;
        next[v * BONE_COUNT + b] = 0.5 * all[v * BONE_COUNT + b]! + (0.5 * s) / list.length;
      }
    });
    all.set(next);
  }
}

function strongest(all: Float64Array, count: number): { indices: Uint16Array; weights: Float32Array } {
  const indices = new Uint16Array(count * 4);
  const weights = new Float32Array(count * 4);
  for (let v = 0; v < count; v++) {
    const order = Array.from({ length: BONE_COUNT }, (_, b) => b)
      .sort((a, b) => all[v * BONE_COUNT + b]! - all[v * BONE_COUNT + a]! || a - b)
      .slice(0, 4);
    let sum = 0;
    for (const b of order) sum += all[v * BONE_COUNT + b]!;
    order.forEach((b, i) => {
      const w = all[v * BONE_COUNT + b]! / sum;
      indices[4 * v + i] = w > 0.002 ? b : 0;
      weights[4 * v + i] = w > 0.002 ? w : 0;
    });
    const total = weights[4 * v]! + weights[4 * v + 1]! + weights[4 * v + 2]! + weights[4 * v + 3]!;
    for (let i = 0; i < 4; i++) weights[4 * v + i]! /= total;
  }
  return { indices, weights };
}

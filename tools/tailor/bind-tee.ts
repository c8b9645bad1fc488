import { MathUtils } from 'three';
import { BONE_COUNT, boneIndex, boneNames, type Mannequin } from '../../src/mannequin/mannequin.ts';
import { armRegions, isBoneIn, legRegions } from '../../src/mannequin/regions.ts';
import { pieceNames, type SewnTee } from './sew-tee.ts';
import type { Surface } from './surface.ts';
import { baseTeeSize } from './tee-measures.ts';

/** Four bones and weights for each particle. */
export interface Binding {
  joints: Uint8Array;
  weights: Float32Array;
}

const isArm = isBoneIn(armRegions);
const isForearm = isBoneIn(['forearm', 'hand']);
const isClavicle = isBoneIn(['clavicle']);
const isLeg = isBoneIn(legRegions);
const isHead = isBoneIn(['neck', 'head']);

/** How far from the armhole the trunk's cloth still follows the arm, metres: below the armpit; over the shoulder cloth lies on the body and follows it. */
const armReach = 0.075;
/** Heights below the shoulder joint, metres, between which that rule sets in. */
const armpit = { from: 0, to: 0.09 };
/** Share of a thigh's pull on the hem, and of the neck's on the collar: cloth hangs over both rather than sticking to them. */
const legShare = 0.22,
  headShare = 0.3;
/** Share of a clavicle's pull on the collar, which stays where the neck is when a shoulder is raised; how far from the neckline all of it is back, metres. */
const clavicleShare = 0.8,
  collarReach = 0.07;
/** Passes of smoothing over the cloth: blends over about 5 triangles, 7 cm, so that no crease opens where bones change. */
const smoothing = 26;
/** Strength of a pass for cloth that lies on the body, and for cloth that hangs free; distances between which it passes over, metres. Where it lies it must move as the skin does, or the skin comes through. */
const pass = { lying: 0.04, free: 0.6, from: 0.007, to: 0.022 };

/** Takes the skin from the nearest body surface, corrects it for cloth, and smooths it over the shirt. */
export function bindTee(tee: SewnTee, sheet: Float64Array, body: Surface, mannequin: Mannequin): Binding {
  const dense = new Float64Array(BONE_COUNT * tee.particleCount);
  const armWeight = armWeights(mannequin, body);
  const owner = particleOwners(tee),
    fromArmhole = edgeDistances(tee, 'armholeLeft', 'armholeRight'),
    fromNeck = edgeDistances(tee, 'neck');
  for (let i = tee.pieceStarts[pieceNames.indexOf('rib')]; i < tee.pieceOf.length; i++)
    [fromArmhole[tee.particleOf[i]], fromNeck[tee.particleOf[i]]] = [1, 0];
  for (let i = 0; i < tee.particleCount; i++) {
    const name = pieceNames[owner[i]],
      sleeve = name.startsWith('sleeve'),
      left = sheet[3 * i] > 0;
    const joint = mannequin.joints[3 * boneIndex[left ? 'leftUpperArm' : 'rightUpperArm'] + 1];
    const below = MathUtils.smoothstep((joint - sheet[3 * i + 1] - armpit.from) / (armpit.to - armpit.from), 0, 1);
    const near = 1 - below * MathUtils.smoothstep(fromArmhole[i] / armReach, 0, 1);
    const accept = sleeve
      ? (t: number) => armWeight[t] >= 0.4 * below && body.positions[3 * body.indices[3 * t]] > 0 === left
      : (t: number) => armWeight[t] <= 0.05 + near;
    const hit = body.nearest(sheet[3 * i], sheet[3 * i + 1], sheet[3 * i + 2], { accept });
    if (!hit) continue;
    const at = dense.subarray(BONE_COUNT * i, BONE_COUNT * (i + 1));
    for (let k = 0; k < 3; k++) {
      const v = body.indices[3 * hit.triangle + k];
      for (let j = 0; j < 4; j++)
        at[mannequin.skinIndices[4 * v + j]] += hit.weights[k] * mannequin.skinWeights[4 * v + j];
    }
    for (let b = 0; b < BONE_COUNT; b++) {
      const move = (share: number, to: number): void => {
        at[to] += at[b] * (1 - share);
        at[b] *= share;
      };
      const side = left ? 'left' : 'right';
      if (isLeg[b]) move(legShare, boneIndex.hips);
      else if (isHead[b]) move(headShare, boneIndex.upperChest);
      else if (isClavicle[b])
        move(
          sleeve ? 1 : clavicleShare + (1 - clavicleShare) * MathUtils.smoothstep(fromNeck[i] / collarReach, 0, 1),
          boneIndex.upperChest,
        );
      else if (isForearm[b]) move(0, boneIndex[`${side}UpperArmTwist`]);
      else if (isArm[b] && !sleeve) move(near, boneIndex.upperChest);
    }
  }
  const strength = Float64Array.from({ length: tee.particleCount }, (_, i) => {
    const clear = body.signedDistance(sheet[3 * i], sheet[3 * i + 1], sheet[3 * i + 2]) ?? 1;
    return (
      pass.lying + (pass.free - pass.lying) * MathUtils.smoothstep((clear - pass.from) / (pass.to - pass.from), 0, 1)
    );
  });
  const skinned = straightenSeams(tee, smooth(tee, dense, strength), strength);
  return strongestFour(mirror(tee, skinned), tee.particleCount);
}

/** Per triangle of the body, how much the arms hold it. */
function armWeights(mannequin: Mannequin, body: Surface): Float64Array {
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

/** The piece of each particle; on seams, the one named first. */
function particleOwners(tee: SewnTee): Int32Array {
  const owner = new Int32Array(tee.particleCount).fill(-1);
  for (let i = 0; i < tee.pieceOf.length; i++)
    if (owner[tee.particleOf[i]] < 0) owner[tee.particleOf[i]] = tee.pieceOf[i];
  return owner;
}

/** Distance from the named sides of front and back, metres of pattern, for their particles; 0 for others. */
function edgeDistances(tee: SewnTee, ...edges: string[]): Float64Array {
  const out = new Float64Array(tee.particleCount),
    flat = tee.pattern[baseTeeSize];
  for (const name of ['front', 'back'] as const) {
    const piece = pieceNames.indexOf(name),
      seam = edges.flatMap((edge) => tee.edges[`${name}.${edge}`]);
    for (let i = tee.pieceStarts[piece]; i < tee.pieceStarts[piece + 1]; i++) {
      let best = Infinity;
      for (const j of seam)
        best = Math.min(best, Math.hypot(flat[2 * i] - flat[2 * j], flat[2 * i + 1] - flat[2 * j + 1]));
      out[tee.particleOf[i]] = best;
    }
  }
  return out;
}

function smooth(tee: SewnTee, dense: Float64Array, strength: Float64Array): Float64Array {
  const at = dense.slice();
  const mean = new Float64Array(dense.length);
  for (let round = 0; round < smoothing; round++) {
    neighbourMeans(tee, at, mean);
    for (let p = 0, i = 0; p < tee.particleCount; p++)
      for (let b = 0; b < BONE_COUNT; b++, i++) at[i] += strength[p] * (mean[i] - at[i]);
  }
  return at;
}

/** Mean values of each particle's neighbours; a neighbour counts once for every triangle shared. Writes into `target`. */
function neighbourMeans(tee: SewnTee, values: Float64Array, target: Float64Array): Float64Array {
  const count = new Float64Array(tee.particleCount);
  target.fill(0);
  for (let t = 0; t < tee.triangles.length; t++) {
    const a = tee.particleOf[tee.triangles[t]];
    const b = tee.particleOf[tee.triangles[t % 3 === 2 ? t - 2 : t + 1]];
    count[a]++;
    count[b]++;
    for (let i = BONE_COUNT * a, j = BONE_COUNT * b, end = i + BONE_COUNT; i < end; i++, j++) {
      target[i] += values[j];
      target[j] += values[i];
    }
  }
  for (let p = 0, i = 0; p < tee.particleCount; p++) for (let b = 0; b < BONE_COUNT; b++, i++) target[i] /= count[p];
  return target;
}

/** Passes along the armhole: evens weights out over some 6 cm of it. Then as many over the cloth beside it, which goes along, less with every row. */
const alongSeam = 24,
  besideSeam = 4;

/** Evens the weights out along each armhole: there two pieces take them from different parts of the body, and a seam's wriggle shows. Less over the shoulder, where cloth lies and moves as the skin does. */
function straightenSeams(tee: SewnTee, dense: Float64Array, strength: Float64Array): Float64Array {
  const at = dense.slice(),
    onSeam = new Set<number>();
  for (const side of ['Left', 'Right']) {
    const ring = [
      ...tee.edges[`front.armhole${side}`],
      ...[...tee.edges[`back.armhole${side}`]].reverse().slice(1, -1),
    ].map((i) => tee.particleOf[i]);
    for (const p of ring) onSeam.add(p);
    for (let pass = 0; pass < alongSeam; pass++) {
      const before = ring.map((p) => at.slice(BONE_COUNT * p, BONE_COUNT * (p + 1)));
      ring.forEach((p, i) => {
        const a = before[(i + ring.length - 1) % ring.length],
          b = before[(i + 1) % ring.length];
        for (let k = 0; k < BONE_COUNT; k++)
          at[BONE_COUNT * p + k] += ((0.25 + 0.75 * strength[p]) / 2) * ((a[k] + b[k]) / 2 - before[i][k]);
      });
    }
  }
  let shift = at.map((value, i) => value - dense[i]);
  for (let pass = 0; pass < besideSeam; pass++) {
    const mean = neighbourMeans(tee, shift, new Float64Array(shift.length));
    shift = shift.map((value, i) => (onSeam.has(Math.floor(i / BONE_COUNT)) ? value : mean[i]));
  }
  return dense.map((value, i) => Math.max(0, value + shift[i]));
}

const otherSide = boneNames.map(
  (name) =>
    boneIndex[
      (name.startsWith('left')
        ? name.replace('left', 'right')
        : name.replace('right', 'left')) as keyof typeof boneIndex
    ],
);

/** Makes left and right alike. */
function mirror(tee: SewnTee, dense: Float64Array): Float64Array {
  const out = dense.slice();
  tee.twins.forEach((twin, i) => {
    if (twin < 0) return;
    const p = BONE_COUNT * tee.particleOf[i],
      q = BONE_COUNT * tee.particleOf[twin];
    for (let b = 0; b < BONE_COUNT; b++) out[p + b] = (dense[p + b] + dense[q + otherSide[b]]) / 2;
  });
  return out;
}

function strongestFour(dense: Float64Array, count: number): Binding {
  const joints = new Uint8Array(4 * count),
    weights = new Float32Array(4 * count);
  for (let i = 0; i < count; i++) {
    const at = dense.subarray(BONE_COUNT * i, BONE_COUNT * (i + 1));
    const order = [...at.keys()]
      .sort((a, b) => at[b] - at[a] || a - b)
      .slice(0, 4)
      .filter((b) => at[b] > 0.004);
    const total = order.reduce((sum, b) => sum + at[b], 0);
    order.forEach((b, k) => {
      joints[4 * i + k] = b;
      weights[4 * i + k] = at[b] / total;
    });
  }
  return { joints, weights };
}

import { BONE_COUNT, type Mannequin } from '../mannequin/mannequin.ts';
import { armRegions, codeSides } from '../mannequin/regions.ts';
import { yieldToEventLoop } from '../math/yield-to-event-loop.ts';
import { createSurfaceGrid, findNearestPoint, type NearestPoint } from './surface-grid.ts';
import { weldVertices } from './weld-vertices.ts';

/** Cloth further from the body than this has no say of its own: its weights come from the cloth around it, metres. */
const REACH_METRES = 0.35;
/** Rounds of smoothing over the cloth; a vertex nearer to the body holds on to its own weights the more. */
const ROUNDS = 24;
/** Distance at which the body beneath and the cloth around say equally much, metres. */
const HOLD_METRES = 0.02;
/** Candidates that lie on the other side of a limb or across a gap count as this much further, metres: the cosine between cloth and skin decides. */
const AGAINST_METRES = 0.12;

/** Longest that the search holds the page up at a time, milliseconds, and vertices between looks at the clock. */
const SLICE_MS = 8;
const SLICE_VERTICES = 64;

/** By bone: 1 for the left arm, 2 for the right, 0 elsewhere; and likewise for the clavicles, −1 elsewhere. */
const armOf = codeSides(armRegions, { left: 1, right: 2, none: 0 });
const shoulderOf = codeSides(['clavicle'], { left: 1, right: 2, none: -1 });

/** What there is of the mannequin, in any shape. */
export type Body = Pick<Mannequin, 'positions' | 'normals' | 'indices' | 'skinIndices' | 'skinWeights'>;

/** 4 × vertices: bones, and weights that sum to 1. */
export interface ClothWeights {
  skinIndices: Uint16Array;
  skinWeights: Float32Array;
}

/** The skin of a limb that the maker did not mean counts as this much further, metres; with such a share of the weights the maker did. */
const OTHER_LIMB_METRES = 0.06;
const LIMB_SHARE = 0.3;
/** Distance at which the maker's weights and those of the skin beneath say equally much, metres. */
const MADE_METRES = 0.06;
/** How much of a maker's cloth is smoothed at the most: it was smooth. */
const MADE_HOLD = 0.6;
const MADE_ROUNDS = 6;

/**
 * Skin weights for cloth without any (positions 3 × vertices, on the mannequin in its rest pose): those of the nearest
 * place of the body whose skin faces as the cloth does, smoothed over the cloth. Skin that faces the other way is on the far
 * side of a gap (an armpit's, the inside of the other thigh), and is passed over. Pure.
 *
 * @param made The cloth's weights by its maker, for another body's skin: cloth far out keeps them, cloth near the skin
 * goes with this skin (another rig's collar would rise with the shoulders), but sleeves are what the maker calls so.
 */
export async function weighCloth(
  positions: Float32Array,
  indices: Uint32Array,
  mannequin: Body,
  made?: ClothWeights,
): Promise<ClothWeights> {
  const { welded, count, starts, neighbours } = weldVertices(positions, indices);
  const places = new Float32Array(3 * count);
  welded.forEach((w, i) => places.set(positions.subarray(3 * i, 3 * i + 3), 3 * w));
  const facing = faceOutwards(
    places,
    Uint32Array.from(indices, (i) => welded[i]),
    count,
  );

  const regions = splitSkin(mannequin);
  const own = new Float32Array(BONE_COUNT * count);
  if (made) spreadOut(made, welded, own);
  let weights = new Float32Array(BONE_COUNT * count);
  const holds = new Float32Array(count);
  const nearest: NearestPoint = { triangle: -1, u: 0, v: 0, distance: 0 };
  let sliceEnd = performance.now() + SLICE_MS;
  for (let w = 0; w < count; w++) {
    if (w % SLICE_VERTICES === 0 && performance.now() > sliceEnd) {
      await yieldToEventLoop();
      sliceEnd = performance.now() + SLICE_MS;
    }
    let best = Infinity;
    for (const { grid, indices: triangles, limb: of } of regions) {
      const { triangle, u, v, distance } = findNearestPoint(
        grid,
        places[3 * w],
        places[3 * w + 1],
        places[3 * w + 2],
        Math.min(REACH_METRES, best),
        nearest,
      );
      if (triangle < 0) continue;
      const cost =
        distance +
        AGAINST_METRES * Math.max(0, -cosineOf(mannequin.normals, triangles, triangle, u, v, facing, w)) +
        (made ? OTHER_LIMB_METRES * Math.max(0, 1 - shareOf(own, BONE_COUNT * w, of) / LIMB_SHARE) : 0);
      if (cost >= best) continue;
      best = cost;
      holds[w] = 1 / (1 + (distance / (made ? MADE_METRES : HOLD_METRES)) ** 2);
      weights.fill(0, BONE_COUNT * w, BONE_COUNT * (w + 1));
      for (let c = 0; c < 3; c++) {
        const share = c === 0 ? u : c === 1 ? v : 1 - u - v;
        const corner = triangles[3 * triangle + c];
        for (let k = 4 * corner; k < 4 * corner + 4; k++)
          weights[BONE_COUNT * w + mannequin.skinIndices[k]] += share * mannequin.skinWeights[k];
      }
    }
  }

  for (let i = 0; i < own.length; i++) {
    const hold = made ? holds[Math.floor(i / BONE_COUNT)] : 1;
    own[i] = hold * weights[i] + (1 - hold) * own[i];
  }
  weights = own.slice();
  if (made) for (let w = 0; w < count; w++) holds[w] = Math.max(MADE_HOLD, holds[w]);
  let next = new Float32Array(weights.length);
  for (let round = 0; round < (made ? MADE_ROUNDS : ROUNDS); round++) {
    await yieldToEventLoop();
    for (let w = 0; w < count; w++) {
      const degree = starts[w + 1] - starts[w];
      const hold = degree === 0 ? 1 : holds[w];
      for (let b = 0; b < BONE_COUNT; b++) {
        let sum = 0;
        for (let n = starts[w]; n < starts[w + 1]; n++) sum += weights[BONE_COUNT * neighbours[n] + b];
        next[BONE_COUNT * w + b] = hold * own[BONE_COUNT * w + b] + (1 - hold) * (degree ? sum / degree : 0);
      }
    }
    [weights, next] = [next, weights];
  }
  return strongestFour(weights, welded);
}

/** How far the skin at a point of a triangle faces as the cloth at `w` does, −1..1. */
function cosineOf(
  normals: Float32Array,
  indices: Uint32Array,
  triangle: number,
  u: number,
  v: number,
  facing: Float32Array,
  w: number,
): number {
  const [a, b, c] = [3 * indices[3 * triangle], 3 * indices[3 * triangle + 1], 3 * indices[3 * triangle + 2]];
  let sum = 0;
  for (let e = 0; e < 3; e++)
    sum += (u * normals[a + e] + v * normals[b + e] + (1 - u - v) * normals[c + e]) * facing[3 * w + e];
  return sum;
}

/** A maker's weights by bone, BONE_COUNT × welded; of vertices in one place any one's. */
function spreadOut({ skinIndices, skinWeights }: ClothWeights, welded: Uint32Array, target: Float32Array): void {
  const done = new Uint8Array(target.length / BONE_COUNT);
  welded.forEach((w, i) => {
    if (done[w]) return;
    done[w] = 1;
    for (let k = 4 * i; k < 4 * i + 4; k++) target[BONE_COUNT * w + skinIndices[k]] += skinWeights[k];
  });
}

/** How much of the weights from `first` on is of a limb (0 for the trunk, legs and head); a shoulder is of both trunk and arm. */
function shareOf(weights: Float32Array, first: number, limb: number): number {
  let share = 0;
  for (let b = 0; b < BONE_COUNT; b++) if (armOf[b] === limb || shoulderOf[b] === limb) share += weights[first + b];
  return share;
}

interface SkinRegion {
  limb: number;
  grid: ReturnType<typeof createSurfaceGrid>;
  indices: Uint32Array;
}

/** The body's triangles in three lots, each asked by itself: left arm, right arm, all else. So each of trunk and sleeve finds its own, however near the other is. */
function splitSkin({ positions, indices, skinIndices, skinWeights }: Body): SkinRegion[] {
  const region = (vertex: number): number => {
    const shares = [0, 0, 0];
    for (let k = 4 * vertex; k < 4 * vertex + 4; k++) shares[armOf[skinIndices[k]]] += skinWeights[k];
    return shares.indexOf(Math.max(...shares));
  };
  const lots: number[][] = [[], [], []];
  for (let t = 0; t < indices.length; t += 3) lots[region(indices[t])].push(indices[t], indices[t + 1], indices[t + 2]);
  return lots
    .map((lot, limb) => ({ lot, limb }))
    .filter(({ lot }) => lot.length > 0)
    .map(({ lot, limb }) => ({
      limb,
      indices: Uint32Array.from(lot),
      grid: createSurfaceGrid(positions, Uint32Array.from(lot)),
    }));
}

/** Normals of welded cloth, area-weighted, 3 × count. Whether a file's triangles wind inwards is told by volume: cloth is wound around a body. */
function faceOutwards(places: Float32Array, indices: Uint32Array, count: number): Float32Array {
  const normals = new Float32Array(3 * count);
  const centre = [0, 0, 0];
  for (let i = 0; i < places.length; i++) centre[i % 3] += places[i] / count;
  let volume = 0;
  for (let t = 0; t < indices.length; t += 3) {
    const [a, b, c] = [3 * indices[t], 3 * indices[t + 1], 3 * indices[t + 2]];
    const u = [0, 1, 2].map((e) => places[b + e] - places[a + e]);
    const v = [0, 1, 2].map((e) => places[c + e] - places[a + e]);
    const n = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
    for (let e = 0; e < 3; e++) {
      volume += n[e] * (places[a + e] - centre[e]);
      for (const corner of [a, b, c]) normals[corner + e] += n[e];
    }
  }
  const sign = volume < 0 ? -1 : 1;
  for (let w = 0; w < 3 * count; w += 3) {
    const length = sign * Math.hypot(normals[w], normals[w + 1], normals[w + 2]) || 1;
    for (let e = 0; e < 3; e++) normals[w + e] /= length;
  }
  return normals;
}

/** Each vertex's four strongest bones, summing to 1. */
function strongestFour(weights: Float32Array, welded: Uint32Array): ClothWeights {
  const skinIndices = new Uint16Array(4 * welded.length);
  const skinWeights = new Float32Array(4 * welded.length);
  for (let i = 0; i < welded.length; i++) {
    const first = BONE_COUNT * welded[i];
    let sum = 0;
    for (let k = 4 * i; k < 4 * i + 4; k++) {
      let strongest = 0;
      let most = -1;
      for (let b = 0; b < BONE_COUNT; b++) {
        if (weights[first + b] <= most || isTaken(skinIndices, 4 * i, k, b)) continue;
        most = weights[first + b];
        strongest = b;
      }
      skinIndices[k] = strongest;
      skinWeights[k] = most;
      sum += most;
    }
    for (let k = 4 * i; k < 4 * i + 4; k++) skinWeights[k] = sum > 0 ? skinWeights[k] / sum : k === 4 * i ? 1 : 0;
  }
  return { skinIndices, skinWeights };
}

/** Whether a bone is among those from `from` up to `to`. */
function isTaken(bones: Uint16Array, from: number, to: number, bone: number): boolean {
  for (let k = from; k < to; k++) if (bones[k] === bone) return true;
  return false;
}

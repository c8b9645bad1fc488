/**
 * Computes skin weights for a garment's cloth on a body in its rest pose, from the body's skin beneath.
 *
 * 1. Weld the cloth (vertices at the same position become one) and compute each welded vertex's outward normal.
 * 2. Copy to each vertex the weights of the nearest point of the skin. Distance is added for skin whose normal is
 *    opposite to the cloth's: it is on the far side of a gap (the arm's skin in the armpit, the other thigh). Left arm,
 *    right arm and the rest of the body are searched one by one, so that sleeve and trunk each find their own skin
 *    where both are near.
 * 3. If the weights of the garment's maker are given, blend both: near the skin those of the skin prevail (the collar
 *    of the maker's skeleton would rise with the shoulders), far from it the maker's. Distance is added for skin of a
 *    region to which the maker gave no weight.
 * 4. Smooth the weights over neighbouring vertices. The nearer a vertex is to the skin, the more it keeps of its own.
 * 5. Keep the four largest weights of each vertex.
 */
import { BONE_COUNT, type Mannequin } from '../mannequin/mannequin.ts';
import { armRegions, codeSides } from '../mannequin/regions.ts';
import { yieldToEventLoop } from '../math/yield-to-event-loop.ts';
import { faceOutwards } from './face-outwards.ts';
import { createSurfaceGrid, findNearestPoint, type NearestPoint, type SurfaceGrid } from './surface-grid.ts';
import { TimeSlice } from './time-slice.ts';
import { weldVertices } from './weld-vertices.ts';

/** Cloth further from the skin than this, metres, gets its weights only from neighbouring cloth, not from the skin. */
const REACH_METRES = 0.35;
/**
 * Added to the distance of skin, metres, if its normal is opposite to the cloth's: it is across a gap or on the far
 * side of a limb. Proportional to the cosine, 0 from 90° on.
 */
const AGAINST_METRES = 0.12;
/** Rounds of smoothing over the cloth. */
const ROUNDS = 24;
/** Distance from the skin at which a vertex keeps half of its weights in a round of smoothing, metres. */
const HOLD_METRES = 0.02;

/**
 * Added to the distance of skin, metres, if the maker gave the vertex no weight for the skin's region (left arm, right
 * arm, rest of the body). Falls linearly to 0 at a share of `LIMB_SHARE` of the maker's weights.
 */
const OTHER_LIMB_METRES = 0.06;
const LIMB_SHARE = 0.3;
/** Distance from the skin at which the maker's weights and those of the skin have equal parts in the blend, metres. */
const MAKER_METRES = 0.06;
/**
 * Smoothing of cloth that has weights by its maker, which were smooth: fewer rounds, and each vertex keeps at least
 * this share of its own weights.
 */
const MAKER_ROUNDS = 6;
const MAKER_HOLD = 0.6;

/** By bone: its region (see `SkinRegion`). Clavicles are in region 0 and, by the second table, also in an arm's. */
const regionOfBone = codeSides(armRegions, { left: 1, right: 2, none: 0 });
const regionOfClavicle = codeSides(['clavicle'], { left: 1, right: 2, none: -1 });

/** The mannequin in any shape, in its rest pose, metres. */
export type Body = Pick<Mannequin, 'positions' | 'normals' | 'indices' | 'skinIndices' | 'skinWeights'>;

/** The skin of cloth: four bones of the mannequin and their weights for each vertex. */
export interface ClothWeights {
  /** 4 × vertices: indices into `boneNames`. */
  skinIndices: Uint16Array;
  /** 4 × vertices, summing to 1 for each. */
  skinWeights: Float32Array;
}

/**
 * Computes skin weights for cloth on a body in its rest pose (steps above).
 *
 * Takes some tenths of a second for a shirt, in slices between which the page gets time to draw. Changes no argument.
 *
 * @param positions 3 × vertices of the cloth, metres, in the body's rest pose.
 * @param indices 3 × triangles of the cloth, all wound the same way.
 * @param body The skin to copy weights from: mesh, normals, and four bones with weights for each vertex.
 * @param maker The maker's weights for these vertices, on the mannequin's bones; undefined: there are none.
 */
export async function weighCloth(
  positions: Float32Array,
  indices: Uint32Array,
  body: Body,
  maker?: ClothWeights,
): Promise<ClothWeights> {
  const { welded, count, starts, neighbours } = weldVertices(positions, indices);
  await yieldToEventLoop();
  const weldedPositions = new Float32Array(3 * count);
  for (let i = 0; i < welded.length; i++)
    for (let k = 0; k < 3; k++) weldedPositions[3 * welded[i] + k] = positions[3 * i + k];
  const facing = faceOutwards(
    weldedPositions,
    Uint32Array.from(indices, (i) => welded[i]),
  );
  await yieldToEventLoop();
  const skin = splitSkin(body);
  const slice = new TimeSlice();

  // From here on arrays of weights have BONE_COUNT values for each welded vertex.
  const wanted = new Float32Array(BONE_COUNT * count);
  if (maker) addMakerWeights(maker, welded, wanted);
  let weights = new Float32Array(BONE_COUNT * count);
  /** By welded vertex: share of its own weights that it keeps, 0..1. */
  const holds = new Float32Array(count);
  const nearest: NearestPoint = { triangle: -1, u: 0, v: 0, distance: 0 };
  for (let w = 0; w < count; w++) {
    if (slice.isOver()) await slice.next();
    let lowestCost = Infinity;
    for (const { grid, region } of skin) {
      const x = weldedPositions[3 * w];
      const y = weldedPositions[3 * w + 1];
      const z = weldedPositions[3 * w + 2];
      const { triangle, distance } = findNearestPoint(grid, x, y, z, Math.min(REACH_METRES, lowestCost), nearest);
      if (triangle < 0) continue;
      const cost =
        distance +
        AGAINST_METRES * Math.max(0, -cosineBetween(body.normals, grid.indices, nearest, facing, w)) +
        (maker ? OTHER_LIMB_METRES * Math.max(0, 1 - shareOfRegion(wanted, BONE_COUNT * w, region) / LIMB_SHARE) : 0);
      if (cost >= lowestCost) continue;
      lowestCost = cost;
      holds[w] = 1 / (1 + (distance / (maker ? MAKER_METRES : HOLD_METRES)) ** 2);
      weights.fill(0, BONE_COUNT * w, BONE_COUNT * (w + 1));
      addSkinWeights(body, grid.indices, nearest, weights, BONE_COUNT * w);
    }
  }

  for (let i = 0; i < wanted.length; i++) {
    const hold = maker ? holds[Math.floor(i / BONE_COUNT)] : 1;
    wanted[i] = hold * weights[i] + (1 - hold) * wanted[i];
  }
  weights = wanted.slice();
  if (maker) for (let w = 0; w < count; w++) holds[w] = Math.max(MAKER_HOLD, holds[w]);
  let next = new Float32Array(weights.length);
  for (let round = 0; round < (maker ? MAKER_ROUNDS : ROUNDS); round++) {
    for (let w = 0; w < count; w++) {
      if (slice.isOver()) await slice.next();
      const degree = starts[w + 1] - starts[w];
      const hold = degree === 0 ? 1 : holds[w];
      for (let b = 0; b < BONE_COUNT; b++) {
        let sum = 0;
        for (let n = starts[w]; n < starts[w + 1]; n++) sum += weights[BONE_COUNT * neighbours[n] + b];
        next[BONE_COUNT * w + b] = hold * wanted[BONE_COUNT * w + b] + (1 - hold) * (degree ? sum / degree : 0);
      }
    }
    [weights, next] = [next, weights];
  }
  await yieldToEventLoop();
  return keepLargestFour(weights, welded);
}

/**
 * Returns the cosine, −1..1, between the skin's normal at a point of a triangle and the outward normal of welded vertex
 * `w` (`facing`, 3 × welded).
 */
function cosineBetween(
  normals: Float32Array,
  indices: Uint16Array | Uint32Array,
  { triangle, u, v }: NearestPoint,
  facing: Float32Array,
  w: number,
): number {
  const a = 3 * indices[3 * triangle];
  const b = 3 * indices[3 * triangle + 1];
  const c = 3 * indices[3 * triangle + 2];
  let sum = 0;
  for (let k = 0; k < 3; k++)
    sum += (u * normals[a + k] + v * normals[b + k] + (1 - u - v) * normals[c + k]) * facing[3 * w + k];
  return sum;
}

/** Adds the skin's weights at a point of a triangle to the BONE_COUNT values of `target` from index `first` on. */
function addSkinWeights(
  { skinIndices, skinWeights }: Body,
  indices: Uint16Array | Uint32Array,
  { triangle, u, v }: NearestPoint,
  target: Float32Array,
  first: number,
): void {
  for (let c = 0; c < 3; c++) {
    const share = c === 0 ? u : c === 1 ? v : 1 - u - v;
    const corner = indices[3 * triangle + c];
    for (let k = 4 * corner; k < 4 * corner + 4; k++) target[first + skinIndices[k]] += share * skinWeights[k];
  }
}

/**
 * Adds the maker's weights to `target` (BONE_COUNT values for each welded vertex). For vertices that are welded
 * together it uses the weights of the first.
 */
function addMakerWeights({ skinIndices, skinWeights }: ClothWeights, welded: Uint32Array, target: Float32Array): void {
  const isAdded = new Uint8Array(target.length / BONE_COUNT);
  welded.forEach((w, i) => {
    if (isAdded[w]) return;
    isAdded[w] = 1;
    for (let k = 4 * i; k < 4 * i + 4; k++) target[BONE_COUNT * w + skinIndices[k]] += skinWeights[k];
  });
}

/**
 * Returns the sum of those of the BONE_COUNT weights from index `first` on whose bones belong to a region. A clavicle
 * belongs to region 0 and to its arm's.
 */
function shareOfRegion(weights: Float32Array, first: number, region: number): number {
  let share = 0;
  for (let b = 0; b < BONE_COUNT; b++)
    if (regionOfBone[b] === region || regionOfClavicle[b] === region) share += weights[first + b];
  return share;
}

/** The triangles of one region of the body's skin, in a grid. */
interface SkinRegion {
  /** 0: trunk, legs and head; 1: left arm; 2: right arm. */
  region: number;
  grid: SurfaceGrid;
}

/**
 * Divides the body's triangles into the three regions, and returns those that have any. A triangle belongs to the
 * region with the largest share of the skin weights at its first corner.
 */
function splitSkin({ positions, indices, skinIndices, skinWeights }: Body): SkinRegion[] {
  const regionOfVertex = (vertex: number): number => {
    const shares = [0, 0, 0];
    for (let k = 4 * vertex; k < 4 * vertex + 4; k++) shares[regionOfBone[skinIndices[k]]] += skinWeights[k];
    return shares.indexOf(Math.max(...shares));
  };
  const corners: number[][] = [[], [], []];
  for (let t = 0; t < indices.length; t += 3)
    corners[regionOfVertex(indices[t])].push(indices[t], indices[t + 1], indices[t + 2]);
  return corners.flatMap((of, region) =>
    of.length > 0 ? [{ region, grid: createSurfaceGrid(positions, Uint32Array.from(of)) }] : [],
  );
}

/** Returns for each vertex the four largest of its welded vertex's BONE_COUNT weights, scaled to sum to 1. */
function keepLargestFour(weights: Float32Array, welded: Uint32Array): ClothWeights {
  const skinIndices = new Uint16Array(4 * welded.length);
  const skinWeights = new Float32Array(4 * welded.length);
  for (let i = 0; i < welded.length; i++) {
    const first = BONE_COUNT * welded[i];
    let sum = 0;
    for (let k = 4 * i; k < 4 * i + 4; k++) {
      let bone = 0;
      let largest = -1;
      for (let b = 0; b < BONE_COUNT; b++) {
        if (weights[first + b] <= largest || includesBone(skinIndices, 4 * i, k, b)) continue;
        largest = weights[first + b];
        bone = b;
      }
      skinIndices[k] = bone;
      skinWeights[k] = largest;
      sum += largest;
    }
    for (let k = 4 * i; k < 4 * i + 4; k++) skinWeights[k] = sum > 0 ? skinWeights[k] / sum : k === 4 * i ? 1 : 0;
  }
  return { skinIndices, skinWeights };
}

/** Whether `bones` has the value `bone` at an index from `from` up to, but without, `to`. */
function includesBone(bones: Uint16Array, from: number, to: number, bone: number): boolean {
  for (let k = from; k < to; k++) if (bones[k] === bone) return true;
  return false;
}

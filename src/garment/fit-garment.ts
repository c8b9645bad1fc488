/**
 * Fits a garment in one size to the shape of a body, true to size. The vertices of the garment at the same position
 * count as one welded vertex.
 *
 * 1. Place the cloth: it keeps its finished measures (without any it is scaled, `scaleToWearer`) and hangs from the
 *    garment's anchors (joints), so lengths count from these, whatever the length of the body. On the shoulders it rests
 *    on the skin over the joint: where that is lower, the cloth of the trunk is lower too, while sleeves stay on their
 *    arms. A size without a displacement of its own has the shape of the base size.
 * 2. Push the cloth outwards where the body fills it, and nowhere else.
 * 3. Write the vertices of the garment's parts (meshes) and their normals.
 */
import { armRegions, isBoneIn } from '../mannequin/regions.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { addFaceNormals } from '../math/add-face-normals.ts';
import { normalizeVectors } from '../math/normalize-vectors.ts';
import type { Neighbours } from './find-neighbours.ts';
import type { Garment, GarmentFit, GarmentPart } from './garment.ts';
import { ANCHORS, anchorBones, type GarmentBinding } from './garment-binding.ts';
import { createClearance, measureClearance } from './measure-clearance.ts';
import { measureRestHeights } from './measure-rest-heights.ts';
import { scaleToWearer } from './scale-to-wearer.ts';
import { smallestDistance } from './smallest-distance.ts';
import { writeFit } from './write-fit.ts';

/**
 * Rounds in which a push spreads to neighbours: 3 rounds carry a bulge over two of a shirt's edges (3 cm). More would
 * carry cloth away from a body that fills it in places only.
 */
const SPREAD_ROUNDS = 3;

/**
 * Number of times that the directions of the first, long push are averaged with their neighbours': over a navel,
 * between the breasts or the buttocks cloth goes outwards as a whole, not each vertex by the skin just beneath it.
 */
const ALIGN_ROUNDS = 6;
/** Most passes after the first in which cloth is pushed out again; usual bodies settle in one or two. */
const SETTLING_PASSES = 6;
/** A push shorter than this is not worth a pass, metres. */
const SETTLED_METRES = 2e-4;

const clearance = createClearance();

/**
 * Scratch by welded vertex, grown to the largest garment seen: places (metres, rest pose), unit directions outwards,
 * averaged directions and normals (3 each); push of this round, of the next round, and push that the skin demands,
 * metres; nearest skin vertex (−1: none).
 */
const scratch = {
  places: new Float32Array(0),
  directions: new Float32Array(0),
  aligned: new Float32Array(0),
  push: new Float32Array(0),
  next: new Float32Array(0),
  wanted: new Float32Array(0),
  skinVertices: new Int32Array(0),
};

/** Grows the scratch to `count` welded vertices. */
function reserve(count: number): void {
  if (scratch.push.length >= count) return;
  scratch.places = new Float32Array(3 * count);
  scratch.directions = new Float32Array(3 * count);
  scratch.aligned = new Float32Array(3 * count);
  scratch.push = new Float32Array(count);
  scratch.next = new Float32Array(count);
  scratch.wanted = new Float32Array(count);
  scratch.skinVertices = new Int32Array(count);
}

/** Scratch: smooth normals by welded vertex, 3 each, grown to the largest garment seen. */
let smooth = new Float32Array(0);

/**
 * Fits a garment in `size` (a key of its manifest's sizes) to a body of this shape (steps above). Writes positions
 * (metres) and normals of each part in the rest pose to `target`, raises its version, and returns it. Allocates only
 * for a larger garment than before.
 *
 * @param garment Its meshes, sizes and layer, and its binding to the mannequin: distances from the skin, shares of
 * joints.
 * @param shape The mannequin in the shape of the body: skin and joints in the rest pose, metres.
 */
export function fitGarment(garment: Garment, shape: MannequinShape, size: string, target: GarmentFit): GarmentFit {
  const { binding } = garment;
  const layersBeneath = garment.manifest.layer - 1;
  reserve(binding.weld.count);
  place(garment, shape, size);
  // First the whole push, spread; then what is left of it, since a long push ends over another part of the body than
  // the part over which it began.
  let unsettled = pushOut(binding, shape, layersBeneath, SPREAD_ROUNDS, false);
  for (let pass = 0; unsettled && pass < SETTLING_PASSES; pass++)
    unsettled = pushOut(binding, shape, layersBeneath, 0, true);
  target.drape.set(scratch.places.subarray(0, target.drape.length));
  smooth = smooth.length < target.drape.length ? new Float32Array(target.drape.length) : smooth;
  smooth.fill(0, 0, target.drape.length);
  addFaceNormals(target.drape, garment.binding.triangles, smooth);
  for (const folds of target.folds) folds.fill(0);
  writeFit(garment, target.drape, normalizeVectors(smooth, garment.binding.weld.count), target);
  return target;
}

/** By anchor (joint from which cloth hangs): its movement since the garment was made, x, y, z, metres: 3 × ANCHORS. */
const moved = new Float32Array(3 * ANCHORS);
/** By anchor: how much higher over its joint the cloth rests than when the garment was made, metres. */
const raised = new Float32Array(ANCHORS);
/** Whether a bone is an arm's, by index into `boneNames`. */
const isArm = isBoneIn(armRegions);

/** Returns the share of the arms' bones in the skin weights of vertex `i`, 0..1. */
function armShare({ skinIndices, skinWeights }: GarmentPart, i: number): number {
  let share = 0;
  for (let k = 4 * i; k < 4 * i + 4; k++) if (isArm[skinIndices[k]]) share += skinWeights[k];
  return share;
}

/** Step 1: writes base shape, size displacement and the anchors' movement to `scratch.places`, metres. */
function place(garment: Garment, shape: MannequinShape, size: string): void {
  const { parts, binding } = garment;
  const scale = scaleToWearer(garment, shape, size);
  const { weld, firsts, vertices, anchors, skinVertices, joints } = binding;
  const { places } = scratch;
  measureRestHeights(binding.restVertices, shape, raised);
  for (let k = 0; k < ANCHORS; k++) raised[k] -= scale * binding.restHeights[k];
  for (let k = 0; k < 3 * ANCHORS; k++) {
    const joint = 3 * anchorBones[Math.floor(k / 3)] + (k % 3);
    moved[k] = shape.joints[joint] - scale * joints[joint];
  }
  for (let p = 0; p < parts.length; p++) {
    const { positions, sizes } = parts[p];
    const deltas = Object.hasOwn(sizes, size) ? sizes[size] : null;
    for (let a = 0; a < 3; a++) {
      for (let i = 0; 3 * i < positions.length; i++) {
        const w = weld.welded[firsts[p] + i];
        if (vertices[w] !== firsts[p] + i) continue;
        let carried = 0;
        for (let k = 0; k < ANCHORS; k++) carried += anchors[ANCHORS * w + k] * moved[3 * k + a];
        if (a === 1) {
          const share = 1 - armShare(parts[p], i);
          for (let k = 0; k < ANCHORS; k++) carried += share * anchors[ANCHORS * w + k] * raised[k];
        }
        places[3 * w + a] = scale * (positions[3 * i + a] + (deltas ? deltas[3 * i + a] : 0)) + carried;
      }
    }
  }
  scratch.skinVertices.set(skinVertices);
}

/**
 * Step 2: moves `scratch.places` out of the body. Returns whether a vertex was moved and may have to be moved again.
 *
 * @param layersBeneath Layers of other garments under this one.
 * @param rounds Rounds in which a push spreads to neighbours. A round never makes a push shorter than the skin demands.
 * @param again Whether to look only at vertices that the last call moved.
 */
function pushOut(
  { weld, clearances, layers, skin }: GarmentBinding,
  shape: MannequinShape,
  layersBeneath: number,
  rounds: number,
  again: boolean,
): boolean {
  const { places, directions, wanted, skinVertices } = scratch;
  const { count, starts, neighbours } = weld;
  let any = false;
  for (let w = 0; w < count; w++) {
    wanted[w] = 0;
    const o = 3 * w;
    if (again && scratch.push[w] === 0) continue;
    if (skinVertices[w] < 0) {
      directions[o] = directions[o + 1] = directions[o + 2] = 0;
      continue;
    }
    measureClearance(shape, skin, skinVertices[w], places[o], places[o + 1], places[o + 2], clearance);
    skinVertices[w] = clearance.vertex;
    directions[o] = clearance.x;
    directions[o + 1] = clearance.y;
    directions[o + 2] = clearance.z;
    const short = smallestDistance(clearances[w], layersBeneath + (layers?.[w] ?? 0)) - clearance.distance;
    if (short <= (again ? SETTLED_METRES : 0)) continue;
    wanted[w] = short;
    any = true;
  }
  if (!any) return false;

  if (!again) alignDirections(weld);
  scratch.push.set(wanted.subarray(0, count));
  for (let round = 0; round < rounds; round++) {
    const { push, next } = scratch;
    for (let w = 0; w < count; w++) {
      let sum = 0;
      for (let n = starts[w]; n < starts[w + 1]; n++) sum += push[neighbours[n]];
      next[w] = Math.max(wanted[w], sum / (starts[w + 1] - starts[w] || 1));
    }
    scratch.push = next;
    scratch.next = push;
  }
  const { push } = scratch;
  for (let w = 0; w < count; w++) {
    if (push[w] === 0) continue;
    for (let a = 0; a < 3; a++) places[3 * w + a] += push[w] * scratch.directions[3 * w + a];
  }
  return true;
}

/** Averages `scratch.directions` over neighbours, and scales them to length 1 (0 stays 0, far from the body). */
function alignDirections({ count, starts, neighbours }: Neighbours & { count: number }): void {
  for (let round = 0; round < ALIGN_ROUNDS; round++) {
    const { directions, aligned } = scratch;
    for (let w = 0; w < count; w++) {
      let x = directions[3 * w];
      let y = directions[3 * w + 1];
      let z = directions[3 * w + 2];
      for (let n = starts[w]; n < starts[w + 1]; n++) {
        const o = 3 * neighbours[n];
        x += directions[o];
        y += directions[o + 1];
        z += directions[o + 2];
      }
      const length = Math.sqrt(x * x + y * y + z * z) || 1;
      aligned[3 * w] = x / length;
      aligned[3 * w + 1] = y / length;
      aligned[3 * w + 2] = z / length;
    }
    scratch.directions = aligned;
    scratch.aligned = directions;
  }
}

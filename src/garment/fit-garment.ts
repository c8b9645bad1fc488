/**
 * Fits a garment in one size to the shape of a body, true to size. The vertices of the garment at the same position
 * count as one welded vertex.
 *
 * 1. Place the cloth: it keeps its finished measures (without any it is scaled, `scaleToWearer`) and hangs from the
 *    garment's anchors (joints), so lengths count from these, whatever the length of the body. On the shoulders it rests
 *    on the skin over the joint: where that is lower, the cloth of the trunk is lower too, while sleeves stay on their
 *    arms. A size without a displacement of its own has the shape of the base size.
 * 2. Push the cloth outwards where the body fills it, and nowhere else. How it bulges around that is left to its
 *    simulation (`src/cloth`).
 * 3. Write the vertices of the garment's parts (meshes) and their normals.
 */
import { armRegions, isBoneIn } from '../mannequin/regions.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { addFaceNormals } from '../math/add-face-normals.ts';
import { normalizeVectors } from '../math/normalize-vectors.ts';
import { type Garment, type GarmentFit, type GarmentPart, NO_SKIN_METRES } from './garment.ts';
import { ANCHORS, anchorBones, type GarmentBinding } from './garment-binding.ts';
import { createClearance, measureClearance } from './measure-clearance.ts';
import { measureRestHeights } from './measure-rest-heights.ts';
import { scaleToWearer } from './scale-to-wearer.ts';
import { smallestDistance } from './smallest-distance.ts';
import { writeFit } from './write-fit.ts';

const clearance = createClearance();

/** Scratch by welded vertex, grown to the largest garment seen: places, 3 each, metres, in the rest pose. */
let places = new Float32Array(0);

/** Scratch by welded vertex, grown likewise: clearance from the skin, metres. */
let clearances = new Float32Array(0);

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
  const length = 3 * binding.weld.count;
  if (places.length < length) {
    places = new Float32Array(length);
    clearances = new Float32Array(binding.weld.count);
  }
  place(garment, shape, size);
  pushOut(binding, shape, garment.manifest.layer - 1);
  target.drape.set(places.subarray(0, length));
  smooth = smooth.length < target.drape.length ? new Float32Array(target.drape.length) : smooth;
  smooth.fill(0, 0, target.drape.length);
  addFaceNormals(target.drape, garment.binding.triangles, smooth);
  for (const folds of target.folds) folds.fill(0);
  const normals = normalizeVectors(smooth, garment.binding.weld.count);
  writeFit(garment, { places: target.drape, normals, clearances }, target);
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

/** Step 1: writes base shape, size displacement and the anchors' movement to `places`, metres. */
function place(garment: Garment, shape: MannequinShape, size: string): void {
  const { parts, binding } = garment;
  const scale = scaleToWearer(garment, shape, size);
  const { weld, firsts, vertices, anchors, joints } = binding;
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
}

/**
 * Step 2: moves `places` out of the body, and measures their `clearances`.
 *
 * @param layersBeneath Layers of other garments under this one.
 */
function pushOut(
  { weld, clearances: modelled, layers, skin, skinVertices }: GarmentBinding,
  shape: MannequinShape,
  layersBeneath: number,
): void {
  for (let w = 0, o = 0; w < weld.count; w++, o += 3) {
    clearances[w] = NO_SKIN_METRES;
    if (skinVertices[w] < 0) continue;
    const { distance, x, y, z } = measureClearance(
      shape,
      skin,
      skinVertices[w],
      places[o],
      places[o + 1],
      places[o + 2],
      clearance,
    );
    const push = smallestDistance(modelled[w], layersBeneath + (layers?.[w] ?? 0)) - distance;
    clearances[w] = distance + Math.max(0, push);
    if (push <= 0) continue;
    places[o] += push * x;
    places[o + 1] += push * y;
    places[o + 2] += push * z;
  }
}

import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import { armRegions, codeSides, legRegions } from '../mannequin/regions.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { computeNormals } from './compute-normals.ts';
import { findHangings, type Hanging, hangings } from './find-hangings.ts';
import { findNeighbours, type Neighbours } from './find-neighbours.ts';
import type { Garment, GarmentKind, GarmentPart } from './garment.ts';
import { joinParts } from './join-parts.ts';
import { letOthersRun } from './let-others-run.ts';
import { createClearance, measureClearance } from './measure-clearance.ts';
import { createSurfaceGrid, findNearestPoint, type NearestPoint } from './surface-grid.ts';
import { type Weld, weldVertices } from './weld-vertices.ts';

/** A garment bound to the mannequin: found once after loading, used for every size and shape. By welded vertex of the whole garment. */
export interface GarmentBinding {
  /** The vertices of all parts, one after the other, as one cloth: parts stay joined where they meet. */
  weld: Weld;
  /** Number of the first vertex of each part in that row. */
  firsts: number[];
  /** The vertex (in that row) that stands for each welded one. */
  vertices: Uint32Array;
  /** Of an outfit: which of its garments each welded vertex belongs to, 0 the innermost. */
  layers: Uint8Array | null;
  /** The nearest vertex of the mannequin, −1 when none is within reach. */
  skinVertices: Int32Array;
  /** Distance from the mannequin's skin, metres, negative inside. */
  clearances: Float32Array;
  /** 8 × welded: shares of the `anchorBones` in a vertex's place. */
  anchors: Float32Array;
  /** By vertex of each part, 3 × vertices: the file's normals less those of `computeNormals`, which keeps creases and edges that the file has. */
  normalOffsets: Float32Array[];
  /** Of the mannequin's vertices. */
  skin: Neighbours;
  /** Rest joints of the body that the garment was made on. */
  joints: Float32Array;
}

/** Cloth further from the body than this never meets it, metres (a ball gown's hem does not). */
const REACH_METRES = 0.4;

/** Longest that the search for the skin holds the page up at a time, milliseconds: half a frame. */
const SLICE_MS = 8;
/** Vertices between looks at the clock; one that is far from the skin takes up to a tenth of a millisecond. */
const SLICE_VERTICES = 64;

/**
 * Binds a loaded garment to the mannequin. Pure. The long part, the search for the skin beneath each vertex, lets the page
 * do its own work in between: some tenths of a second in all for a shirt, seconds for the largest garment that hangs far out.
 */
export async function bindGarment({ manifest, parts, madeOn }: Garment, mannequin: Mannequin): Promise<GarmentBinding> {
  const skin = findNeighbours(mannequin.indices, mannequin.positions.length / 3);
  const wearer = madeOn ? shapeMannequin(mannequin, madeOn, createMannequinShape(mannequin)) : mannequin;
  const grid = createSurfaceGrid(wearer.positions, mannequin.indices);

  const { positions, indices, firsts } = joinParts(parts);
  await letOthersRun();
  const weld = weldVertices(positions, indices);
  await letOthersRun();
  const vertices = new Uint32Array(weld.count);
  for (let i = weld.welded.length - 1; i >= 0; i--) vertices[weld.welded[i]] = i;

  const skinVertices = new Int32Array(weld.count).fill(-1);
  const clearances = new Float32Array(weld.count).fill(Infinity);
  // Its own, since another garment may be bound in between.
  const nearest: NearestPoint = { triangle: -1, u: 0, v: 0, distance: 0 };
  const clearance = createClearance();
  let sliceEnd = performance.now() + SLICE_MS;
  for (let w = 0; w < weld.count; w++) {
    if (w % SLICE_VERTICES === 0 && performance.now() > sliceEnd) {
      await letOthersRun();
      sliceEnd = performance.now() + SLICE_MS;
    }
    const x = positions[3 * vertices[w]];
    const y = positions[3 * vertices[w] + 1];
    const z = positions[3 * vertices[w] + 2];
    const { triangle, u, v } = findNearestPoint(grid, x, y, z, REACH_METRES, nearest);
    if (triangle < 0) continue;
    const corner = u >= v && u >= 1 - u - v ? 0 : v >= 1 - u - v ? 1 : 2;
    measureClearance(wearer, skin, mannequin.indices[3 * triangle + corner], x, y, z, clearance);
    skinVertices[w] = clearance.vertex;
    clearances[w] = clearance.distance;
  }

  if (madeOn) {
    clearOf(skin, skinVertices, clearances);
    addSag(positions, vertices, weld, clearances);
  }

  await letOthersRun();
  const anchors = new Float32Array(ANCHORS * weld.count);
  const outfit = manifest.kind === 'outfit' ? findHangings(positions, indices, weld, vertices, wearer.joints) : null;
  const hanging = hangingOf(manifest.kind);
  const smooth = computeNormals(positions, indices, weld, new Float32Array(3 * weld.count));
  const normalOffsets = parts.map((part, p) => {
    const welded = weld.welded.subarray(firsts[p], firsts[p] + part.positions.length / 3);
    welded.forEach((w, i) => {
      if (vertices[w] === firsts[p] + i)
        shareAnchors(part, i, outfit ? hangings[outfit.hangs[w]] : hanging, wearer.joints, anchors, ANCHORS * w);
    });
    return subtractNormals(part.normals, smooth, welded);
  });
  return {
    weld,
    firsts,
    vertices,
    skinVertices,
    clearances,
    layers: outfit && layersOf(outfit.garmentOf, skinVertices, clearances, skin),
    anchors,
    normalOffsets,
    skin,
    joints: wearer.joints,
  };
}

/** The file's normals less the smooth ones; nothing where the file has none. */
function subtractNormals(normals: Float32Array, smooth: Float32Array, welded: Uint32Array): Float32Array {
  const offsets = new Float32Array(normals.length);
  for (let i = 0; i < normals.length; i += 3) {
    if (normals[i] === 0 && normals[i + 1] === 0 && normals[i + 2] === 0) continue;
    for (let a = 0; a < 3; a++) offsets[i + a] = normals[i + a] - smooth[3 * welded[i / 3] + a];
  }
  return offsets;
}

/** A forearm's radius, metres: the tightest that cloth bends round with few vertices. */
const LIMB_RADIUS_METRES = 0.045;
const MAX_SAG_METRES = 0.008;

/** Coarse cloth cuts through the body between vertices that are outside: chords of length e round a radius r sag by e² / 8 r, and the vertices lie so much further out. */
function addSag(
  positions: Float32Array,
  vertices: Uint32Array,
  { count, starts, neighbours }: Weld,
  clearances: Float32Array,
): void {
  for (let w = 0; w < count; w++) {
    let longest = 0;
    for (let n = starts[w]; n < starts[w + 1]; n++) {
      let squared = 0;
      for (let a = 0; a < 3; a++)
        squared += (positions[3 * vertices[w] + a] - positions[3 * vertices[neighbours[n]] + a]) ** 2;
      longest = Math.max(longest, squared);
    }
    clearances[w] += Math.min(MAX_SAG_METRES, longest / (8 * LIMB_RADIUS_METRES));
  }
}

/** Rings of the skin's vertices (15 mm each) by which garments count as lying over each other: coarse cloth has a vertex every 4 cm. */
const OVERLAP_RINGS = 2;

/** Garments of an outfit in the order in which they lie over each other: by which is further from the skin where both are. */
function layersOf(
  garmentOf: Uint16Array,
  skinVertices: Int32Array,
  clearances: Float32Array,
  { starts, neighbours }: Neighbours,
): Uint8Array {
  const count = garmentOf.reduce((most, g) => Math.max(most, g), 0) + 1;
  /** By garment: the cloth's distance over each vertex of the skin, NaN where it has none. */
  const covers = Array.from({ length: count }, (_, g) => {
    let cover = new Float32Array(starts.length - 1).fill(NaN);
    garmentOf.forEach((of, w) => {
      if (of === g && skinVertices[w] >= 0) cover[skinVertices[w]] = clearances[w];
    });
    for (let ring = 0; ring < OVERLAP_RINGS; ring++) {
      cover = cover.map((own, v) => {
        for (let n = starts[v]; Number.isNaN(own) && n < starts[v + 1]; n++) own = cover[neighbours[n]];
        return own;
      });
    }
    return cover;
  });
  const isOver = (g: number, h: number): boolean => {
    let sum = 0;
    covers[g].forEach((distance, v) => {
      const difference = distance - covers[h][v];
      if (!Number.isNaN(difference)) sum += Math.sign(difference);
    });
    return sum > 0;
  };
  const wins = covers.map((_, g) => covers.reduce((sum, _other, h) => sum + (h !== g && isOver(g, h) ? 1 : 0), 0));
  return Uint8Array.from(garmentOf, (g) => wins[g]);
}

/** How many rings of the skin's vertices (15 mm each) take a mistake of the guessed skin as theirs. */
const CLEAR_RINGS = 3;

/**
 * The body that a garment was made on is guessed: where cloth lies inside it, the guess is wrong and the innermost cloth
 * lies on the skin. All cloth there is as much further out, so that what lay over it still does.
 */
function clearOf({ starts, neighbours }: Neighbours, skinVertices: Int32Array, clearances: Float32Array): void {
  let depths = new Float32Array(starts.length - 1);
  for (let w = 0; w < skinVertices.length; w++) {
    if (skinVertices[w] >= 0) depths[skinVertices[w]] = Math.min(depths[skinVertices[w]], clearances[w]);
  }
  for (let ring = 0; ring < CLEAR_RINGS; ring++) {
    depths = depths.map((depth, v) => {
      let deepest = depth;
      for (let n = starts[v]; n < starts[v + 1]; n++) deepest = Math.min(deepest, depths[neighbours[n]]);
      return deepest;
    });
  }
  for (let w = 0; w < skinVertices.length; w++) if (skinVertices[w] >= 0) clearances[w] -= depths[skinVertices[w]];
}

function hangingOf(kind: GarmentKind): Hanging {
  return kind === 'bottom' || kind === 'skirt' ? 'hips' : 'shoulders';
}

/** The joints that cloth hangs from, by bone index. A top hangs from neck and shoulders, trousers from hips and legs, shoes from the feet. */
export const anchorBones: readonly number[] = (
  ['neck', 'leftUpperArm', 'rightUpperArm', 'hips', 'leftUpperLeg', 'rightUpperLeg', 'leftFoot', 'rightFoot'] as const
).map((name) => boneIndex[name]);
export const ANCHORS = anchorBones.length;
/** Where among them those of each hanging begin: the middle one, left and right. */
const NECK = 0;
const HIPS = 3;
const FEET = 6;

/** By bone, for each way of hanging: offset from the left anchor to that of the bone's side, −1 for bones of other regions. */
const ANCHOR_BY_SIDE = { left: 0, right: 1, none: -1 };
const armSides = codeSides(armRegions, ANCHOR_BY_SIDE);
const legSides = codeSides(legRegions, ANCHOR_BY_SIDE);
const clavicleSides = codeSides(['clavicle'], ANCHOR_BY_SIDE);

/**
 * Writes the shares of the anchors of vertex `i`, from its skin weights: a limb's bones belong to that limb's anchor,
 * whatever their distance, since cloth does not lengthen with the arm in it; along the clavicle the share rises from the
 * neck to the shoulder, so that a seam goes out with the shoulder that carries it. Overalls hang from the shoulders, but
 * their crotch and legs are where the wearer's are: the trunk's cloth goes with both.
 */
function shareAnchors(
  { positions, skinIndices, skinWeights }: GarmentPart,
  i: number,
  hanging: Hanging,
  joints: Float32Array,
  target: Float32Array,
  offset: number,
): void {
  const low = hanging === 'overall' ? shareDown(joints, positions[3 * i + 1]) : hanging === 'shoulders' ? 0 : 1;
  for (let k = 4 * i; k < 4 * i + 4; k++) {
    const bone = skinIndices[k];
    const weight = skinWeights[k];
    if (hanging !== 'shoulders' && legSides[bone] >= 0)
      target[offset + (hanging === 'feet' ? FEET : HIPS + 1) + legSides[bone]] += weight;
    else if (low < 1 && armSides[bone] >= 0) target[offset + NECK + 1 + armSides[bone]] += weight;
    else {
      const clavicle = clavicleSides[bone];
      const tip = clavicle === 0 ? boneIndex.leftUpperArm : boneIndex.rightUpperArm;
      const out = clavicle < 0 ? 0 : shareAlong(joints, bone, tip, positions, i);
      target[offset + HIPS] += weight * low;
      target[offset + NECK] += weight * (1 - low) * (1 - out);
      if (clavicle >= 0) target[offset + NECK + 1 + clavicle] += weight * (1 - low) * out;
    }
  }
}

/** How far down from the shoulder joints to the hip joints a height is, 0..1. */
function shareDown(joints: Float32Array, y: number): number {
  const high = joints[3 * boneIndex.leftUpperArm + 1];
  const low = joints[3 * boneIndex.leftUpperLeg + 1];
  return Math.min(1, Math.max(0, (high - y) / (high - low)));
}

/** How far vertex `i` lies along the way from joint `from` to joint `to`, 0..1. */
function shareAlong(joints: Float32Array, from: number, to: number, positions: Float32Array, i: number): number {
  let along = 0;
  let length = 0;
  for (let a = 0; a < 3; a++) {
    const way = joints[3 * to + a] - joints[3 * from + a];
    along += way * (positions[3 * i + a] - joints[3 * from + a]);
    length += way * way;
  }
  return length > 0 ? Math.min(1, Math.max(0, along / length)) : 1;
}

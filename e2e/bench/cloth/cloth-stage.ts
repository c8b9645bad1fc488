/**
 * Plays a motion of a body that wears garments, frame by frame, as a room without a camera.
 *
 * 1. Shape the mannequin, and put the garments on: in the first frame they are fitted and settle.
 * 2. In each frame: pose the mannequin, and let `Outfit.fit` hang the cloth. This call is timed.
 * 3. Skin what was fitted: the places of each garment's vertices are those that a room would draw.
 *
 * Space: that of the motion, metres, +y up, feet on y = 0.
 */
import { type ClothMesh, createClothMesh } from '../../../src/cloth/create-cloth-mesh.ts';
import { createOutfit } from '../../../src/cloth/create-outfit.ts';
import { PosedSkin } from '../../../src/cloth/posed-skin.ts';
import { createGarmentFit } from '../../../src/garment/create-garment-fit.ts';
import type { Garment } from '../../../src/garment/garment.ts';
import type { Mannequin } from '../../../src/mannequin/mannequin.ts';
import { createMannequinPose, type MannequinPose, poseMannequin } from '../../../src/mannequin/pose-mannequin.ts';
import { createMannequinShape, type MannequinShape, shapeMannequin } from '../../../src/mannequin/shape-mannequin.ts';
import { skinVertices } from '../../../src/mannequin/skin-vertices.ts';
import { createMotionPose } from '../../../src/synthetic/motion-pose.ts';
import { type ClothMotion, clothMotions } from './cloth-motions.ts';

/** Frames a second. */
export const FRAME_RATE = 30;

/** A garment that is worn. */
export interface WornCloth {
  garment: Garment;
  size: string;
}

/** What is played. */
export interface ClothPlay {
  /** Morph weights of the body. */
  weights: Float32Array;
  worn: readonly WornCloth[];
  motion: ClothMotion;
  frames: number;
  /** Whether the cloth hangs; if false the fitted garment is only skinned. */
  hangs: boolean;
}

/** One frame. The arrays are used again in the next one. */
export interface ClothFrame {
  frame: number;
  /** Time of `Outfit.fit`, milliseconds. */
  ms: number;
  /** By garment: its welded vertices as drawn, 3 each. */
  places: readonly Float32Array[];
  /** The skin as posed, with normals. */
  skin: PosedSkin;
  pose: MannequinPose;
  shape: MannequinShape;
}

const meshes = new WeakMap<Garment, ClothMesh>();
/** Returns the mesh on which a garment's cloth is simulated: the same in each call. */
export function clothMeshOf(garment: Garment): ClothMesh {
  const mesh = meshes.get(garment) ?? createClothMesh(garment);
  meshes.set(garment, mesh);
  return mesh;
}

/** Plays a motion (steps above) and yields each of its frames. */
export function* playCloth(
  mannequin: Mannequin,
  { weights, worn, motion, frames, hangs }: ClothPlay,
): Generator<ClothFrame, void, undefined> {
  const shape = shapeMannequin(mannequin, weights, createMannequinShape(mannequin));
  const skin = new PosedSkin(mannequin);
  const motionPose = createMotionPose();
  const pose = createMannequinPose();
  const pieces = worn.map(({ garment, size }) => ({ garment, size, fit: createGarmentFit(garment) }));
  const outfit = createOutfit(mannequin);
  outfit.hangs = hangs;
  outfit.wear(pieces);
  const rests = pieces.map(({ fit }) => new Float32Array(fit.drape.length));
  const places = rests.map((rest) => new Float32Array(rest.length));
  for (let frame = 0; frame < frames; frame++) {
    const timeMs = (1000 * frame) / FRAME_RATE;
    clothMotions[motion](timeMs, motionPose);
    poseMannequin(shape.joints, motionPose.localRotations, motionPose.root, pose);
    const start = performance.now();
    outfit.fit({ found: true, shape: weights, shapeVersion: 0, ...pose }, timeMs);
    const ms = performance.now() - start;
    pieces.forEach(({ garment, fit }, i) => {
      gatherWelded(garment, fit.positions, rests[i]);
      const { skinIndices, skinWeights } = clothMeshOf(garment);
      skinVertices({ positions: rests[i], skinIndices, skinWeights }, shape.joints, pose, places[i]);
    });
    skin.pose(shape, pose);
    yield { frame, ms, places, skin, pose, shape };
  }
}

/** Writes to `target` the places of a garment's welded vertices, 3 each, from those of its parts' vertices. */
function gatherWelded({ binding, parts }: Garment, positions: readonly Float32Array[], target: Float32Array): void {
  for (let p = 0; p < parts.length; p++)
    for (let v = 0; 3 * v < positions[p].length; v++) {
      const w = binding.weld.welded[binding.firsts[p] + v];
      if (binding.vertices[w] !== binding.firsts[p] + v) continue;
      for (let k = 0; k < 3; k++) target[3 * w + k] = positions[p][3 * v + k];
    }
}

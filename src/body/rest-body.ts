import { BONE_COUNT, type Mannequin, MORPH_COUNT, morphIndex } from '../mannequin/mannequin.ts';
import { LANDMARK_COUNT } from '../math/landmark-layout.ts';
import { landmarkIndex } from './landmark-index.ts';

/**
 * Share of the height of the shoulders' skin over their joints with which their landmarks rise: the tracker looks for
 * shoulders on the skin. On films of eight random bodies, whose skin is 3 cm lower to 4 cm higher than the mean body's,
 * a straight line of this slope fits the landmarks' heights over the joints to within 0.7 cm.
 */
const SKIN_FOLLOWED = 0.65;

/**
 * Joints and landmark sites of the mannequin (the body model) in its rest pose, for one shape. Model space: metres, +x
 * to the body's left, +y up, +z forward, feet on y = 0.
 */
export interface RestBody {
  /** 3 × BONE_COUNT: joint of each bone, in the order of `boneNames`. */
  joints: Float32Array;
  /** 3 × LANDMARK_COUNT: the point that each pose landmark marks, in BlazePose's order; 0 where it marks none. */
  sites: Float32Array;
}

/** Creates a target for `shapeRestBody`, all 0. */
export function createRestBody(): RestBody {
  return {
    joints: new Float32Array(3 * BONE_COUNT),
    sites: new Float32Array(3 * LANDMARK_COUNT),
  };
}

/**
 * Writes the joints and landmark sites of a mannequin in one shape into `target`, and returns it. A site keeps its
 * offset from its bone's joint, but for those of the shoulders (`SKIN_FOLLOWED`). Allocates nothing.
 *
 * @param shape Morph weights in the order of `morphNames` (MORPH_COUNT).
 */
export function shapeRestBody(mannequin: Mannequin, shape: ArrayLike<number>, target: RestBody): RestBody {
  const { joints, sites } = target;
  joints.set(mannequin.joints);
  for (let morph = 0; morph < MORPH_COUNT; morph++) {
    const weight = shape[morph];
    if (weight === 0) continue;
    const offsets = mannequin.morphs[morph].joints;
    for (let i = 0; i < joints.length; i++) joints[i] += weight * offsets[i];
  }
  for (let i = 0; i < mannequin.sites.length; i++) {
    const site = mannequin.sites[i];
    for (let axis = 0; axis < 3; axis++)
      sites[3 * site.landmark + axis] = joints[3 * site.bone + axis] + site.offset[axis];
  }
  const { shoulderHeight } = morphIndex;
  const raisedMetres = (shape[shoulderHeight] * mannequin.morphs[shoulderHeight].cmPerUnit) / 100;
  sites[3 * landmarkIndex.leftShoulder + 1] += SKIN_FOLLOWED * raisedMetres;
  sites[3 * landmarkIndex.rightShoulder + 1] += SKIN_FOLLOWED * raisedMetres;
  return target;
}

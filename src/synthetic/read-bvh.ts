import { findBvhJoints } from './find-bvh-joints.ts';
import type { Motion } from './motion-pose.ts';
import { parseBvh } from './parse-bvh.ts';
import { playClip } from './play-clip.ts';
import { retargetBvh } from './retarget-bvh.ts';

/**
 * Returns a motion of the mannequin (a function that writes the pose at a time in ms) from the text of a BVH file
 * (Biovision Hierarchy, recorded motion of a skeleton). It finds the mannequin's bones by the names of the file's
 * joints, and scales the path so that the file's legs are as long as the mean body's. At time 0 the body faces the
 * camera at its place on the floor; after the last frame the motion repeats. Throws `TypeError` if the text is not a
 * BVH file, or lacks the hips or a joint of a limb.
 */
export function readBvh(text: string): Motion {
  const clip = parseBvh(text);
  return playClip(retargetBvh(clip, findBvhJoints(clip.joints.map(({ name }) => name))));
}

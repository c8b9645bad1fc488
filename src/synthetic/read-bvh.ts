import { findBvhJoints } from './find-bvh-joints.ts';
import type { Motion } from './motion-pose.ts';
import { parseBvh } from './parse-bvh.ts';
import { playClip } from './play-clip.ts';
import { retargetBvh } from './retarget-bvh.ts';

/**
 * Makes a motion of the mannequin from the text of a BVH file (Biovision Hierarchy). Joints are recognised by their
 * names; lengths are scaled by the legs. The motion begins at time 0 where the person stands, facing the camera, and
 * repeats. Throws `TypeError` for a text that is no BVH, and for a file that lacks the joints of a limb or the hips.
 */
export function readBvh(text: string): Motion {
  const clip = parseBvh(text);
  return playClip(retargetBvh(clip, findBvhJoints(clip.joints.map(({ name }) => name))));
}

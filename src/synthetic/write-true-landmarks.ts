import { Vector3 } from 'three';
import type { Mannequin } from '../mannequin/mannequin.ts';
import { placeSite } from '../mannequin/place-site.ts';
import { LANDMARK_VALUES } from '../math/landmark-layout.ts';
import type { MannequinTruth } from './mannequin-source.ts';

/** BlazePose's landmarks of the hips. */
const LEFT_HIP = 23;
const RIGHT_HIP = 24;

const place = new Vector3();

/**
 * Writes the exact landmarks of a synthetic person to `target`, as a tracker would: 33 × (x, y, z, visibility) each.
 *
 * 1. `landmarks`: x and y as shares of the picture (0 at the top left), as in `truth.landmarks`; z = 0.
 * 2. `worldLandmarks`: the sites of the posed mannequin relative to the middle of the hips, metres, in BlazePose's axes
 *    (x right, y down, z away from the camera).
 *
 * @param mannequin the sites of the landmarks on its body: each a bone and the offset from its joint, metres.
 * @param truth the exact joints (3 × BONE_COUNT, metres) and rotations (4 × BONE_COUNT, quaternions x, y, z, w) in
 * camera space (+x right in the picture, +y up, −z away from the camera), and landmarks (33 × (x, y, visibility)).
 */
export function writeTrueLandmarks(
  { sites }: Pick<Mannequin, 'sites'>,
  { joints, rotations, landmarks }: Pick<MannequinTruth, 'joints' | 'rotations' | 'landmarks'>,
  target: { landmarks: Float32Array; worldLandmarks: Float32Array },
): void {
  const world = target.worldLandmarks;
  for (const site of sites) {
    const { landmark } = site;
    const { x, y, z } = placeSite(site, { positions: joints, rotations }, place);
    const [u, v, visibility] = landmarks.subarray(3 * landmark);
    target.landmarks.set([u, v, 0, visibility], LANDMARK_VALUES * landmark);
    world.set([x, -y, -z, visibility], LANDMARK_VALUES * landmark);
  }
  for (let axis = 0; axis < 3; axis++) {
    const middle = (world[LANDMARK_VALUES * LEFT_HIP + axis] + world[LANDMARK_VALUES * RIGHT_HIP + axis]) / 2;
    for (let i = axis; i < world.length; i += LANDMARK_VALUES) world[i] -= middle;
  }
}

import { boneIndex } from '../mannequin/mannequin.ts';
import type { PosedBody } from './body.ts';

/**
 * Returns the lift of an upper arm along the trunk's axis, as a share of its length: −1 hangs, 1 points upwards.
 * `shoulder` and `elbow`: indices of the bones of upper arm and forearm.
 */
export function armLift({ positions }: PosedBody, shoulder: number, elbow: number): number {
  let dot = 0;
  let trunk = 0;
  let arm = 0;
  for (let axis = 0; axis < 3; axis++) {
    const a = positions[3 * boneIndex.upperChest + axis] - positions[3 * boneIndex.hips + axis];
    const b = positions[3 * elbow + axis] - positions[3 * shoulder + axis];
    dot += a * b;
    trunk += a * a;
    arm += b * b;
  }
  return dot / Math.sqrt(trunk * arm);
}

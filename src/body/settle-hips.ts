import { Vector3 } from 'three';
import { landmarkIndex as at } from './landmark-index.ts';
import type { PoseStep } from './pose-step.ts';
import { armElevation, raisedShoulder } from './raised-shoulder.ts';

const up = new Vector3();
const restUp = new Vector3();
const left = new Vector3();
const right = new Vector3();

function middle(points: ArrayLike<number>, i: number, j: number, target: Vector3): Vector3 {
  return target
    .set(points[3 * i] + points[3 * j], points[3 * i + 1] + points[3 * j + 1], points[3 * i + 2] + points[3 * j + 2])
    .multiplyScalar(0.5);
}

/**
 * Moves the placed landmarks of the hips along the trunk, so that it has the length of the mannequin in the shopper's
 * shape. Hips are seen less well than any other joint: under clothes that hang over them, and from the side, models find
 * them several centimetres too low, and the shoulders far less wrong.
 */
export const settleHips: PoseStep<'placed' | 'rest'> = {
  name: 'settle-hips',
  apply({ placed, rest }) {
    middle(placed, at.leftShoulder, at.rightShoulder, up).sub(middle(placed, at.leftHip, at.rightHip, left));
    const length = up.length();
    if (!(length > 0)) return;
    raisedShoulder('left', armElevation('left', placed, up), rest, left);
    raisedShoulder('right', armElevation('right', placed, up), rest, right);
    restUp
      .addVectors(left, right)
      .multiplyScalar(0.5)
      .sub(middle(rest.sites, at.leftHip, at.rightHip, left));
    up.multiplyScalar(1 - restUp.length() / length);
    for (const hip of [at.leftHip, at.rightHip]) {
      placed[3 * hip] += up.x;
      placed[3 * hip + 1] += up.y;
      placed[3 * hip + 2] += up.z;
    }
  },
};

import { Vector3 } from 'three';
import { landmarkIndex as at } from './landmark-index.ts';
import { armElevation, raisedShoulder } from './raised-shoulder.ts';
import type { RestBody } from './rest-body.ts';

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
 * Moves the hips along the trunk to where its length has them. Hips show less than any other joint: under clothes that hang over them, and
 * from the side, models find them several centimetres too low, the shoulders far less wrong.
 *
 * @param placed 3 × 33, camera space, metres; the hips are changed in place.
 * @param rest the mannequin in its rest pose, in the shopper's shape.
 */
export function settleHips(placed: Float64Array, rest: RestBody): void {
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
}

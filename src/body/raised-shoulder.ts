import { Vector3 } from 'three';
import { boneIndex, SHOULDER_FOLLOWS } from '../mannequin/mannequin.ts';
import { landmarkIndex } from './landmark-index.ts';
import type { RestBody } from './rest-body.ts';

/**
 * Shoulders rise with the arms: the shoulder blade turns one degree for each two of the arm once that has left a setting phase, and the clavicle
 * about two thirds as far as the blade (scapulohumeral rhythm; Inman et al. 1944). Radians of the arm's elevation, and the clavicle's share of it.
 */
const SETTING_PHASE = Math.PI / 4;
const CLAVICLE_SHARE = 0.22;

const forwards = new Vector3(0, 0, 1);
const clavicle = new Vector3();
const arm = new Vector3();

/** How far a clavicle is turned up by an arm at that elevation from hanging, radians. */
export function clavicleElevation(armElevation: number): number {
  return Math.max(0, armElevation - SETTING_PHASE) * CLAVICLE_SHARE;
}

/** Elevation of an arm from hanging along the trunk, radians; `placed` 3 × 33 and `up`, from the hips to the shoulders, in any space. */
export function armElevation(side: 'left' | 'right', placed: ArrayLike<number>, up: Vector3): number {
  const shoulder = 3 * landmarkIndex[`${side}Shoulder`];
  const elbow = 3 * landmarkIndex[`${side}Elbow`];
  return (
    Math.PI -
    arm
      .set(
        placed[elbow] - placed[shoulder],
        placed[elbow + 1] - placed[shoulder + 1],
        placed[elbow + 2] - placed[shoulder + 2],
      )
      .angleTo(up)
  );
}

/**
 * Where a shoulder's landmark is found on the body at rest, but with the shoulder as high as that arm raises it.
 *
 * @param elevation of the arm from hanging, radians.
 * @param target receives the place, model space, metres.
 */
export function raisedShoulder(side: 'left' | 'right', elevation: number, rest: RestBody, target: Vector3): Vector3 {
  const turned = clavicleElevation(elevation) * SHOULDER_FOLLOWS;
  clavicle.fromArray(rest.joints, 3 * boneIndex[`${side}Shoulder`]);
  return target
    .fromArray(rest.sites, 3 * landmarkIndex[`${side}Shoulder`])
    .sub(clavicle)
    .applyAxisAngle(forwards, side === 'left' ? turned : -turned)
    .add(clavicle);
}

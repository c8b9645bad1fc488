import { Vector3 } from 'three';
import { boneIndex } from '../mannequin/mannequin.ts';
import { landmarkIndex } from './landmark-index.ts';
import type { RestBody } from './rest-body.ts';

/**
 * Shoulders rise with the arms: the shoulder blade turns one degree for each two of the arm once that has left a setting phase, and the clavicle
 * about half as far as the blade (scapulohumeral rhythm; Inman et al. 1944). Radians of the arm's elevation, and the clavicle's share of it.
 */
const SETTING_PHASE = Math.PI / 4;
const CLAVICLE_SHARE = 1 / 5;

const forwards = new Vector3(0, 0, 1);
const clavicle = new Vector3();
const arm = new Vector3();
const elbow = new Vector3();

/**
 * Where a shoulder's landmark lies on the body at rest, but risen as far as the arm is raised from the trunk.
 *
 * @param placed 3 × 33, landmarks in any space.
 * @param up from the hips to the shoulders, in that space.
 * @param target receives the place, model space, metres.
 */
export function risenShoulder(side: 'left' | 'right', placed: ArrayLike<number>, rest: RestBody, up: Vector3, target: Vector3): Vector3 {
  const shoulder = landmarkIndex[`${side}Shoulder`];
  arm.fromArray(placed, 3 * shoulder);
  const elevation = Math.PI - elbow.fromArray(placed, 3 * landmarkIndex[`${side}Elbow`]).sub(arm).angleTo(up);
  const turned = Math.max(0, elevation - SETTING_PHASE) * CLAVICLE_SHARE;
  clavicle.fromArray(rest.joints, 3 * boneIndex[`${side}Shoulder`]);
  return target.fromArray(rest.sites, 3 * shoulder).sub(clavicle).applyAxisAngle(forwards, side === 'left' ? turned : -turned).add(clavicle);
}

import { Vector3 } from 'three';
import { boneIndex, SHOULDER_FOLLOWS } from '../mannequin/mannequin.ts';
import { landmarkIndex } from './landmark-index.ts';
import type { RestBody } from './rest-body.ts';

/**
 * Shoulders rise with the arms. Up to an elevation of `SETTING_PHASE` (radians, from hanging) the shoulder blade stays;
 * from there it turns by one degree for each three by which the arm is raised, and the clavicle about two thirds as far
 * as the blade (scapulohumeral rhythm; Inman et al. 1944). `CLAVICLE_SHARE`: the clavicle's turn as a share of the
 * arm's beyond that phase.
 */
const SETTING_PHASE = Math.PI / 4;
const CLAVICLE_SHARE = 0.22;

/**
 * Share by which the shoulders' landmarks rise over the hips per radian of a clavicle: half its length to the trunk's,
 * as far as landmarks show it.
 */
const TRUNK_RISE = 0.12;

/**
 * How far the middle of the shoulders may be off the place that `raisedShoulder` expects, metres per radian by which
 * the clavicles are turned up on average: half the rise, about 16 cm of clavicle. People's rhythms differ that much.
 */
const RISE_METRES = 0.08;

const forwards = new Vector3(0, 0, 1);
const upwards = new Vector3(0, 1, 0);
const clavicle = new Vector3();
const arm = new Vector3();

/** Returns how far a clavicle is turned up, radians, by an arm at this elevation from hanging, radians. */
export function clavicleElevation(armElevation: number): number {
  return Math.max(0, armElevation - SETTING_PHASE) * CLAVICLE_SHARE;
}

/**
 * Returns the elevation of an arm, radians, 0 hanging along the trunk. `placed`: 3 × 33 landmarks; `up`: direction from
 * the hips to the shoulders; both in one space, any unit.
 */
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
 * Returns the factor, ≥ 1, by which raised arms lengthen the trunk, as its landmarks show it. `world`: 3 × 33 landmarks
 * of a person who stands upright, +y up, any unit.
 */
export function trunkRise(world: ArrayLike<number>): number {
  const left = clavicleElevation(armElevation('left', world, upwards));
  const right = clavicleElevation(armElevation('right', world, upwards));
  return 1 + TRUNK_RISE * (left + right);
}

/**
 * Returns how far the middle of the shoulders may be above or below the place that `raisedShoulder` expects from the
 * arms' elevations, as a standard deviation in metres: 0 while both arms hang. `placed` and `up` as in `armElevation`.
 */
export function shoulderRiseError(placed: ArrayLike<number>, up: Vector3): number {
  const left = clavicleElevation(armElevation('left', placed, up));
  const right = clavicleElevation(armElevation('right', placed, up));
  return (RISE_METRES * (left + right)) / 2;
}

/**
 * Writes where trackers find a shoulder's landmark on the body at rest, but with the shoulder as high as that arm
 * raises it; the landmark follows only the share `SHOULDER_FOLLOWS` of the clavicle's turn. Returns `target`.
 *
 * @param elevation Elevation of the arm from hanging, radians.
 * @param rest Joints and landmark sites in the rest pose: model space, metres.
 * @param target Receives the place, model space, metres.
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

import { Vector3 } from 'three';
import { landmarkIndex as at } from './landmark-index.ts';
import { between, middleOf } from './points.ts';
import type { PoseState } from './pose-state.ts';

/** Hip and knee of each leg. */
const LEGS = [
  [at.leftHip, at.leftKnee],
  [at.rightHip, at.rightKnee],
] as const;

// Scratch.
const shoulders = new Vector3();
const up = new Vector3();
const upThigh = new Vector3();

/** Moves a landmark by `metres` along the unit vector `direction`, in the picture and in space. */
function move({ placed, rays }: Pick<PoseState, 'placed' | 'rays'>, i: number, direction: Vector3, metres: number) {
  const depth = -placed[3 * i + 2];
  placed[3 * i] += metres * direction.x;
  placed[3 * i + 1] += metres * direction.y;
  rays[2 * i] += (metres * direction.x) / depth;
  rays[2 * i + 1] += (metres * direction.y) / depth;
}

/**
 * Moves the landmarks of hips and knees to where their sites are expected, if clothes draw them down: hips along the
 * trunk, knees along the thigh. Depths stay. Allocates nothing.
 *
 * @param state.placed 3 × 33 landmarks in camera space, metres; changed.
 * @param state.rays 2 × 33, x and y of their image points on the plane z = −1; changed.
 * @param lowHipsMetres How far below its site a hip is found.
 * @param lowKneesMetres The same of a knee.
 */
export function liftLandmarks(
  state: Pick<PoseState, 'placed' | 'rays'>,
  lowHipsMetres: number,
  lowKneesMetres: number,
): void {
  const { placed } = state;
  middleOf(placed, at.leftShoulder, at.rightShoulder, shoulders);
  up.subVectors(shoulders, middleOf(placed, at.leftHip, at.rightHip, up)).normalize();
  for (const [hip, knee] of LEGS) {
    between(placed, knee, hip, upThigh).normalize();
    move(state, knee, upThigh, lowKneesMetres);
    move(state, hip, up, lowHipsMetres);
  }
}

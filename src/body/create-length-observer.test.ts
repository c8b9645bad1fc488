import { expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { MORPH_COUNT } from '../mannequin/mannequin.ts';
import { segments } from './body-segments.ts';
import { createLengthObserver } from './create-length-observer.ts';
import { landmarkIndex as at } from './landmark-index.ts';
import { trunkRise } from './raised-shoulder.ts';
import { createRestBody, shapeRestBody } from './rest-body.ts';
import { ShapeEvidence } from './shape-evidence.ts';

const mannequin = await committedMannequin();
const observer = createLengthObserver(mannequin);
const eyesToAnkles = segments.findIndex(({ through }) => through);

/** Returns the landmarks of the mannequin, upright and 3 m before the camera, 3 × 33, metres. */
function standing(): Float32Array {
  const { sites } = shapeRestBody(mannequin, new Float32Array(MORPH_COUNT), createRestBody());
  return sites.map((value, i) => (i % 3 === 2 ? value - 3 : i % 3 === 1 ? value - 1 : value));
}

/** Swings a straight leg about its hip in the plane of the picture. `angle`: radians towards +x. */
function swingLeg(points: Float32Array, hip: number, leg: readonly number[], angle: number): void {
  for (const i of leg) {
    const [x, y] = [0, 1].map((axis) => points[3 * i + axis] - points[3 * hip + axis]);
    points[3 * i] = points[3 * hip] + x * Math.cos(angle) - y * Math.sin(angle);
    points[3 * i + 1] = points[3 * hip + 1] + x * Math.sin(angle) + y * Math.cos(angle);
  }
}

/** Returns how much one frame of these landmarks says of the length from eyes to ankles, 0..1. */
function weightOf(points: Float32Array): number {
  const evidence = new ShapeEvidence(observer.kinds);
  observer.observe(points, new Float32Array(33).fill(1), { evidence, first: 0, scale: 1 });
  return evidence.frames[eyesToAnkles];
}

it('takes the length from eyes to ankles of an upright body', () => {
  expect(weightOf(standing())).toBeGreaterThan(0.8);
});

it('takes none of a body with its legs apart, whose middles of knees and ankles lie below its hips', () => {
  const points = standing();
  swingLeg(points, at.leftHip, [at.leftKnee, at.leftAnkle], 0.7);
  swingLeg(points, at.rightHip, [at.rightKnee, at.rightAnkle], -0.7);
  expect(weightOf(points)).toBe(0);
});

it('takes the same trunk from lifted arms as from hanging ones: it takes off the rise of the shoulders', () => {
  const trunkOf = (points: Float32Array): { seen: number; frames: number } => {
    const evidence = new ShapeEvidence(observer.kinds);
    observer.observe(points, new Float32Array(33).fill(1), { evidence, first: 0, scale: 1 });
    return { seen: evidence.seen[0], frames: evidence.frames[0] };
  };
  const lifted = standing();
  for (const [shoulder, elbow] of [
    [at.leftShoulder, at.leftElbow],
    [at.rightShoulder, at.rightElbow],
  ]) {
    lifted[3 * elbow] = lifted[3 * shoulder];
    lifted[3 * elbow + 1] = lifted[3 * shoulder + 1] + 0.3;
    lifted[3 * elbow + 2] = lifted[3 * shoulder + 2];
  }
  const trunk = trunkOf(standing());
  const rise = trunkRise(lifted);
  expect(rise).toBeGreaterThan(1.1);
  for (const shoulder of [at.leftShoulder, at.rightShoulder])
    for (let axis = 0; axis < 3; axis++) {
      const hips = (lifted[3 * at.leftHip + axis] + lifted[3 * at.rightHip + axis]) / 2;
      const middle = (standing()[3 * at.leftShoulder + axis] + standing()[3 * at.rightShoulder + axis]) / 2;
      lifted[3 * shoulder + axis] += (rise - 1) * (middle - hips);
    }
  const found = trunkOf(lifted);
  expect(found.seen).toBeCloseTo(trunk.seen, 3);
  // Rhythms of shoulders differ, so it counts less.
  expect(found.frames).toBeLessThan(trunk.frames / 2);
  expect(found.frames).toBeGreaterThan(0);
});

import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/create-random.ts';
import { landmarkIndex as at } from './landmark-index.ts';
import { settleLimbs } from './settle-limbs.ts';

const sites = new Float32Array(3 * 33);
/** Upper arm 28 cm, forearm 25 cm; legs 42 and 40 cm. */
for (const [joint, y] of [
  [at.leftShoulder, 1.4],
  [at.leftElbow, 1.12],
  [at.leftWrist, 0.87],
  [at.leftHip, 0.9],
  [at.leftKnee, 0.48],
  [at.leftAnkle, 0.08],
]) {
  for (const side of [0, 1]) sites.set([0.2, y, 0], 3 * (joint + side));
}

/** A body two metres away with the left upper arm `forward` metres towards the camera, placed as if it were `modelled`. */
function armForward(forward: number, modelled: number): { placed: Float64Array; elbowDepth: number } {
  const placed = new Float64Array(3 * 33);
  const put = (landmark: number, x: number, y: number, z: number): void => placed.set([x, y, z], 3 * landmark);
  for (let i = 0; i < 33; i++) put(i, 0, 0, -2);
  put(at.leftShoulder, 0.2, 0.4, -2);
  const drop = Math.sqrt(0.28 ** 2 - forward ** 2);
  const elbow = [0.2, 0.4 - drop, -2 + forward];
  // On the same ray, at the depth that the model says.
  const scale = (2 - modelled) / (2 - forward);
  put(at.leftElbow, elbow[0] * scale, elbow[1] * scale, elbow[2] * scale);
  put(at.leftWrist, elbow[0] * scale, (elbow[1] - 0.25) * scale, elbow[2] * scale);
  return { placed, elbowDepth: 2 - forward };
}

describe('settleLimbs', () => {
  it('brings a foreshortened arm more than halfway from the depth of the model to the depth that its length tells', () => {
    const { placed, elbowDepth } = armForward(0.2, 0.08);
    settleLimbs.apply({ placed, rest: { joints: new Float32Array(0), sites } });
    expect(Math.abs(-placed[3 * at.leftElbow + 2] - elbowDepth)).toBeLessThan(0.06);
  });

  it('keeps the side of the model: an arm behind stays behind', () => {
    const { placed, elbowDepth } = armForward(-0.2, -0.08);
    settleLimbs.apply({ placed, rest: { joints: new Float32Array(0), sites } });
    expect(Math.abs(-placed[3 * at.leftElbow + 2] - elbowDepth)).toBeLessThan(0.06);
  });

  it('leaves landmarks on their image rays (seed 5)', () => {
    const random = createRandom(5);
    const placed = Float64Array.from({ length: 99 }, (_, i) => (i % 3 === 2 ? -1.5 - random() : random() - 0.5));
    const before = placed.slice();
    settleLimbs.apply({ placed, rest: { joints: new Float32Array(0), sites } });
    for (let i = 0; i < 33; i++) {
      for (const axis of [0, 1])
        expect(placed[3 * i + axis] / placed[3 * i + 2]).toBeCloseTo(before[3 * i + axis] / before[3 * i + 2], 9);
      expect(placed[3 * i + 2]).toBeLessThan(0);
    }
  });

  it('moves little where the bone lies across the view', () => {
    const { placed } = armForward(0, 0.03);
    settleLimbs.apply({ placed, rest: { joints: new Float32Array(0), sites } });
    expect(Math.abs(placed[3 * at.leftElbow + 2] + 2 - 0.03)).toBeLessThan(0.03);
  });
});

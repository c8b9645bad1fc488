import { describe, expect, it } from 'vitest';
import { isPerson } from './person-evidence.ts';
import type { LandmarkOutputs } from './pose-networks.ts';
import { RAW_LANDMARK_VALUES } from './refine-landmarks.ts';

/** A pose whose landmarks have these visibilities (logits). Left and right arm: elbow and wrist alike. */
function pose({ score = 1, shoulders = 7, hips = 5, left = -3, right = -3 }): LandmarkOutputs {
  const landmarks = new Float32Array(39 * RAW_LANDMARK_VALUES);
  const set = (indices: number[], visibility: number): void => {
    for (const i of indices) landmarks[i * RAW_LANDMARK_VALUES + 3] = visibility;
  };
  set([11, 12], shoulders);
  set([23, 24], hips);
  set([13, 15], left);
  set([14, 16], right);
  return { landmarks, score: Float32Array.of(score), world: new Float32Array(117) };
}

describe('isPerson', () => {
  it('accepts a clear face with hidden arms, and a clear arm with a hidden face', () => {
    expect(isPerson(pose({}), 5)).toBe(true);
    expect(isPerson(pose({ left: 5 }), -1)).toBe(true);
    expect(isPerson(pose({ right: 5 }), -1)).toBe(true);
  });

  it('refuses a trunk without arms and without a face, however high its pose score', () => {
    expect(isPerson(pose({}), -1)).toBe(false);
    expect(isPerson(pose({ shoulders: 6, hips: 8, left: 1 }), 0.3)).toBe(false);
  });

  it('refuses every pose of a low score', () => {
    expect(isPerson(pose({ score: 0.49, left: 9, right: 9 }), 9)).toBe(false);
    expect(isPerson(pose({ score: Number.NaN, left: 9 }), 9)).toBe(false);
  });

  it('does not take logits of hundreds, as the model gives for noise, for certainty', () => {
    expect(isPerson(pose({ shoulders: 480, hips: 0, left: -3 }), -2)).toBe(false);
  });

  it('wants elbow and wrist of the same arm', () => {
    const half = pose({});
    half.landmarks[13 * RAW_LANDMARK_VALUES + 3] = 6;
    half.landmarks[16 * RAW_LANDMARK_VALUES + 3] = 6;
    expect(isPerson(half, -1)).toBe(false);
  });
});

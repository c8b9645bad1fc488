import { describe, expect, it } from 'vitest';
import { CLEAR_EVIDENCE, MIN_EVIDENCE, personEvidence } from './person-evidence.ts';
import type { LandmarkOutputs } from './pose-networks.ts';
import { RAW_LANDMARK_VALUES } from './refine-landmarks.ts';

/** A pose whose landmarks have these visibilities (logits). Left and right arm: elbow and wrist alike. */
function pose({ score = 1, shoulders = 7, hips = 5, left = -3, right = -3, knees = 0 }): LandmarkOutputs {
  const landmarks = new Float32Array(39 * RAW_LANDMARK_VALUES);
  const set = (indices: number[], visibility: number): void => {
    for (const i of indices) landmarks[i * RAW_LANDMARK_VALUES + 3] = visibility;
  };
  set([11, 12], shoulders);
  set([23, 24], hips);
  set([25, 26], knees);
  set([13, 15], left);
  set([14, 16], right);
  return { landmarks, score: Float32Array.of(score), world: new Float32Array(117) };
}

describe('personEvidence', () => {
  it('is enough for a clear face with hidden arms, and for a clear arm with a hidden face', () => {
    expect(personEvidence(pose({ hips: 1 }), 5)).toBeGreaterThan(CLEAR_EVIDENCE);
    expect(personEvidence(pose({ left: 6 }), -1)).toBeGreaterThan(MIN_EVIDENCE);
    expect(personEvidence(pose({ right: 6 }), -1)).toBeGreaterThan(MIN_EVIDENCE);
  });

  it('is too little for a trunk without limbs and without a face, however high its pose score', () => {
    expect(personEvidence(pose({}), -1)).toBeLessThan(MIN_EVIDENCE);
    expect(personEvidence(pose({ shoulders: 6, hips: 8, left: 1 }), 0.3)).toBeLessThan(MIN_EVIDENCE);
  });

  it('is too little for every pose of a low score', () => {
    expect(personEvidence(pose({ score: 0.49, left: 9, right: 9 }), 9)).toBeLessThan(MIN_EVIDENCE);
    expect(personEvidence(pose({ score: Number.NaN, left: 9 }), 9)).toBeLessThan(MIN_EVIDENCE);
  });

  it('does not take logits of hundreds, as the model gives for noise, for certainty', () => {
    expect(personEvidence(pose({ shoulders: 480, hips: 0 }), -2)).toBeLessThan(MIN_EVIDENCE);
  });

  it('rises with a visible knee and falls with visible hips', () => {
    const evidence = personEvidence(pose({}), 0);
    expect(personEvidence(pose({ knees: 4 }), 0)).toBeGreaterThan(evidence);
    expect(personEvidence(pose({ hips: 8 }), 0)).toBeLessThan(evidence);
  });

  it('does not fall further when the knees are far outside the picture', () => {
    expect(personEvidence(pose({ knees: -7 }), 0)).toBe(personEvidence(pose({ knees: -2 }), 0));
  });
});

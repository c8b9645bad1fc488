import { describe, expect, it } from 'vitest';
import { landmarkIndex } from '../../src/body/landmark-index.ts';
import {
  comparedJoints,
  compareLandmarks,
  compareWithTruth,
  jointsOf,
  type SeenPose,
  torsoLength,
} from './compare-landmarks.ts';

/** All landmarks in the middle of a frame of 200 × 100 pixels, except the hips, which lie 40 pixels below. */
function createPose(): SeenPose & { landmarks: { x: number; y: number; visibility: number }[] } {
  const landmarks = Array.from({ length: 33 }, () => ({ x: 0.5, y: 0.5, visibility: 1 }));
  for (const name of ['leftHip', 'rightHip'] as const) landmarks[landmarkIndex[name]].y = 0.9;
  return { width: 200, height: 100, landmarks };
}

describe('compareLandmarks', () => {
  it('is zero for the same pose and counts every visible landmark', () => {
    const { px, torso, disagreements } = compareLandmarks([createPose()], [createPose()]);
    expect(px).toEqual(Array(33).fill(0));
    expect(torso).toEqual(px);
    expect(disagreements).toBe(0);
  });

  it('measures in pixels of both axes and by the reference’s torso', () => {
    const ours = createPose();
    ours.landmarks[0].x += 0.015;
    ours.landmarks[0].y += 0.04;
    const { px, torso } = compareLandmarks([ours], [createPose()]);
    expect(px[0]).toBeCloseTo(5, 9);
    expect(torso[0]).toBeCloseTo(5 / 40, 9);
  });

  it('leaves out landmarks that are hidden for either tracker, and counts frames in which only one found a person', () => {
    const ours = createPose();
    ours.landmarks[3].visibility = 0.5;
    const reference = createPose();
    reference.landmarks[4].visibility = 0.2;
    expect(compareLandmarks([ours], [reference]).px.length).toBe(31);
    const empty = { ...createPose(), landmarks: null };
    expect(compareLandmarks([empty, empty, ours], [reference, empty, empty])).toEqual({
      px: [],
      torso: [],
      disagreements: 2,
    });
  });
});

describe('compareWithTruth', () => {
  it('is each compared joint’s distance as a share of the exact torso', () => {
    const pose = createPose();
    const exact = jointsOf(createPose());
    expect(exact && torsoLength(exact)).toBeCloseTo(40, 9);
    pose.landmarks[landmarkIndex.leftWrist].x += 0.1;
    const errors = compareWithTruth([pose, { ...pose, landmarks: null }], [exact ?? {}, exact ?? {}]);
    expect(errors.length).toBe(comparedJoints.length);
    expect(errors[comparedJoints.indexOf('leftWrist')]).toBeCloseTo(20 / 40, 9);
    expect(errors.filter((error) => error > 1e-9).length).toBe(1);
  });
});

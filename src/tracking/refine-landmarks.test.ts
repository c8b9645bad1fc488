import { describe, expect, it } from 'vitest';
import { RAW_LANDMARK_VALUES, refineLandmarks } from './refine-landmarks.ts';

const SIDE = 64;
const COUNT = 2;

/** Heatmaps of probability 0 everywhere, and two landmarks in the middle of the crop. */
function createScene(): { landmarks: Float32Array; heatmaps: Float32Array } {
  const landmarks = new Float32Array(COUNT * RAW_LANDMARK_VALUES);
  landmarks.set([128, 128, 7, 1, 2]);
  landmarks.set([128, 128, 7, 1, 2], RAW_LANDMARK_VALUES);
  return { landmarks, heatmaps: new Float32Array(SIDE * SIDE * COUNT).fill(-50) };
}

describe('refineLandmarks', () => {
  it('moves a landmark to the mean of the probable cells around it, and leaves the other landmark', () => {
    const { landmarks, heatmaps } = createScene();
    heatmaps[(33 * SIDE + 34) * COUNT] = 50;
    heatmaps[(33 * SIDE + 35) * COUNT] = 50;
    refineLandmarks(landmarks, 256, heatmaps, SIDE);
    expect([...landmarks]).toEqual([34.5 * 4, 33 * 4, 7, 1, 2, 128, 128, 7, 1, 2]);
  });

  it('leaves a landmark whose cells are below one half or farther than the kernel', () => {
    const { landmarks, heatmaps } = createScene();
    heatmaps[(32 * SIDE + 33) * COUNT] = -0.1;
    heatmaps[(32 * SIDE + 36) * COUNT + 1] = 50;
    refineLandmarks(landmarks, 256, heatmaps, SIDE);
    expect(landmarks[0]).toBe(128);
    expect(landmarks[RAW_LANDMARK_VALUES]).toBe(128);
  });

  it('leaves a landmark outside the crop, and refines one at its edge', () => {
    const { landmarks, heatmaps } = createScene();
    landmarks[0] = -9;
    landmarks[RAW_LANDMARK_VALUES] = 255;
    landmarks[RAW_LANDMARK_VALUES + 1] = 1;
    heatmaps[(0 * SIDE + 62) * COUNT + 1] = 50;
    refineLandmarks(landmarks, 256, heatmaps, SIDE);
    expect(landmarks[0]).toBe(-9);
    expect(landmarks[RAW_LANDMARK_VALUES]).toBe(62 * 4);
    expect(landmarks[RAW_LANDMARK_VALUES + 1]).toBeCloseTo(0, 6);
  });
});

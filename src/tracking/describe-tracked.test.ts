import { describe, expect, it } from 'vitest';
import { createTrackedFrame } from './create-tracked-frame.ts';
import { describeTracked } from './describe-tracked.ts';

describe('describeTracked', () => {
  it('converts each array of landmarks to 33 objects, and copies the rest', () => {
    const tracked = Object.assign(createTrackedFrame(), { timeMs: 40, frame: 7, width: 640, height: 480, score: 0.75 });
    tracked.landmarks.set([0.25, 0.5, -0.125, 1], 4 * 32);
    tracked.worldLandmarks.set([0.5, -0.25, 2, 0.5], 4 * 11);
    const { landmarks, worldLandmarks, ...rest } = describeTracked(tracked);
    expect([landmarks.length, worldLandmarks.length]).toEqual([33, 33]);
    expect(landmarks[32]).toEqual({ x: 0.25, y: 0.5, z: -0.125, visibility: 1 });
    expect(worldLandmarks[11]).toEqual({ x: 0.5, y: -0.25, z: 2, visibility: 0.5 });
    expect(rest).toEqual({ timeMs: 40, frame: 7, width: 640, height: 480, mask: null, score: 0.75 });
  });

  it('keeps its landmarks when the tracked frame is reused', () => {
    const tracked = createTrackedFrame();
    const described = describeTracked(tracked);
    tracked.landmarks.fill(1);
    expect(described.landmarks[0].x).toBe(0);
  });

  it('does not read the pixels of the mask', () => {
    let reads = 0;
    const mask = {
      width: 1,
      height: 1,
      get data() {
        reads++;
        return new Uint8ClampedArray(1);
      },
    };
    const described = describeTracked({ ...createTrackedFrame(), mask });
    expect(reads).toBe(0);
    expect(described.mask?.data.length).toBe(1);
    expect(reads).toBe(1);
  });
});

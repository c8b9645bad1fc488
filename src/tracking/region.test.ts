import { describe, expect, it } from 'vitest';
import { AFFINE_VALUES, frameToCropAffine } from './crop-affines.ts';
import { createRegion, frameRegion, regionFromPoints, regionToFrame } from './region.ts';

describe('region', () => {
  it('is upright when the top point lies above the hips', () => {
    const region = regionFromPoints(300, 500, 300, 100, 1.25, createRegion());
    expect(region).toEqual({ x: 300, y: 500, size: 1000, rotation: 0 });
  });

  it('is rotated by 90° clockwise for a person who lies to the right, with the head at the top of the crop', () => {
    const region = regionFromPoints(300, 500, 500, 500, 1, createRegion());
    expect(region.rotation).toBeCloseTo(Math.PI / 2, 12);
    const point = [0, 0];
    regionToFrame(region, 0.5, 0, point);
    expect(point[0]).toBeCloseTo(500, 6);
    expect(point[1]).toBeCloseTo(500, 6);
  });

  it('regionToFrame() is the inverse of frameToCropAffine() (seeds 1 to 200)', () => {
    const point = [0, 0];
    const affine = new Array<number>(AFFINE_VALUES).fill(NaN);
    for (let seed = 1; seed <= 200; seed++) {
      let state = seed * 48271;
      const random = (): number => (state = (state * 16807) % 2147483647) / 2147483647;
      const region = regionFromPoints(
        random() * 1280,
        random() * 720,
        random() * 1280,
        random() * 720,
        1.25,
        createRegion(),
      );
      const [u, v] = [random(), random()];
      regionToFrame(region, u, v, point);
      // A crop of one pixel: its coordinates are 0..1 across the region.
      frameToCropAffine(region, 1, affine);
      const [a, b, c, d, e, f] = affine;
      expect(a * point[0] + b * point[1] + c).toBeCloseTo(u, 8);
      expect(d * point[0] + e * point[1] + f).toBeCloseTo(v, 8);
      expect(Math.abs(region.rotation)).toBeLessThanOrEqual(Math.PI);
    }
  });

  it('frameRegion() is the square around the frame', () => {
    const region = frameRegion(720, 1280, createRegion());
    const point = [0, 0];
    regionToFrame(region, 0.5, 0, point);
    expect(point).toEqual([360, 0]);
    regionToFrame(region, 0, 1, point);
    expect(point).toEqual([-280, 1280]);
  });
});

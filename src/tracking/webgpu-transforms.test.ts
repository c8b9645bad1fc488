import { expect, test } from 'vitest';
import { frameToRegion, regionToFrame } from './region.ts';
import { AFFINE_VALUES, cropToTexture, maskToCrop } from './webgpu-transforms.ts';

const region = { x: 210, y: 333, size: 480, rotation: 0.7 };
const frame = { width: 360, height: 640 };
const cropSize = 256;

function apply(affine: ArrayLike<number>, x: number, y: number): [number, number] {
  return [affine[0] * x + affine[1] * y + affine[2], affine[3] * x + affine[4] * y + affine[5]];
}

test("cropToTexture sends the centres of a crop's pixels where regionToFrame does", () => {
  const affine = new Array<number>(AFFINE_VALUES).fill(NaN);
  cropToTexture(region, cropSize, frame.width, frame.height, affine);
  for (const [column, row] of [
    [0, 0],
    [255, 0],
    [0, 255],
    [31, 200],
  ]) {
    const point = [0, 0];
    regionToFrame(region, (column + 0.5) / cropSize, (row + 0.5) / cropSize, point);
    const [u, v] = apply(affine, column + 0.5, row + 0.5);
    expect(u * frame.width).toBeCloseTo(point[0], 6);
    expect(v * frame.height).toBeCloseTo(point[1], 6);
  }
});

test("maskToCrop sends the centres of a mask's pixels where frameToRegion does", () => {
  const [width, height] = [144, 256];
  const affine = new Array<number>(AFFINE_VALUES).fill(NaN);
  maskToCrop(region, cropSize, frame.width, frame.height, width, height, affine);
  for (const [column, row] of [
    [0, 0],
    [143, 0],
    [0, 255],
    [70, 128],
  ]) {
    const point = [0, 0];
    frameToRegion(region, ((column + 0.5) / width) * frame.width, ((row + 0.5) / height) * frame.height, point);
    const [x, y] = apply(affine, column, row);
    expect((x + 0.5) / cropSize).toBeCloseTo(point[0], 6);
    expect((y + 0.5) / cropSize).toBeCloseTo(point[1], 6);
  }
});

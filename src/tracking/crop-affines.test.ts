import { describe, expect, it } from 'vitest';
import {
  AFFINE_VALUES,
  type Affine,
  cropToFrameAffine,
  cropToTextureAffine,
  frameToCropAffine,
  maskToCropAffine,
} from './crop-affines.ts';
import { regionToFrame } from './region.ts';

const region = { x: 210, y: 333, size: 480, rotation: 0.7 };
const frame = { width: 360, height: 640 };
const cropSize = 256;

function apply(affine: Affine, x: number, y: number): [number, number] {
  return [affine[0] * x + affine[1] * y + affine[2], affine[3] * x + affine[4] * y + affine[5]];
}

function createAffine(): number[] {
  return new Array<number>(AFFINE_VALUES).fill(NaN);
}

describe('affines of a crop', () => {
  for (const [column, row] of [
    [0, 0],
    [255, 0],
    [0, 255],
    [31, 200],
  ]) {
    const [x, y] = [column + 0.5, row + 0.5];
    const inFrame = [0, 0];
    regionToFrame(region, x / cropSize, y / cropSize, inFrame);

    it(`cropToFrameAffine maps crop pixel ${column}, ${row} to the frame pixel that regionToFrame names`, () => {
      const affine = createAffine();
      cropToFrameAffine(region, cropSize, affine);
      const [frameX, frameY] = apply(affine, x, y);
      expect(frameX).toBeCloseTo(inFrame[0], 6);
      expect(frameY).toBeCloseTo(inFrame[1], 6);
    });

    it(`cropToTextureAffine maps crop pixel ${column}, ${row} to the texture coordinates of that frame pixel`, () => {
      const affine = createAffine();
      cropToTextureAffine(region, cropSize, frame.width, frame.height, affine);
      const [u, v] = apply(affine, x, y);
      expect(u * frame.width).toBeCloseTo(inFrame[0], 6);
      expect(v * frame.height).toBeCloseTo(inFrame[1], 6);
    });

    it(`frameToCropAffine maps that frame pixel back to crop pixel ${column}, ${row}`, () => {
      const affine = createAffine();
      frameToCropAffine(region, cropSize, affine);
      const [cropX, cropY] = apply(affine, inFrame[0], inFrame[1]);
      expect(cropX).toBeCloseTo(x, 6);
      expect(cropY).toBeCloseTo(y, 6);
    });
  }

  it('maskToCropAffine maps the centres of mask pixels to the crop indices that show the same frame pixel', () => {
    const [width, height] = [144, 256];
    const affine = createAffine();
    maskToCropAffine(region, cropSize, frame.width, frame.height, width, height, affine);
    for (const [column, row] of [
      [0, 0],
      [143, 0],
      [0, 255],
      [70, 128],
    ]) {
      const [x, y] = apply(affine, column, row);
      const inFrame = [0, 0];
      regionToFrame(region, (x + 0.5) / cropSize, (y + 0.5) / cropSize, inFrame);
      expect(inFrame[0]).toBeCloseTo(((column + 0.5) / width) * frame.width, 6);
      expect(inFrame[1]).toBeCloseTo(((row + 0.5) / height) * frame.height, 6);
    }
  });
});

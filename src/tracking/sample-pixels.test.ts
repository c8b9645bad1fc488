import { describe, expect, it } from 'vitest';
import type { CropTarget } from './cropper.ts';
import { type PixelFormat, type Pixels, sampleRegion, yuvColors } from './sample-pixels.ts';

const WIDTH = 16;
const HEIGHT = 8;

/** A whole frame in one format, from Y, Cb and Cr (or R, G and B) of each pixel; colour is taken from each second pixel. */
const createPixels = (format: PixelFormat, color: (x: number, y: number) => [number, number, number], standard: 601 | 709 = 709): Pixels => {
  const planar = format === 'NV12' || format === 'I420';
  const area = WIDTH * HEIGHT;
  const bytes = new Uint8Array(planar ? area * 1.5 : area * 4);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const [a, b, c] = color(x, y);
      const i = y * WIDTH + x;
      if (!planar) {
        bytes.set(format.startsWith('B') ? [c, b, a, 255] : [a, b, c, 255], 4 * i);
        continue;
      }
      bytes[i] = a;
      const cell = (y >> 1) * (WIDTH / 2) + (x >> 1);
      if (format === 'NV12') bytes.set([b, c], area + 2 * cell);
      else {
        bytes[area + cell] = b;
        bytes[area * 1.25 + cell] = c;
      }
    }
  }
  const offsets = format === 'NV12' ? [0, area] : format === 'I420' ? [0, area, area * 1.25] : [0];
  const strides = format === 'NV12' ? [WIDTH, WIDTH] : format === 'I420' ? [WIDTH, WIDTH / 2, WIDTH / 2] : [4 * WIDTH];
  return { format, bytes, offsets, strides, left: 0, top: 0, width: WIDTH, height: HEIGHT, colors: yuvColors(standard, false) };
};

const createTarget = (size: number, border: CropTarget['border'] = 'edge'): CropTarget => ({ size, values: new Float32Array(size * size * 3), scale: 1, offset: 0, border });

describe('yuvColors', () => {
  // ITU-R BT.709 and BT.601, 8 bits: 75 % red of the colour bars is Y 63, Cb 102, Cr 212 and Y 81, Cb 90, Cr 240 is 100 % red by BT.601.
  it.each([
    [709, [16, 128, 128], [0, 0, 0]],
    [709, [235, 128, 128], [255, 255, 255]],
    [709, [63, 102, 240], [255, 0, 0]],
    [601, [81, 90, 240], [255, 0, 0]],
    [601, [145, 54, 34], [0, 255, 0]],
    [709, [32, 240, 118], [0, 0, 255]],
  ] as const)('turns BT.%i %j into %j', (standard, yuv, rgb) => {
    for (const format of ['NV12', 'I420'] as const) {
      const target = createTarget(2);
      sampleRegion(createPixels(format, () => [...yuv], standard), WIDTH, HEIGHT, { x: 8, y: 4, size: 4, rotation: 0 }, target);
      rgb.forEach((value, k) => expect(Math.abs(target.values[k] - value)).toBeLessThan(2.5));
    }
  });
});

describe('sampleRegion', () => {
  it.each(['RGBA', 'RGBX', 'BGRA', 'BGRX'] as const)('reads %s as red, green, blue', (format) => {
    const target = createTarget(2);
    sampleRegion(createPixels(format, () => [10, 20, 30]), WIDTH, HEIGHT, { x: 8, y: 4, size: 4, rotation: 0 }, target);
    expect([...target.values.slice(0, 3)]).toEqual([10, 20, 30]);
  });

  it('samples between the pixel centres', () => {
    const target = createTarget(4);
    // Red counts columns, green rows: the crop of 2 × 2 pixels has samples every half pixel.
    sampleRegion(createPixels('RGBA', (x, y) => [10 * x, 10 * y, 0]), WIDTH, HEIGHT, { x: 8, y: 4, size: 2, rotation: 0 }, target);
    expect(target.values[0]).toBeCloseTo(10 * (7.25 - 0.5), 4);
    expect(target.values[3]).toBeCloseTo(10 * (7.75 - 0.5), 4);
    expect(target.values[1]).toBeCloseTo(10 * (3.25 - 0.5), 4);
  });

  it('turns the region clockwise, in the frame as it is shown', () => {
    const target = createTarget(2);
    const pixels = createPixels('RGBA', (x, y) => [10 * x, 10 * y, 0]);
    sampleRegion(pixels, WIDTH, HEIGHT, { x: 8, y: 4, size: 4, rotation: Math.PI / 2 }, target);
    // The crop's first sample, up and left of its centre, lies up and right in the frame.
    expect(target.values[0]).toBeCloseTo(10 * (9 - 0.5), 4);
    expect(target.values[1]).toBeCloseTo(10 * (3 - 0.5), 4);
    // One to the right in the crop is one down in the frame.
    expect(target.values[3]).toBeCloseTo(10 * (9 - 0.5), 4);
    expect(target.values[4]).toBeCloseTo(10 * (5 - 0.5), 4);
  });

  it('draws the edge out or leaves black beyond the frame, offset and all', () => {
    const pixels = createPixels('RGBA', () => [50, 60, 70]);
    const beyond = { x: -20, y: 4, size: 4, rotation: 0 };
    const edge = createTarget(2);
    sampleRegion(pixels, WIDTH, HEIGHT, beyond, edge);
    expect([...edge.values.slice(0, 3)]).toEqual([50, 60, 70]);
    const black: CropTarget = { ...createTarget(2, 'black'), scale: 2 / 255, offset: -1 };
    sampleRegion(pixels, WIDTH, HEIGHT, beyond, black);
    expect([...black.values.slice(0, 3)]).toEqual([-1, -1, -1]);
  });

  it('keeps the colours of a sliver that has one colour sample', () => {
    const whole = createPixels('NV12', (x, y) => (x >= WIDTH - 2 && y >= HEIGHT - 2 ? [81, 90, 240] : [81, 128, 128]), 601);
    const target = createTarget(4);
    const sliver = { ...whole, left: WIDTH - 2, width: 2, top: HEIGHT - 2, height: 2, offsets: [WIDTH * (HEIGHT - 2) + WIDTH - 2, WIDTH * HEIGHT + WIDTH * (HEIGHT / 2 - 1) + WIDTH - 2] };
    sampleRegion(sliver, WIDTH, HEIGHT, { x: WIDTH, y: HEIGHT, size: 4, rotation: 0 }, target);
    for (let i = 0; i < target.values.length; i++) expect(Math.abs(target.values[i] - (i % 3 === 0 ? 255 : 0))).toBeLessThan(2.5);
  });

  it.each(['NV12', 'RGBA'] as const)('reads a part of the frame (%s) as it reads the whole', (format) => {
    const color = (x: number, y: number): [number, number, number] => [40 + 9 * x, 90 + 8 * (x >> 1), 100 + 10 * (y >> 1)];
    const whole = createPixels(format, color);
    const region = { x: 9, y: 4, size: 3, rotation: 0.3 };
    const expected = createTarget(8);
    sampleRegion(whole, WIDTH, HEIGHT, region, expected);
    // Columns 4 to 15: the same bytes, begun later in each row.
    const part = { ...whole, left: 4, width: 12, offsets: format === 'NV12' ? [4, WIDTH * HEIGHT + 4] : [16] };
    const target = createTarget(8);
    sampleRegion(part, WIDTH, HEIGHT, region, target);
    expected.values.forEach((value, i) => expect(target.values[i]).toBeCloseTo(value, 3));
  });
});

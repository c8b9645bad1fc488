import { describe, expect, it } from 'vitest';
import type { CropTarget } from './cropper.ts';
import { PIXEL_FORMATS, type PixelFormat, type Planes, PlanesKernel } from './planes-kernel.ts';
import type { Region } from './region.ts';
import { yuvColors } from './yuv-colors.ts';

const WIDTH = 16;
const HEIGHT = 8;
const AREA = WIDTH * HEIGHT;
/** Side of the crops, pixels. */
const SIZE = 8;

type Color = (x: number, y: number) => readonly [number, number, number];

function isPlanar(format: PixelFormat): boolean {
  return format === 'NV12' || format === 'I420';
}

/**
 * Bytes of a frame. `color` gives Y, Cb and Cr of each pixel (chroma is the mean of four pixels), or red, green and
 * blue.
 */
function createFrame(format: PixelFormat, color: Color): Uint8Array {
  if (!isPlanar(format)) {
    return Uint8Array.from({ length: AREA * 4 }, (_, i) => {
      const rgba = [...color((i >> 2) % WIDTH, Math.floor((i >> 2) / WIDTH)), 255];
      return (format[0] === 'B' ? [rgba[2], rgba[1], rgba[0], 255] : rgba)[i & 3];
    });
  }
  const bytes = new Uint8Array(AREA * 1.5);
  for (let y = 0; y < HEIGHT; y++) for (let x = 0; x < WIDTH; x++) [bytes[y * WIDTH + x]] = color(x, y);
  for (let y = 0; y < HEIGHT; y += 2) {
    for (let x = 0; x < WIDTH; x += 2) {
      const cell = (y >> 1) * (WIDTH / 2) + (x >> 1);
      for (const k of [1, 2]) {
        const mean = (color(x, y)[k] + color(x + 1, y)[k] + color(x, y + 1)[k] + color(x + 1, y + 1)[k]) / 4;
        bytes[AREA + (format === 'NV12' ? 2 * cell + k - 1 : cell + ((k - 1) * AREA) / 4)] = mean;
      }
    }
  }
  return bytes;
}

function layoutOf(format: PixelFormat, standard: 601 | 709 = 709): Planes {
  return {
    format,
    offsets: !isPlanar(format) ? [0] : format === 'NV12' ? [0, AREA] : [0, AREA, AREA * 1.25],
    strides: !isPlanar(format) ? [4 * WIDTH] : format === 'NV12' ? [WIDTH, WIDTH] : [WIDTH, WIDTH / 2, WIDTH / 2],
    left: 0,
    top: 0,
    width: WIDTH,
    height: HEIGHT,
    colors: yuvColors(standard, false),
  };
}

function createTarget(size = SIZE, border: CropTarget['border'] = 'edge'): CropTarget {
  return { size, values: new Float32Array(size * size * 3), scale: 1, offset: 0, border };
}

function crop(bytes: Uint8Array, planes: Planes, region: Region, target = createTarget()): Float32Array {
  const kernel = new PlanesKernel(target.size);
  kernel.reserve(bytes.length).set(bytes);
  kernel.sample(planes, WIDTH, HEIGHT, region, target);
  return target.values;
}

/**
 * The RGB that a crop's pixel should have by definition: bilinear between pixel centres, chroma between its own, edges
 * repeated.
 */
function expected(
  bytes: Uint8Array,
  { format, colors, offsets }: Planes,
  region: Region,
  column: number,
  row: number,
): number[] {
  const sample = (plane: number, step: number, width: number, height: number, x: number, y: number): number => {
    const px = Math.min(width - 1, Math.max(0, x));
    const py = Math.min(height - 1, Math.max(0, y));
    const x0 = Math.min(width - 2, Math.floor(px));
    const y0 = Math.min(height - 2, Math.floor(py));
    const value = (i: number, j: number): number => bytes[plane + (j * width + i) * step];
    const mix = (a: number, b: number, t: number): number => a + (b - a) * t;
    return mix(
      mix(value(x0, y0), value(x0 + 1, y0), px - x0),
      mix(value(x0, y0 + 1), value(x0 + 1, y0 + 1), px - x0),
      py - y0,
    );
  };
  const step = region.size / SIZE;
  const [dx, dy] = [(column + 0.5 - SIZE / 2) * step, (row + 0.5 - SIZE / 2) * step];
  const [cos, sin] = [Math.cos(region.rotation), Math.sin(region.rotation)];
  const x = region.x + cos * dx - sin * dy;
  const y = region.y + sin * dx + cos * dy;
  if (!isPlanar(format))
    return (format[0] === 'B' ? [2, 1, 0] : [0, 1, 2]).map((plane) =>
      sample(plane, 4, WIDTH, HEIGHT, x - 0.5, y - 0.5),
    );
  // Chroma positions are clamped to the picture.
  const u = Math.min(WIDTH - 0.5, Math.max(0.5, x));
  const v = Math.min(HEIGHT - 0.5, Math.max(0.5, y));
  const luma = sample(0, 1, WIDTH, HEIGHT, x - 0.5, y - 0.5) - colors.black;
  const next = format === 'NV12' ? 2 : 1;
  const cb = sample(offsets[1], next, WIDTH / 2, HEIGHT / 2, u / 2 - 0.5, v / 2 - 0.5) - 128;
  const cr =
    sample(format === 'NV12' ? offsets[1] + 1 : offsets[2], next, WIDTH / 2, HEIGHT / 2, u / 2 - 0.5, v / 2 - 0.5) -
    128;
  const rgb = [
    colors.luma * luma + colors.redCr * cr,
    colors.luma * luma - colors.greenCb * cb - colors.greenCr * cr,
    colors.luma * luma + colors.blueCb * cb,
  ];
  return rgb.map((value) => Math.min(255, Math.max(0, value)));
}

describe('yuvColors', () => {
  // ITU-R BT.709 and BT.601, 8 bits: black and white, and the full primaries.
  it.each([
    [709, [16, 128, 128], [0, 0, 0]],
    [709, [235, 128, 128], [255, 255, 255]],
    [709, [63, 102, 240], [255, 0, 0]],
    [601, [81, 90, 240], [255, 0, 0]],
    [601, [145, 54, 34], [0, 255, 0]],
    [709, [32, 240, 118], [0, 0, 255]],
  ] as const)('converts BT.%i %j to %j', (standard, yuv, rgb) => {
    for (const format of ['NV12', 'I420'] as const) {
      const values = crop(
        createFrame(format, () => yuv),
        layoutOf(format, standard),
        { x: 8, y: 4, size: 4, rotation: 0 },
      );
      rgb.forEach((value, k) => expect(Math.abs(values[k] - value)).toBeLessThan(2.5));
    }
  });
});

describe.each([...PIXEL_FORMATS])('PlanesKernel with %s', (format) => {
  const noise: Color = (x, y) => [
    16 + ((x * 37 + y * 91) % 200),
    40 + ((x * 53 + y * 17) % 170),
    40 + ((x * 29 + y * 71) % 170),
  ];
  const frame = createFrame(format, noise);

  it.each([
    ['inside', { x: 8, y: 4, size: 3, rotation: 0 }],
    ['rotated', { x: 7.3, y: 4.4, size: 5, rotation: 0.7 }],
    ['beyond every edge', { x: 6, y: 3, size: 31, rotation: -2.1 }],
    ['far outside', { x: -90, y: 70, size: 12, rotation: 1 }],
  ] as const)('samples a region %s bilinearly', (_, region) => {
    const values = crop(frame, layoutOf(format), region);
    for (let row = 0; row < SIZE; row++) {
      for (let column = 0; column < SIZE; column++) {
        expected(frame, layoutOf(format), region, column, row).forEach((value, k) => {
          expect(Math.abs(values[3 * (row * SIZE + column) + k] - value), `${column}, ${row}`).toBeLessThan(1);
        });
      }
    }
  });

  it('writes black outside the frame with border `black`, with scale and offset applied', () => {
    const target: CropTarget = { ...createTarget(SIZE, 'black'), scale: 2 / 255, offset: -1 };
    // The right half of the crop lies outside the frame.
    const values = crop(
      createFrame(format, () => (isPlanar(format) ? [235, 128, 128] : [255, 255, 255])),
      layoutOf(format),
      { x: 16, y: 4, size: 8, rotation: 0 },
      target,
    );
    for (let row = 0; row < SIZE; row++) {
      for (let column = 0; column < SIZE; column++)
        expect(values[3 * (row * SIZE + column)]).toBeCloseTo(column < SIZE / 2 ? 1 : -1, 1);
    }
  });

  it('keeps the colour of a rectangle of 2 × 2 pixels, which has a single chroma sample', () => {
    const red: Color = (x, y) =>
      x < WIDTH - 2 || y < HEIGHT - 2 ? [81, 128, 128] : isPlanar(format) ? [81, 90, 240] : [255, 0, 0];
    const whole = layoutOf(format, 601);
    const lumaOffset = WIDTH * (HEIGHT - 2) + WIDTH - 2;
    const cell = (WIDTH / 2) * (HEIGHT / 2 - 1) + WIDTH / 2 - 1;
    const corner = {
      ...whole,
      left: WIDTH - 2,
      width: 2,
      top: HEIGHT - 2,
      height: 2,
      offsets: whole.offsets.map(
        (offset, i) =>
          offset + (!isPlanar(format) ? 4 * lumaOffset : i === 0 ? lumaOffset : format === 'NV12' ? 2 * cell : cell),
      ),
    };
    const values = crop(createFrame(format, red), corner, { x: WIDTH, y: HEIGHT, size: 4, rotation: 0 });
    for (let i = 0; i < values.length; i++) expect(Math.abs(values[i] - (i % 3 === 0 ? 255 : 0))).toBeLessThan(2.5);
  });

  it('samples a rectangle of the frame as it samples the whole frame', () => {
    const region = { x: 9, y: 4, size: 3, rotation: 0.3 };
    const whole = layoutOf(format);
    // Columns 4 to 15 of the same bytes.
    const part = {
      ...whole,
      left: 4,
      width: 12,
      offsets: whole.offsets.map(
        (offset, i) => offset + (!isPlanar(format) ? 16 : i === 0 || format === 'NV12' ? 4 : 2),
      ),
    };
    expect(crop(frame, part, region)).toEqual(crop(frame, whole, region));
  });

  it('samples crops of two sizes from pictures of growing size with one kernel', () => {
    const kernel = new PlanesKernel(2 * SIZE);
    kernel.reserve(frame.length).set(frame);
    const small = createTarget();
    kernel.sample(layoutOf(format), WIDTH, HEIGHT, { x: 8, y: 4, size: 4, rotation: 0 }, small);
    kernel.reserve(4_000_000).set(frame);
    const large = createTarget(2 * SIZE);
    kernel.sample(layoutOf(format), WIDTH, HEIGHT, { x: 8, y: 4, size: 4, rotation: 0 }, large);
    expect([...small.values]).toEqual([...crop(frame, layoutOf(format), { x: 8, y: 4, size: 4, rotation: 0 })]);
    expect([...large.values]).toEqual([
      ...crop(frame, layoutOf(format), { x: 8, y: 4, size: 4, rotation: 0 }, createTarget(2 * SIZE)),
    ]);
  });
});

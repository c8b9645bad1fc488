import { describe, expect, it } from 'vitest';
import { FrameMask } from './frame-mask.ts';
import { CERTAINTY_FACTORS, PREVIOUS_RATIO } from './mask-smoothing.ts';
import type { Region } from './region.ts';

const SIDE = 64;
const AREA = SIDE ** 2;
const FULL = new Float32Array(AREA).fill(1);

function bytesOf(mask: FrameMask): Uint8ClampedArray {
  return new Uint8ClampedArray(mask.toBytes(null).pixels as ArrayBuffer);
}

/** The first mask of a frame, from one crop. */
function projectOnce(
  values: Float32Array,
  kind: 'logits' | 'probabilities',
  width: number,
  height: number,
  region: Region,
): Uint8ClampedArray {
  const mask = new FrameMask(SIDE);
  mask.setCrop(values, kind);
  mask.project(width, height, region, false);
  return bytesOf(mask);
}
/** The whole frame, if frame, crop and mask have `SIDE` × `SIDE` pixels. */
const WHOLE_FRAME: Region = { x: SIDE / 2, y: SIDE / 2, size: SIDE, rotation: 0 };

describe('FrameMask', () => {
  it('fills the mask in the region; the mask has the aspect of the frame and 256 pixels on the longer side', () => {
    const mask = new FrameMask(SIDE);
    mask.setCrop(FULL, 'probabilities');
    mask.project(720, 1280, { x: 360, y: 640, size: 1000, rotation: 0 }, false);
    const { width, height } = mask.toBytes(null);
    const bytes = bytesOf(mask);
    expect([width, height, bytes.length]).toEqual([144, 256, 144 * 256]);
    expect(bytes[128 * 144 + 72]).toBe(255);
    expect(bytes[10 * 144 + 72]).toBe(0);
  });

  it('equals the crop when the crop shows the whole frame at the size of the mask', () => {
    const values = Float32Array.from({ length: AREA }, (_, i) => ((i * 7919) % 1000) / 1000);
    projectOnce(values, 'probabilities', SIDE, SIDE, WHOLE_FRAME).forEach((byte, i) =>
      expect(Math.abs(byte - 255 * values[i])).toBeLessThanOrEqual(0.51),
    );
  });

  it('converts logits by the logistic function, to within one of 255 levels', () => {
    const logits = Float32Array.from({ length: AREA }, (_, i) => (i - AREA / 2) / 100);
    projectOnce(logits, 'logits', SIDE, SIDE, WHOLE_FRAME).forEach((byte, i) =>
      expect(Math.abs(byte - 255 / (1 + Math.exp(-logits[i])))).toBeLessThan(1),
    );
  });

  it('converts very large logits to exactly 0 and 255', () => {
    const logits = new Float32Array(AREA).fill(-1e9, 0, AREA / 2).fill(1e9, AREA / 2);
    const bytes = projectOnce(logits, 'logits', SIDE, SIDE, WHOLE_FRAME);
    expect(new Set(bytes.slice(0, AREA / 2))).toEqual(new Set([0]));
    expect(new Set(bytes.slice(AREA / 2))).toEqual(new Set([255]));
  });

  it.each([0, 30, 137])('is 0 outside the crop and keeps the area of a disc, in a region rotated by %i°', (degrees) => {
    const disc = Float32Array.from({ length: AREA }, (_, i) =>
      Math.hypot((i % SIDE) + 0.5 - 32, Math.floor(i / SIDE) + 0.5 - 32) < 20 ? 1 : 0,
    );
    const bytes = projectOnce(disc, 'probabilities', 90, 160, {
      x: 50,
      y: 62.5,
      size: 80,
      rotation: (degrees * Math.PI) / 180,
    });
    // A radius of 20 crop pixels is 25 frame pixels.
    const area = bytes.reduce((sum, value) => sum + value / 255, 0);
    expect(area / (Math.PI * 25 ** 2)).toBeCloseTo(1, 1);
    expect(bytes[62 * 90 + 50]).toBe(255);
    expect(bytes[5 * 90 + 50]).toBe(0);
  });

  it('rotates like the region: after a quarter turn clockwise the top of the crop lies on the right', () => {
    const top = new Float32Array(AREA).fill(1, 0, 10 * SIDE);
    const bytes = projectOnce(top, 'probabilities', 100, 100, { x: 50, y: 50, size: 100, rotation: Math.PI / 2 });
    expect(bytes[50 * 100 + 95]).toBe(255);
    expect(bytes[5 * 100 + 50]).toBe(0);
  });

  it('writes rows correctly when the width is not a multiple of 4', () => {
    // 37 × 111: odd sizes; the region ends at column 18.
    const bytes = projectOnce(FULL, 'probabilities', 37, 111, { x: -7, y: 55, size: 50, rotation: 0 });
    for (let row = 40; row < 70; row++)
      expect([...bytes.slice(row * 37 + 14, row * 37 + 24)].map((byte) => byte > 127)).toEqual([
        true,
        true,
        true,
        true,
        false,
        false,
        false,
        false,
        false,
        false,
      ]);
  });

  it('smooths uncertain values with the last mask, and only if the last mask was of the same person', () => {
    const before = new Float32Array(AREA).fill(1);
    const now = Float32Array.from({ length: AREA }, (_, i) => i / (AREA - 1));
    const certaintyOf = (x: number): number => CERTAINTY_FACTORS.reduceRight((sum, factor) => x * (factor + sum), 0);
    for (const isSmoothed of [true, false]) {
      const mask = new FrameMask(SIDE);
      mask.setCrop(before, 'probabilities');
      mask.project(SIDE, SIDE, WHOLE_FRAME, false);
      mask.setCrop(now, 'probabilities');
      mask.project(SIDE, SIDE, WHOLE_FRAME, isSmoothed);
      bytesOf(mask).forEach((byte, i) => {
        const uncertainty = 1 - Math.min(1, certaintyOf((now[i] - 0.5) ** 2));
        const expected = isSmoothed ? now[i] + (1 - now[i]) * uncertainty * PREVIOUS_RATIO : now[i];
        expect(Math.abs(byte - 255 * expected)).toBeLessThanOrEqual(0.52);
      });
    }
  });

  it('does not smooth with the last mask when the frame changes its size', () => {
    const mask = new FrameMask(SIDE);
    mask.setCrop(FULL, 'probabilities');
    mask.project(SIDE, SIDE, WHOLE_FRAME, false);
    mask.setCrop(new Float32Array(AREA).fill(0.5), 'probabilities');
    mask.project(SIDE, SIDE / 2, WHOLE_FRAME, true);
    expect(bytesOf(mask)[10 * SIDE + 30]).toBe(128);
  });

  it('reuses a spare buffer if its length fits', () => {
    const mask = new FrameMask(SIDE);
    mask.setCrop(FULL, 'probabilities');
    mask.project(720, 1280, { x: 360, y: 640, size: 1000, rotation: 0 }, false);
    const spare = new ArrayBuffer(144 * 256);
    expect(mask.toBytes(spare).pixels).toBe(spare);
    expect(mask.toBytes(new ArrayBuffer(5)).pixels).not.toHaveProperty('byteLength', 5);
  });
});

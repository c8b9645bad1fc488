import { describe, expect, it } from 'vitest';
import { FrameMask } from './frame-mask.ts';
import { PREVIOUS_RATIO, SURENESS } from './mask-steadying.ts';
import type { Region } from './region.ts';

const SIDE = 64;
const AREA = SIDE ** 2;
const full = new Float32Array(AREA).fill(1);

function bytesOf(mask: FrameMask): Uint8ClampedArray {
  return new Uint8ClampedArray(mask.toBytes(null).pixels as ArrayBuffer);
}

/** A frame's mask from one crop. */
function layOnce(
  values: Float32Array,
  kind: 'logits' | 'probabilities',
  width: number,
  height: number,
  region: Region,
): Uint8ClampedArray {
  const mask = new FrameMask(SIDE);
  mask.take(values, kind);
  mask.lay(width, height, region, false);
  return bytesOf(mask);
}
/** Where frame, crop and mask are one. */
const itself: Region = { x: SIDE / 2, y: SIDE / 2, size: SIDE, rotation: 0 };

describe('FrameMask', () => {
  it('fills the mask where the region lies, at the frame’s aspect, 256 on the longer side', () => {
    const mask = new FrameMask(SIDE);
    mask.take(full, 'probabilities');
    mask.lay(720, 1280, { x: 360, y: 640, size: 1000, rotation: 0 }, false);
    const { width, height } = mask.toBytes(null);
    const bytes = bytesOf(mask);
    expect([width, height, bytes.length]).toEqual([144, 256, 144 * 256]);
    expect(bytes[128 * 144 + 72]).toBe(255);
    expect(bytes[10 * 144 + 72]).toBe(0);
  });

  it('gives the crop itself back where region, frame and mask are one', () => {
    const values = Float32Array.from({ length: AREA }, (_, i) => ((i * 7919) % 1000) / 1000);
    layOnce(values, 'probabilities', SIDE, SIDE, itself).forEach((byte, i) =>
      expect(Math.abs(byte - 255 * values[i])).toBeLessThanOrEqual(0.51),
    );
  });

  it('takes logits by the logistic function, within half of what eight bits tell apart', () => {
    const logits = Float32Array.from({ length: AREA }, (_, i) => (i - AREA / 2) / 100);
    layOnce(logits, 'logits', SIDE, SIDE, itself).forEach((byte, i) =>
      expect(Math.abs(byte - 255 / (1 + Math.exp(-logits[i])))).toBeLessThan(1),
    );
  });

  it('is sure of what lies far out', () => {
    const logits = new Float32Array(AREA).fill(-1e9, 0, AREA / 2).fill(1e9, AREA / 2);
    const bytes = layOnce(logits, 'logits', SIDE, SIDE, itself);
    expect(new Set(bytes.slice(0, AREA / 2))).toEqual(new Set([0]));
    expect(new Set(bytes.slice(AREA / 2))).toEqual(new Set([255]));
  });

  it.each([0, 30, 137])('is 0 outside the crop and keeps the area of a disc, turned by %i°', (degrees) => {
    const disc = Float32Array.from({ length: AREA }, (_, i) =>
      Math.hypot((i % SIDE) + 0.5 - 32, Math.floor(i / SIDE) + 0.5 - 32) < 20 ? 1 : 0,
    );
    const bytes = layOnce(disc, 'probabilities', 90, 160, {
      x: 50,
      y: 62.5,
      size: 80,
      rotation: (degrees * Math.PI) / 180,
    });
    // A disc of 20 crop pixels is 25 of the frame's in radius.
    const area = bytes.reduce((sum, value) => sum + value / 255, 0);
    expect(area / (Math.PI * 25 ** 2)).toBeCloseTo(1, 1);
    expect(bytes[62 * 90 + 50]).toBe(255);
    expect(bytes[5 * 90 + 50]).toBe(0);
  });

  it('turns as regions turn: the crop’s top lies to the right after a quarter clockwise', () => {
    const top = new Float32Array(AREA).fill(1, 0, 10 * SIDE);
    const bytes = layOnce(top, 'probabilities', 100, 100, { x: 50, y: 50, size: 100, rotation: Math.PI / 2 });
    expect(bytes[50 * 100 + 95]).toBe(255);
    expect(bytes[5 * 100 + 50]).toBe(0);
  });

  it('writes each row as wide as it is, whatever the width', () => {
    // 37 × 111: odd sizes; the region ends at column 18.
    const bytes = layOnce(full, 'probabilities', 37, 111, { x: -7, y: 55, size: 50, rotation: 0 });
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

  it('leans on the mask before it as far as it is undecided, and only where the person is the same', () => {
    const before = new Float32Array(AREA).fill(1);
    const now = Float32Array.from({ length: AREA }, (_, i) => i / (AREA - 1));
    const sureness = (x: number): number => SURENESS.reduceRight((sum, factor) => x * (factor + sum), 0);
    for (const steady of [true, false]) {
      const mask = new FrameMask(SIDE);
      mask.take(before, 'probabilities');
      mask.lay(SIDE, SIDE, itself, false);
      mask.take(now, 'probabilities');
      mask.lay(SIDE, SIDE, itself, steady);
      bytesOf(mask).forEach((byte, i) => {
        const uncertainty = 1 - Math.min(1, sureness((now[i] - 0.5) ** 2));
        const expected = steady ? now[i] + (1 - now[i]) * uncertainty * PREVIOUS_RATIO : now[i];
        expect(Math.abs(byte - 255 * expected)).toBeLessThanOrEqual(0.52);
      });
    }
  });

  it('forgets the mask before when the frame changes its size', () => {
    const mask = new FrameMask(SIDE);
    mask.take(full, 'probabilities');
    mask.lay(SIDE, SIDE, itself, false);
    mask.take(new Float32Array(AREA).fill(0.5), 'probabilities');
    mask.lay(SIDE, SIDE / 2, itself, true);
    expect(bytesOf(mask)[10 * SIDE + 30]).toBe(128);
  });

  it('uses a buffer that came back, if it fits', () => {
    const mask = new FrameMask(SIDE);
    mask.take(full, 'probabilities');
    mask.lay(720, 1280, { x: 360, y: 640, size: 1000, rotation: 0 }, false);
    const spare = new ArrayBuffer(144 * 256);
    expect(mask.toBytes(spare).pixels).toBe(spare);
    expect(mask.toBytes(new ArrayBuffer(5)).pixels).not.toHaveProperty('byteLength', 5);
  });
});

import { describe, expect, it } from 'vitest';
import { FrameMask } from './frame-mask.ts';

const SIDE = 256;
const region = { x: 360, y: 640, size: 1000, rotation: 0 };
const full = new Float32Array(SIDE ** 2).fill(1);

describe('FrameMask', () => {
  it('fills the mask where the region lies, at the frame’s aspect, 256 on the longer side', () => {
    const mask = new FrameMask();
    mask.lay(full, SIDE, 720, 1280, region, false);
    const { width, height, pixels } = mask.toBytes(null);
    const bytes = new Uint8ClampedArray(pixels as ArrayBuffer);
    expect([width, height, bytes.length]).toEqual([144, 256, 144 * 256]);
    expect(bytes[128 * 144 + 72]).toBe(255);
    expect(bytes[10 * 144 + 72]).toBe(0);
  });

  it('leans on the mask before it only where it is undecided and the person is the same', () => {
    const half = new Float32Array(SIDE ** 2).fill(0.5);
    const middle = (mask: FrameMask): number => new Uint8ClampedArray(mask.toBytes(null).pixels as ArrayBuffer)[128 * 144 + 72];
    for (const steady of [true, false]) {
      const mask = new FrameMask();
      mask.lay(full, SIDE, 720, 1280, region, false);
      mask.lay(half, SIDE, 720, 1280, region, steady);
      // 0.5 + 0.7 × (1 − 0.5) = 0.85.
      expect(middle(mask)).toBeCloseTo(steady ? 0.85 * 255 : 127.5, -0.5);
    }
  });

  it('uses a buffer that came back, if it fits', () => {
    const mask = new FrameMask();
    mask.lay(full, SIDE, 720, 1280, region, false);
    const spare = new ArrayBuffer(144 * 256);
    expect(mask.toBytes(spare).pixels).toBe(spare);
    expect(mask.toBytes(new ArrayBuffer(5)).pixels).not.toHaveProperty('byteLength', 5);
  });
});

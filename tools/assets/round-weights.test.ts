import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript without types: the asset layout reads it before anything is compiled
import { halfTensors } from './half-tensors.mjs';
// @ts-expect-error plain JavaScript without types: the asset layout reads it before anything is compiled
import { roundHalf, roundWeights } from './round-weights.mjs';

/** Returns the number that 16 bits of a float16 stand for (IEEE 754). */
function decodeHalf(half: number): number {
  const [exponent, significand] = [(half >> 10) & 31, half & 1023];
  const magnitude = exponent > 0 ? 2 ** (exponent - 25) * (1024 + significand) : 2 ** -24 * significand;
  return half & 0x8000 ? -magnitude : magnitude;
}

describe('roundHalf', () => {
  it('is off by half a unit of the kept bits at most, for every float16', () => {
    for (const bits of [4, 7, 8]) {
      for (let half = 0; half < 2 ** 16; half++) {
        // The largest numbers would become infinite: they are rounded towards 0.
        if ((half & 0x7fff) >= 0x7800) continue;
        const rounded = roundHalf(half, bits) as number;
        if (rounded & ((1 << (10 - bits)) - 1)) expect.fail(`${half} has more than ${bits} bits`);
        const exact = decodeHalf(half);
        const unit = 2 ** Math.max(Math.floor(Math.log2(Math.abs(exact) || 1e-9)), -14) * 2 ** -bits;
        if (Math.abs(decodeHalf(rounded) - exact) > unit / 2) expect.fail(`${exact} becomes ${decodeHalf(rounded)}`);
      }
    }
  });

  it('keeps infinity, what is no number, and all 10 bits; makes no number infinite', () => {
    for (const half of [0x7c00, 0xfc00, 0x7e01]) expect(roundHalf(half, 4)).toBe(half);
    expect(roundHalf(0x1234, 10)).toBe(0x1234);
    expect(roundHalf(0x7bff, 4)).toBeLessThan(0x7c00);
  });
});

describe('roundWeights', () => {
  it('rounds the weights of convolutions that mix channels, keeps all else, and makes the file compress better', async () => {
    const bytes = await readFile('node_modules/@mediapipe/pose/pose_landmark_lite.tflite');
    const tensors = halfTensors(bytes) as { shape: number[]; from: number; count: number }[];
    // Nearly the whole file are weights; each has as many numbers as its shape says, or less if it is sparse.
    const weights = tensors.reduce((sum, { count }) => sum + 2 * count, 0);
    expect(weights / bytes.length).toBeGreaterThan(0.9);
    expect(weights).toBeLessThan(bytes.length);
    for (const { shape, count } of tensors) expect(count).toBeLessThanOrEqual(shape.reduce((a, b) => a * b));

    const rounded = roundWeights(bytes, 8) as Buffer;
    expect(rounded.length).toBe(bytes.length);
    const isRounded = new Uint8Array(bytes.length);
    for (const { shape, from, count } of tensors)
      if (shape.length === 4 && shape[0] > 1) isRounded.fill(1, from, from + 2 * count);
    const changed = rounded.filter((byte, i) => byte !== bytes[i]).length;
    const changedElsewhere = rounded.filter((byte, i) => byte !== bytes[i] && !isRounded[i]).length;
    expect(changed).toBeGreaterThan(bytes.length / 4);
    expect(changedElsewhere).toBe(0);
    expect(gzipSync(rounded).length).toBeLessThan(0.95 * gzipSync(bytes).length);
  });
});

import { halfTensors } from './half-tensors.mjs';

/** Bits after the point of a float16's significand. */
const HALF_BITS = 10;
/** The exponent's bits of a float16: all are set in infinity and in what is no number. */
const EXPONENT = 0x7c00;
const SIGN = 0x8000;

/** Rounds a float16 (its 16 bits) to `bits` bits after the point, to the nearest, ties to even. */
export function roundHalf(half, bits) {
  const dropped = HALF_BITS - bits;
  const magnitude = half & ~SIGN;
  if (dropped === 0 || magnitude >= EXPONENT) return half;
  const unit = 1 << dropped;
  const isOdd = (magnitude >> dropped) & 1;
  // A carry into the exponent is the right result: the next power of two.
  const rounded = (magnitude + unit / 2 - 1 + isOdd) & -unit;
  return (half & SIGN) | (rounded < EXPONENT ? rounded : magnitude & -unit);
}

/**
 * Returns a copy of a TensorFlow Lite model (a Buffer) whose weights have less bits, so that it compresses better; its
 * format, size and operations stay. Rounded are the weights of convolutions that mix channels: each output sums hundreds
 * of them, so that their errors average out. Biases and the weights of depthwise convolutions stay exact: they are a
 * tenth of the file, and would cause most of the error.
 *
 * @param bits bits to keep of the 10 after the point.
 */
export function roundWeights(bytes, bits) {
  const rounded = Buffer.from(bytes);
  for (const { shape, from, count } of halfTensors(bytes)) {
    // Depthwise weights have the shape (1, rows, columns, channels), others (outputs, rows, columns, inputs).
    if (shape.length !== 4 || shape[0] === 1) continue;
    for (let address = from; address < from + 2 * count; address += 2)
      rounded.writeUInt16LE(roundHalf(bytes.readUInt16LE(address), bits), address);
  }
  return rounded;
}

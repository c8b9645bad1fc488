// Resamples a person's mask from a square crop to the whole frame, four values at a time (SIMD). AssemblyScript,
// compiled by `node tools/run.mjs tools/make-kernels.ts`. All arrays are in the kernel's own memory, given by their
// addresses; src/tracking/frame-mask.ts calls the functions in this order:
//
// 1. `setSteadying()`, once, sets how far an uncertain value is drawn to the value of the previous frame.
// 2. `frame()` copies the network's mask of the crop into a square with a border of zeros, as probabilities 0..1.
// 3. `lay()` samples that square at every pixel of the frame's mask, and writes floats 0..1 and bytes 0..255: 0 where
//    there is no person.

/** At 8 bits, the probability of a logit beyond ± this is 0 or 1. */
const CERTAIN_LOGIT: f32 = 7;
const LOG2_E: f32 = 1.44269504;
// 2^x for x in 0..1, within 6e-6: coefficients of a least-squares polynomial, from degree 0 to degree 4.
const e0: f32 = 1.00000524;
const e1: f32 = 0.69297441;
const e2: f32 = 0.24150846;
const e3: f32 = 0.05198988;
const e4: f32 = 0.01351151;

/**
 * Rounds four floats in 0..2²³ to the nearest integers, as four i32. Adding 2²³ makes the last binary digit of a float
 * worth 1; the exclusive or then removes the bits of 2²³.
 */
@inline
function toInteger(value: v128): v128 {
  return v128.xor(f32x4.add(value, f32x4.splat(8388608)), f32x4.splat(8388608));
}

/** Probabilities 0..1 of four logits, by the logistic function; exactly 0 or 1 beyond ±`CERTAIN_LOGIT`. */
@inline
function logistic(logit: v128): v128 {
  const isUncertain = f32x4.lt(f32x4.abs(logit), f32x4.splat(CERTAIN_LOGIT));
  const certain = v128.and(f32x4.gt(logit, f32x4.splat(0)), f32x4.splat(1));
  return v128.any_true(isUncertain) ? v128.bitselect(curve(logit), certain, isUncertain) : certain;
}

/** The logistic function 1 / (1 + 2^(−logit × log2 e)) of four logits, exact enough within ±`CERTAIN_LOGIT`. */
@inline
function curve(logit: v128): v128 {
  const power = f32x4.mul(logit, f32x4.splat(-LOG2_E));
  const whole = f32x4.floor(power);
  const rest = f32x4.sub(power, whole);
  let factor = f32x4.add(f32x4.mul(rest, f32x4.splat(e4)), f32x4.splat(e3));
  factor = f32x4.add(f32x4.mul(rest, factor), f32x4.splat(e2));
  factor = f32x4.add(f32x4.mul(rest, factor), f32x4.splat(e1));
  factor = f32x4.add(f32x4.mul(rest, factor), f32x4.splat(e0));
  // 2^whole is a float whose stored exponent is whole + 127.
  const exponential = f32x4.mul(factor, i32x4.shl(toInteger(f32x4.add(whole, f32x4.splat(127))), 23));
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exponential));
}

/**
 * Copies the square of `size`² floats at the address `from`, rows from the top, into the middle of a square of
 * (`size` + 2)² floats at `to`. `size` is a multiple of 4. The border is not written: it must hold zeros, as new memory
 * does. `isLogits`: the values are logits and are converted to probabilities; else they are probabilities already.
 */
export function frame(from: i32, size: i32, to: i32, isLogits: bool): void {
  const rowBytes = 4 * (size + 2);
  for (let row = 0; row < size; row++) {
    let target = to + (row + 1) * rowBytes + 4;
    for (let column = 0; column < size; column += 4) {
      const values = v128.load(from);
      v128.store(target, isLogits ? logistic(values) : values);
      from += 16;
      target += 16;
    }
  }
}

// Coefficients (degrees 1 to 5) of the certainty of a value, a polynomial in its squared distance from 0.5; and the
// weight 0..1 of the previous frame's value where the certainty is 0.
let s1: f32 = 0;
let s2: f32 = 0;
let s3: f32 = 0;
let s4: f32 = 0;
let s5: f32 = 0;
let previousRatio: f32 = 0;

/**
 * Sets the coefficients of the certainty, degrees 1 to 5, and the weight 0..1 of the previous frame's value where the
 * certainty is 0.
 */
export function setSteadying(a: f32, b: f32, c: f32, d: f32, e: f32, ratio: f32): void {
  s1 = a;
  s2 = b;
  s3 = c;
  s4 = d;
  s5 = e;
  previousRatio = ratio;
}

/**
 * Smooths four probabilities over time: value + (previous − value) × (1 − certainty) × previousRatio, where the
 * certainty is that of the value, at most 1.
 */
@inline
function steadied(value: v128, previous: v128): v128 {
  const centred = f32x4.sub(value, f32x4.splat(0.5));
  const x = f32x4.mul(centred, centred);
  let certainty = f32x4.add(f32x4.splat(s4), f32x4.mul(x, f32x4.splat(s5)));
  certainty = f32x4.add(f32x4.splat(s3), f32x4.mul(x, certainty));
  certainty = f32x4.add(f32x4.splat(s2), f32x4.mul(x, certainty));
  certainty = f32x4.mul(x, f32x4.add(f32x4.splat(s1), f32x4.mul(x, certainty)));
  const uncertainty = f32x4.sub(f32x4.splat(1), f32x4.pmin(certainty, f32x4.splat(1)));
  return f32x4.add(value, f32x4.mul(f32x4.mul(f32x4.sub(previous, value), uncertainty), f32x4.splat(previousRatio)));
}

/**
 * Writes the frame's mask, `width` × `height` values in rows from the top: floats 0..1 at the address `to`, bytes
 * 0..255 at `bytes`. Both need space for three more values. Each value is interpolated bilinearly in the square that
 * `frame()` wrote to `crop`, `size`² values within a border of zeros, and is 0 beyond the border. The first value is
 * sampled at (`u`, `v`), in crop pixels from the centre of the crop's first pixel; each column adds (`du`, −`dv`), each
 * row adds (`rowU`, `rowV`). `before`: address of the previous frame's mask as floats, of the same size; 0 for no
 * smoothing.
 */
export function lay(
  crop: i32,
  size: i32,
  u: f32,
  v: f32,
  du: f32,
  dv: f32,
  rowU: f32,
  rowV: f32,
  width: i32,
  height: i32,
  before: i32,
  to: i32,
  bytes: i32,
): void {
  const rowBytes = 4 * (size + 2);
  // In the square, row and column 0 are the border. Points beyond the border have its value, 0.
  const last = f32x4.splat(<f32>(size + 1) - 0.001);
  const alongU = f32x4.mul(f32x4(0, 1, 2, 3), f32x4.splat(du));
  const alongV = f32x4.mul(f32x4(0, 1, 2, 3), f32x4.splat(dv));
  for (let row = 0; row < height; row++) {
    const startU = u + rowU * <f32>row + 1;
    const startV = v + rowV * <f32>row + 1;
    const offset = row * width;
    for (let column = 0; column < width; column += 4) {
      const sampleU = f32x4.add(f32x4.splat(startU + du * <f32>column), alongU);
      const sampleV = f32x4.sub(f32x4.splat(startV - dv * <f32>column), alongV);
      const x = f32x4.pmax(f32x4.pmin(sampleU, last), f32x4.splat(0));
      const y = f32x4.pmax(f32x4.pmin(sampleV, last), f32x4.splat(0));
      const left = f32x4.floor(x);
      const top = f32x4.floor(y);
      const fx = f32x4.sub(x, left);
      const fy = f32x4.sub(y, top);
      const offsets = toInteger(f32x4.add(f32x4.mul(top, f32x4.splat(<f32>rowBytes)), f32x4.mul(left, f32x4.splat(4))));
      const a = crop + i32x4.extract_lane(offsets, 0);
      const b = crop + i32x4.extract_lane(offsets, 1);
      const c = crop + i32x4.extract_lane(offsets, 2);
      const d = crop + i32x4.extract_lane(offsets, 3);
      // Each load reads a value and its right neighbour.
      const ab = v128.load_lane<u64>(b, v128.load_zero<u64>(a), 1);
      const cd = v128.load_lane<u64>(d, v128.load_zero<u64>(c), 1);
      const abBelow = v128.load_lane<u64>(b + rowBytes, v128.load_zero<u64>(a + rowBytes), 1);
      const cdBelow = v128.load_lane<u64>(d + rowBytes, v128.load_zero<u64>(c + rowBytes), 1);
      const upperLeft = v128.shuffle<f32>(ab, cd, 0, 2, 4, 6);
      const upperRight = v128.shuffle<f32>(ab, cd, 1, 3, 5, 7);
      const lowerLeft = v128.shuffle<f32>(abBelow, cdBelow, 0, 2, 4, 6);
      const lowerRight = v128.shuffle<f32>(abBelow, cdBelow, 1, 3, 5, 7);
      const upper = f32x4.add(upperLeft, f32x4.mul(f32x4.sub(upperRight, upperLeft), fx));
      const lower = f32x4.add(lowerLeft, f32x4.mul(f32x4.sub(lowerRight, lowerLeft), fx));
      let value = f32x4.add(upper, f32x4.mul(f32x4.sub(lower, upper), fy));
      const index = offset + column;
      // Most of a mask is exactly 0 or 1, where the certainty is practically 1 and the value stays.
      const isUncertain = v128.and(f32x4.gt(value, f32x4.splat(0)), f32x4.lt(value, f32x4.splat(1)));
      if (before != 0 && v128.any_true(isUncertain)) value = steadied(value, v128.load(before + 4 * index));
      v128.store(to + 4 * index, value);
      const words = toInteger(f32x4.mul(value, f32x4.splat(255)));
      const halves = i16x8.narrow_i32x4_s(words, words);
      v128.store_lane<u32>(bytes + index, i8x16.narrow_i16x8_u(halves, halves), 0);
    }
  }
}

// Powers and logarithms of four floats at a time, by polynomials.

export const LOG2_E: f32 = 1.44269504;
// 2^x for x in 0..1, within 6e-6: coefficients of a least-squares polynomial, from degree 0 to degree 4.
const e0: f32 = 1.00000524;
const e1: f32 = 0.69297441;
const e2: f32 = 0.24150846;
const e3: f32 = 0.05198988;
const e4: f32 = 0.01351151;
// log2(1 + x) / x for x in 0..1: Chebyshev polynomial, from degree 0 to degree 4. The logarithm is within 6e-5.
const l0: f32 = 1.44261568;
const l1: f32 = -0.71706393;
const l2: f32 = 0.44227418;
const l3: f32 = -0.22771264;
const l4: f32 = 0.05994559;
/** Powers of 2 below this one are not told apart. */
const LEAST_POWER: f32 = -60;

/**
 * Converts four whole floats in 0..2²³ to i32. Adding 2²³ makes the last binary digit of a float worth 1; the exclusive or
 * then removes the bits of 2²³.
 */
@inline
export function wholeNumbers(value: v128): v128 {
  return v128.xor(f32x4.add(value, f32x4.splat(8388608)), f32x4.splat(8388608));
}

/** e^x of four numbers up to 80. */
@inline
export function exponential(x: v128): v128 {
  const power = f32x4.pmax(f32x4.mul(x, f32x4.splat(LOG2_E)), f32x4.splat(LEAST_POWER));
  const whole = f32x4.floor(power);
  const rest = f32x4.sub(power, whole);
  let factor = f32x4.add(f32x4.mul(rest, f32x4.splat(e4)), f32x4.splat(e3));
  factor = f32x4.add(f32x4.mul(rest, factor), f32x4.splat(e2));
  factor = f32x4.add(f32x4.mul(rest, factor), f32x4.splat(e1));
  factor = f32x4.add(f32x4.mul(rest, factor), f32x4.splat(e0));
  // 2^whole is a float whose stored exponent is whole + 127.
  const stored = wholeNumbers(f32x4.add(whole, f32x4.splat(127)));
  return f32x4.mul(factor, i32x4.shl(stored, 23));
}

/** Natural logarithm of four positive numbers. */
@inline
export function logarithm(x: v128): v128 {
  const whole = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(127)));
  // The number with the exponent 0, less 1.
  const mantissa = v128.or(v128.and(x, i32x4.splat(0x7fffff)), i32x4.splat(0x3f800000));
  const rest = f32x4.sub(mantissa, f32x4.splat(1));
  let factor = f32x4.add(f32x4.mul(rest, f32x4.splat(l4)), f32x4.splat(l3));
  factor = f32x4.add(f32x4.mul(rest, factor), f32x4.splat(l2));
  factor = f32x4.add(f32x4.mul(rest, factor), f32x4.splat(l1));
  factor = f32x4.add(f32x4.mul(rest, factor), f32x4.splat(l0));
  return f32x4.mul(f32x4.add(whole, f32x4.mul(rest, factor)), f32x4.splat(1 / LOG2_E));
}

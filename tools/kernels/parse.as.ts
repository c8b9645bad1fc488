// Says what each pixel of a person shows, four classes at a time (SIMD): hair, skin, upper clothes, lower clothes.
// AssemblyScript, compiled by `node tools/run.mjs tools/make-kernels.ts`. src/parsing/person-parser.ts describes the
// steps; it calls the functions in this order:
//
// 1. `reserve()`, once. The caller fills the tables `maskOdds` and `stillShares`.
// 2. For each frame: the caller fills `mask` and `values`. `swapFrames()`, `readPicture()`.
// 3. `clearPrior()`, `addPart()` for each part of the body, `normalisePrior()`.
// 4. The caller fills the table `edgeWeights`. `weighEdges()`.
// 5. `score()`, `spread()`, `settle()`, and `learnBackground()`, `learnPerson()`, `refresh()`: the first frame is learned
//    from several times, before its classes are found.
//
// A box is the part of the picture, in pixels, in which the person is: `left` to before `right`, `top` to before
// `bottom`. What lies outside is not written.
import { exponential, wholeNumbers } from './exponentials.as';
import { backgroundLogs, classLogs } from './parse-colors.as';
import {
  bins,
  edgeWeights,
  evidence,
  fromLeft,
  fromTop,
  last,
  lastRgb,
  mask,
  maskOdds,
  priorColumns,
  priors,
  result,
  rgb,
  stillShares,
  values,
  width,
} from './parse-memory.as';
import { sumAll } from './vectors.as';

export { backgroundLogs, classLogs, counts, forget, refresh } from './parse-colors.as';
export { learnBackground, learnPerson, tallies } from './parse-learn.as';
export {
  edgeWeights,
  forgetFrames,
  last,
  mask,
  maskOdds,
  reserve,
  result,
  stillShares,
  swapFrames,
  values,
} from './parse-memory.as';
export { addPart, clearPrior, normalisePrior } from './parse-prior.as';

/** Log-odds of a class below which its byte is 0: −log(255), with a margin. */
const LEAST_SEEN: f32 = -5.6;

/** The largest of four floats. */
@inline
function largest(a: v128): f32 {
  const pairs = f32x4.pmax(a, v128.shuffle<f32>(a, a, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.pmax(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2)), 0);
}

/**
 * Copies the thumbnail's colours in the box to `rgb`, and writes the bins of colour there and of every `step`-th pixel
 * elsewhere (a power of 2). `isFloat`: the thumbnail has floats, else bytes; `first`, `pixelStep`, `rowStep`: see
 * `Thumbnail`, in values. The constants are those of src/parsing/color-models.ts.
 */
export function readPicture(
  height: i32,
  isFloat: bool,
  first: i32,
  pixelStep: i32,
  rowStep: i32,
  left: i32,
  top: i32,
  right: i32,
  bottom: i32,
  step: i32,
): void {
  for (let row = 0; row < height; row++) {
    const from = first + row * rowStep;
    const isInside = row >= top && row < bottom;
    if ((row & (step - 1)) == 0)
      for (let column = 0; column < width; column += step)
        if (!isInside || column < left || column >= right)
          store<u16>(bins + 2 * (row * width + column), binOf(loadPixel(isFloat, from + column * pixelStep)));
    if (!isInside) continue;
    for (let column = left; column < right; column++) {
      const pixel = row * width + column;
      const color = loadPixel(isFloat, from + column * pixelStep);
      store<u16>(bins + 2 * pixel, binOf(color));
      const words = wholeNumbers(f32x4.nearest(color));
      const halves = i16x8.narrow_i32x4_s(words, words);
      v128.store_lane<u32>(rgb + 4 * pixel, i8x16.narrow_i16x8_u(halves, halves), 0);
    }
  }
}

/** Loads red, green, blue of a pixel of the thumbnail, and 0, as floats. */
@inline
function loadPixel(isFloat: bool, from: i32): v128 {
  if (isFloat) return f32x4.replace_lane(v128.load(values + 4 * from), 3, 0);
  const bytes = v128.and(v128.load32_zero(values + from), i32x4(0xffffff, 0, 0, 0));
  return f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes)));
}

/** Returns the bin of a colour: red, green, blue as floats. */
@inline
function binOf(color: v128): u16 {
  const weighed = f32x4.mul(color, f32x4(0.299, 0.587, 0.114, 0));
  const luma: f32 =
    f32x4.extract_lane(weighed, 0) + f32x4.extract_lane(weighed, 1) + f32x4.extract_lane(weighed, 2);
  const gain: f32 = 48 / (luma + 64);
  const cb = <i32>(0.564 * (f32x4.extract_lane(color, 2) - luma) * gain + 16);
  const cr = <i32>(0.713 * (f32x4.extract_lane(color, 0) - luma) * gain + 16);
  return <u16>(((<i32>luma >> 4) << 10) | (min(31, max(0, cb)) << 5) | min(31, max(0, cr)));
}

/** Sums of the differences of red, green and blue of four pixels and four others, at most 255 each. */
@inline
function differences(a: i32, b: i32): v128 {
  const p = v128.load(a);
  const q = v128.load(b);
  const bytes = v128.or(i8x16.sub_sat_u(p, q), i8x16.sub_sat_u(q, p));
  const sums = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes));
  return i32x4.min_s(sums, i32x4.splat(255));
}

/** Stores the floats of a table, by byte, for four bytes (as i32). */
@inline
function lookUp(table: i32, at: v128, to: i32): void {
  store<f32>(to, load<f32>(table + 4 * i32x4.extract_lane(at, 0)));
  store<f32>(to, load<f32>(table + 4 * i32x4.extract_lane(at, 1)), 4);
  store<f32>(to, load<f32>(table + 4 * i32x4.extract_lane(at, 2)), 8);
  store<f32>(to, load<f32>(table + 4 * i32x4.extract_lane(at, 3)), 12);
}

/** Writes the weights between neighbours in the box, and returns the sum of the differences of neighbours in a row. */
export function weighEdges(left: i32, top: i32, right: i32, bottom: i32): i32 {
  let sum = i32x4.splat(0);
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column += 4) {
      const pixel = row * width + column;
      const at = rgb + 4 * pixel;
      // The first column of the box has no neighbour on its left in the box: its weight is not read.
      const across = differences(at, at - 4);
      lookUp(edgeWeights, across, fromLeft + 4 * pixel);
      if (column > left && column + 4 <= right) sum = i32x4.add(sum, across);
      if (row > top) lookUp(edgeWeights, differences(at, at - 4 * width), fromTop + 4 * pixel);
    }
  }
  return (
    i32x4.extract_lane(sum, 0) + i32x4.extract_lane(sum, 1) + i32x4.extract_lane(sum, 2) + i32x4.extract_lane(sum, 3)
  );
}

/**
 * Writes the evidence of place, colour and mask for each pixel. `noPerson`: coverage below which a pixel is background
 * for sure; `colorWeight`: of colour against place; `maxBackground` and `maxEvidence`: limits of log-odds.
 */
export function score(
  left: i32,
  top: i32,
  right: i32,
  bottom: i32,
  noPerson: i32,
  colorWeight: f32,
  maxBackground: f32,
  maxEvidence: f32,
): void {
  const least = f32x4.splat(-maxEvidence);
  for (let row = top; row < bottom; row++) {
    const priorRow = priors + 16 * (row >> 1) * priorColumns;
    for (let column = left; column < right; column++) {
      const pixel = row * width + column;
      const coverage = <i32>load<u8>(mask + pixel);
      if (coverage < noPerson) {
        v128.store(evidence + 16 * pixel, least);
        continue;
      }
      const bin = <i32>load<u16>(bins + 2 * pixel);
      const colors = f32x4.mul(v128.load(classLogs + 16 * bin), f32x4.splat(colorWeight));
      const classes = f32x4.add(v128.load(priorRow + 16 * (column >> 1)), colors);
      const best = largest(classes);
      const person = best - colorWeight * load<f32>(backgroundLogs + 4 * bin);
      const odds = load<f32>(maskOdds + 4 * coverage) + max(-maxBackground, min(maxBackground, person));
      v128.store(evidence + 16 * pixel, f32x4.pmax(least, f32x4.add(classes, f32x4.splat(odds - best))));
    }
  }
}

/** Moves `value` towards `other`, by the share that is stored at `weight`. */
@inline
function follow(value: v128, other: v128, weight: i32): v128 {
  return f32x4.add(value, f32x4.mul(v128.load32_splat(weight), f32x4.sub(other, value)));
}

/** Spreads the evidence along surfaces: over the rows to the right and to the left, then over the columns. */
export function spread(left: i32, top: i32, right: i32, bottom: i32): void {
  const rowBytes = 16 * width;
  for (let row = top; row < bottom; row++) {
    const start = row * width + left;
    const end = row * width + right;
    let before = v128.load(evidence + 16 * start);
    for (let i = start + 1; i < end; i++) {
      before = follow(v128.load(evidence + 16 * i), before, fromLeft + 4 * i);
      v128.store(evidence + 16 * i, before);
    }
    for (let i = end - 2; i >= start; i--) {
      before = follow(v128.load(evidence + 16 * i), before, fromLeft + 4 * (i + 1));
      v128.store(evidence + 16 * i, before);
    }
  }
  for (let row = top + 1; row < bottom; row++) {
    for (let i = row * width + left, end = row * width + right; i < end; i++) {
      const at = evidence + 16 * i;
      v128.store(at, follow(v128.load(at), v128.load(at - rowBytes), fromTop + 4 * i));
    }
  }
  for (let row = bottom - 2; row >= top; row--) {
    for (let i = row * width + left, end = row * width + right; i < end; i++) {
      const at = evidence + 16 * i;
      v128.store(at, follow(v128.load(at), v128.load(at + rowBytes), fromTop + 4 * (i + width)));
    }
  }
}

/**
 * Turns the evidence into probabilities 0..255, rounded down: the four never exceed 255 together. `hasLast`: averages
 * them with those of the last frame, by the share that `stillShares` gives for the change of the pixel's colour.
 */
export function settle(left: i32, top: i32, right: i32, bottom: i32, hasLast: bool): void {
  for (let row = top; row < bottom; row++) {
    for (let i = row * width + left, end = row * width + right; i < end; i++) {
      const classes = v128.load(evidence + 16 * i);
      const likeliest = largest(classes);
      // No class would get a byte above 0: the caller has cleared the result.
      if (likeliest < LEAST_SEEN && (!hasLast || load<u32>(last + 4 * i) == 0)) continue;
      const best = max<f32>(0, likeliest);
      const powers = exponential(f32x4.sub(classes, f32x4.splat(best)));
      const nothing = exponential(f32x4.splat(-best));
      const scaled = f32x4.div(f32x4.mul(powers, f32x4.splat(255)), f32x4.add(sumAll(powers), nothing));
      let bytes = f32x4.floor(scaled);
      if (hasLast) {
        const now = v128.load32_zero(rgb + 4 * i);
        const then = v128.load32_zero(lastRgb + 4 * i);
        const bytesOff = v128.or(i8x16.sub_sat_u(now, then), i8x16.sub_sat_u(then, now));
        const sums = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytesOff));
        const share = f32x4.splat(load<f32>(stillShares + 4 * min(255, i32x4.extract_lane(sums, 0))));
        const lastBytes = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(last + 4 * i)));
        const change = f32x4.sub(f32x4.convert_i32x4_s(lastBytes), bytes);
        bytes = f32x4.floor(f32x4.add(bytes, f32x4.mul(share, change)));
      }
      const words = wholeNumbers(bytes);
      const halves = i16x8.narrow_i32x4_s(words, words);
      v128.store_lane<u32>(result + 4 * i, i8x16.narrow_i16x8_u(halves, halves), 0);
    }
  }
}

// Says what each pixel of a person shows, four classes at a time (SIMD): hair, skin, upper clothes, lower clothes.
// AssemblyScript, compiled by `node tools/run.mjs tools/make-kernels.ts`. src/parsing/person-parser.ts describes the
// steps; it calls the functions in this order:
//
// 1. `reserve()`, once. The caller fills the tables `maskOdds` and `stillShares`.
// 2. For each frame: the caller fills `mask` and `values`. `swapFrames()`, `readPicture()`.
// 3. `clearPrior()`, `addPart()` for each part of the body, `normalisePrior()`.
// 4. The caller fills the table `edgeWeights`. `weighEdges()`.
// 5. `score()`, `spread()`, `settle()`: as often as the caller learns colours in between.
//
// A box is the part of the picture, in pixels, in which the person is: `left` to before `right`, `top` to before
// `bottom`. What lies outside is not written.
import { exponential } from './exponentials.as';
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
export {
  bins,
  edgeWeights,
  forgetFrames,
  last,
  mask,
  maskOdds,
  priorColumns,
  priors,
  reserve,
  result,
  stillShares,
  swapFrames,
  values,
} from './parse-memory.as';
export { addPart, clearPrior, normalisePrior } from './parse-prior.as';

/** The largest of four floats. */
@inline
function largest(a: v128): f32 {
  const pairs = f32x4.max(a, v128.shuffle<f32>(a, a, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.max(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2)), 0);
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
    const isInside = row >= top && row < bottom;
    const isOnGrid = (row & (step - 1)) == 0;
    if (!isInside && !isOnGrid) continue;
    for (let column = 0; column < width; column++) {
      const isInBox = isInside && column >= left && column < right;
      if (!isInBox && (!isOnGrid || (column & (step - 1)) != 0)) continue;
      const from = first + row * rowStep + column * pixelStep;
      let red: f32, green: f32, blue: f32;
      if (isFloat) {
        red = load<f32>(values + 4 * from);
        green = load<f32>(values + 4 * from, 4);
        blue = load<f32>(values + 4 * from, 8);
      } else {
        red = <f32>load<u8>(values + from);
        green = <f32>load<u8>(values + from, 1);
        blue = <f32>load<u8>(values + from, 2);
      }
      const pixel = row * width + column;
      const luma: f32 = 0.299 * red + 0.587 * green + 0.114 * blue;
      const gain: f32 = 192 / ((luma + 64) * 4);
      const cb = <i32>(0.564 * (blue - luma) * gain + 16);
      const cr = <i32>(0.713 * (red - luma) * gain + 16);
      store<u16>(bins + 2 * pixel, <u16>(((<i32>luma >> 4) << 10) | (min(31, max(0, cb)) << 5) | min(31, max(0, cr))));
      if (!isInBox) continue;
      const color = <i32>nearest(red) | (<i32>nearest(green) << 8) | (<i32>nearest(blue) << 16);
      store<i32>(rgb + 4 * pixel, color);
    }
  }
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
      v128.store(evidence + 16 * pixel, f32x4.max(least, f32x4.add(classes, f32x4.splat(odds - best))));
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
      const best = max<f32>(0, largest(classes));
      const powers = exponential(f32x4.sub(classes, f32x4.splat(best)));
      const nothing = exponential(f32x4.splat(-best));
      const scaled = f32x4.div(f32x4.mul(powers, f32x4.splat(255)), f32x4.add(sumAll(powers), nothing));
      let bytes = i32x4.trunc_sat_f32x4_s(scaled);
      if (hasLast) {
        const now = v128.load32_zero(rgb + 4 * i);
        const then = v128.load32_zero(lastRgb + 4 * i);
        const difference = v128.or(i8x16.sub_sat_u(now, then), i8x16.sub_sat_u(then, now));
        const sums = i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(difference));
        const share = f32x4.splat(load<f32>(stillShares + 4 * min(255, i32x4.extract_lane(sums, 0))));
        const lastBytes = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(last + 4 * i)));
        const from = f32x4.convert_i32x4_s(bytes);
        const to = f32x4.convert_i32x4_s(lastBytes);
        bytes = i32x4.trunc_sat_f32x4_s(f32x4.add(from, f32x4.mul(share, f32x4.sub(to, from))));
      }
      const halves = i16x8.narrow_i32x4_s(bytes, bytes);
      v128.store_lane<u32>(result + 4 * i, i8x16.narrow_i16x8_u(halves, halves), 0);
    }
  }
}

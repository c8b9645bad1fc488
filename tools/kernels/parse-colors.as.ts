// The colour models of `parse.as.ts`: a histogram of each class, and how usual each colour is in it. A bin of colour
// has 16 steps of brightness and 32 of each of two colour differences (src/parsing/color-models.ts).
import { logarithm } from './exponentials.as';
import { takeMemory } from './take-memory.as';

const BINS: i32 = 16384;
const CHROMA_BINS: i32 = 32;
const LUMA_STRIDE: i32 = 1024;
const CLASSES: i32 = 4;
const COLOR_CLASSES: i32 = 5;
/** Bytes of the floats of all bins. */
const TABLE_BYTES: i32 = 4 * BINS;
/** Empty bytes before and after a table: its ends have no neighbours. */
const MARGIN_BYTES: i32 = 4 * LUMA_STRIDE;

/** For each class a float for each bin: the weight of the pixels learned. */
export const counts: i32 = takeMemory(COLOR_CLASSES * TABLE_BYTES);
/** For each bin four floats: logarithms, up to 0, of how usual it is in hair, skin, upper and lower clothes. */
export const classLogs: i32 = takeMemory(CLASSES * TABLE_BYTES);
/** The same of the background: a float for each bin. */
export const backgroundLogs: i32 = takeMemory(TABLE_BYTES);
const smooth: i32 = takeMemory(TABLE_BYTES + 2 * MARGIN_BYTES) + MARGIN_BYTES;
const scratch: i32 = takeMemory(TABLE_BYTES + 2 * MARGIN_BYTES) + MARGIN_BYTES;

/** Multiplies what was learned of a class (0 to 4) with `share`. */
export function forget(colorClass: i32, share: f32): void {
  const start = counts + colorClass * TABLE_BYTES;
  for (let at = start; at < start + TABLE_BYTES; at += 16)
    v128.store(at, f32x4.mul(v128.load(at), f32x4.splat(share)));
}

/** Writes the mean of each bin and its neighbours `stride` bins away (weights 1, 2, 1). Ends count as empty. */
function blur(from: i32, to: i32, stride: i32): void {
  const step = 4 * stride;
  for (let at = 0; at < TABLE_BYTES; at += 16) {
    const beside = f32x4.add(v128.load(from + at - step), v128.load(from + at + step));
    const middle = f32x4.mul(v128.load(from + at), f32x4.splat(0.5));
    v128.store(to + at, f32x4.add(f32x4.mul(beside, f32x4.splat(0.25)), middle));
  }
}

/**
 * Writes the logarithms of a class (0 to 4) from its histogram, smoothed over neighbouring bins. The most frequent
 * colour has the logarithm 0. `unlikely`: how usual a colour is that was never seen; `unseen`: the same in a class of
 * which nothing was seen; `few`: weight of the fullest bin at which both count the same.
 */
export function refresh(colorClass: i32, unlikely: f32, unseen: f32, few: f32): void {
  memory.copy(scratch, counts + colorClass * TABLE_BYTES, TABLE_BYTES);
  // Brightness varies more than hue within a class.
  blur(scratch, smooth, LUMA_STRIDE);
  blur(smooth, scratch, LUMA_STRIDE);
  blur(scratch, smooth, CHROMA_BINS);
  blur(smooth, scratch, 1);
  let peaks = f32x4.splat(0);
  for (let at = 0; at < TABLE_BYTES; at += 16) peaks = f32x4.pmax(peaks, v128.load(scratch + at));
  const peak = max(
    max(f32x4.extract_lane(peaks, 0), f32x4.extract_lane(peaks, 1)),
    max(f32x4.extract_lane(peaks, 2), f32x4.extract_lane(peaks, 3)),
  );
  const floor: f32 = (unlikely * peak + unseen * few) / (peak + few);
  const scale: f32 = peak > 0 ? (1 - floor) / peak : 0;
  const empty = logarithm(f32x4.splat(floor));
  for (let at = 0; at < TABLE_BYTES; at += 16) {
    const seen = v128.load(scratch + at);
    const logs = v128.any_true(seen)
      ? logarithm(f32x4.add(f32x4.mul(seen, f32x4.splat(scale)), f32x4.splat(floor)))
      : empty;
    if (colorClass == CLASSES) {
      v128.store(backgroundLogs + at, logs);
      continue;
    }
    const to = classLogs + CLASSES * at + 4 * colorClass;
    v128.store_lane<f32>(to, logs, 0);
    v128.store_lane<f32>(to + 16, logs, 1);
    v128.store_lane<f32>(to + 32, logs, 2);
    v128.store_lane<f32>(to + 48, logs, 3);
  }
}

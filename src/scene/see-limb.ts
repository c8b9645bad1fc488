import type { PixelClasses } from '../tracking/tracker.ts';

/**
 * Tells by the classes of a picture's pixels whether a limb in own clothes is where the posed body has it. Only then
 * the skin that is drawn in place of a sleeve has the shape of the arm.
 */

/** Samples along each capsule. */
const SAMPLES = 8;
/** Probability of own clothes, or of skin, 0..255, from which a pixel is cloth, or bare. */
const LIKELY = 128;
/** Distance inside the limb's outline, metres, at which its cloth may end: the error of a limb that is well placed. */
const INSIDE_METRES = 0.025;
/** Distance outside of it at which its cloth may end, metres: a loose sleeve. */
const OUTSIDE_METRES = 0.055;

/** What `seeLimb` counts. */
export interface LimbSight {
  /** Samples along the limb's axis that show own clothes. */
  cloth: number;
  /** Those of them beside which the cloth ends near the limb's outline, on one side at least. */
  placed: number;
  /** Samples that show bare skin. */
  bare: number;
}

/** Returns the index of a pixel's probabilities; −1 outside the picture. */
function indexOf({ width, height }: PixelClasses, x: number, y: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  if (column < 0 || row < 0 || column >= width || row >= height) return -1;
  return 4 * (row * width + column);
}

/** Returns whether a pixel is cloth; null outside the picture. */
function isCloth(classes: PixelClasses, x: number, y: number): boolean | null {
  const index = indexOf(classes, x, y);
  return index < 0 ? null : classes.data[index + 2] + classes.data[index + 3] >= LIKELY;
}

/**
 * Counts along the capsules of a limb (`BodyCapsules.lines`, values from each of `starts` on).
 *
 * At each sample it walks outwards at right angles to the axis, on both sides. Where the cloth of the limb runs on into
 * the same cloth, as of an arm before the trunk, the walk finds no end, and the limb may be anywhere.
 */
export function seeLimb(
  classes: PixelClasses,
  lines: Float32Array,
  starts: readonly number[],
  target: LimbSight,
): LimbSight {
  target.cloth = target.placed = target.bare = 0;
  for (const start of starts) {
    const alongX = lines[start + 2] - lines[start];
    const alongY = lines[start + 3] - lines[start + 1];
    const length = Math.hypot(alongX, alongY);
    // A limb that points at the camera has no sides.
    if (length < 1) continue;
    const nearest = lines[start + 4] - INSIDE_METRES * lines[start + 5];
    const farthest = lines[start + 4] + OUTSIDE_METRES * lines[start + 5];
    for (let s = 0; s < SAMPLES; s++) {
      const share = (s + 0.5) / SAMPLES;
      const x = lines[start] + share * alongX;
      const y = lines[start + 1] + share * alongY;
      const index = indexOf(classes, x, y);
      if (index >= 0 && classes.data[index + 1] >= LIKELY) target.bare++;
      if (isCloth(classes, x, y) !== true) continue;
      target.cloth++;
      let ends = 0;
      for (let side = -1; side <= 1; side += 2) {
        const stepX = (-side * alongY) / length;
        const stepY = (side * alongX) / length;
        let step = 1;
        while (step <= farthest && isCloth(classes, x + step * stepX, y + step * stepY) === true) step++;
        if (step <= farthest && isCloth(classes, x + step * stepX, y + step * stepY) === false)
          ends += step >= nearest ? 1 : -2;
      }
      if (ends > 0) target.placed++;
    }
  }
  return target;
}

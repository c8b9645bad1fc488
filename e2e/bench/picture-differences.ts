// Differences of colour between what a fitting room shows and the truth. The person was filmed twice in the same
// motion, in own clothes and in the garment. Masks have the size of the pictures, and coverage 0..255 by pixel.
import type { PersonMask } from '../../src/tracking/tracker.ts';
import { deltaE } from './to-lab.ts';

/** Coverage (0..255) from which a pixel belongs to a mask. */
const HALF = 128;
/** Own clothes should have changed where the two films differ by more than this (CIE76, as all differences here). */
const SHOULD_CHANGE = 8;
/** They are left where the picture differs from the camera's by less than this: a difference that is hardly seen. */
const IS_LEFT = 5;
/** A pixel of the film hardly changes below this difference: 2.3 is just noticeable (Mahy et al. 1994). */
const HARDLY_CHANGES = 2.3;

/** Pictures of one frame in CIELAB (`toLab`): L, a and b of each pixel, rows from the top. */
export interface LabPictures {
  /** What the fitting room shows of the film in the own clothes. */
  shown: Float32Array;
  /** The film in the own clothes, which is the camera's picture. */
  own: Float32Array;
  /** The film in the garment. */
  worn: Float32Array;
}

/** Returns whether pixel `i` is in any of `masks`. */
function isInAny(masks: readonly PersonMask[], i: number): boolean {
  return masks.some(({ data }) => data[i] >= HALF);
}

/**
 * Returns the mean colour difference (CIE76) of two pictures (L, a and b of each pixel) over the pixels in any of
 * `masks`; NaN without any.
 */
export function meanDeltaE(a: Float32Array, b: Float32Array, masks: readonly PersonMask[]): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < a.length / 3; i++) {
    if (!isInAny(masks, i)) continue;
    sum += deltaE(a, b, i);
    count++;
  }
  return sum / count;
}

/**
 * Returns how much of the own clothes is left where the garment should not cover them: of their pixels outside the true
 * garment that should have changed, the share that has not. NaN if none should have changed. `garment`: the true mask.
 */
export function ownLeft({ shown, own, worn }: LabPictures, ownClothes: PersonMask, garment: PersonMask): number {
  let left = 0;
  let count = 0;
  for (let i = 0; i < ownClothes.data.length; i++) {
    if (ownClothes.data[i] < HALF || garment.data[i] >= HALF || deltaE(own, worn, i) <= SHOULD_CHANGE) continue;
    if (deltaE(shown, own, i) < IS_LEFT) left++;
    count++;
  }
  return left / count;
}

/**
 * Returns how much more the shown garment changes from frame to frame than the camera's picture does: the mean colour
 * difference of each pixel to itself in the frame before, divided by that of the film in the own clothes. It counts the
 * pixels in any of `masks` in which the film in the garment hardly changes; NaN without any.
 */
export function flicker(now: LabPictures, before: LabPictures, masks: readonly PersonMask[]): number {
  let shown = 0;
  let camera = 0;
  for (let i = 0; i < now.worn.length / 3; i++) {
    if (!isInAny(masks, i) || deltaE(now.worn, before.worn, i) >= HARDLY_CHANGES) continue;
    shown += deltaE(now.shown, before.shown, i);
    camera += deltaE(now.own, before.own, i);
  }
  return shown / camera;
}

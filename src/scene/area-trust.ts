import { MathUtils } from 'three';
import type { PosedBody } from '../body/body.ts';
import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import type { PixelClasses } from '../tracking/tracker.ts';
import { type BodyArea, bodyAreas } from './body-areas.ts';

/**
 * Decides by area of the body whether own clothes there are erased. Input: the classes of a frame's pixels and the
 * posed joints (camera space: metres, +x right in the picture, +y up, −z away from the camera). Output: `shares`.
 *
 * 1. `take` samples the classes along the bones of each area, and counts how many samples belong to one class for sure.
 * 2. An area whose samples are sure is erased; it stays so until many are unsure (hysteresis).
 * 3. Its share fades over frame time from 0 (own clothes stay) to 1 (they are erased) or back. The first frame decides
 *    at once, so that a photo needs no second one.
 */

/** The joints between which each area is sampled. */
const axes: Record<Exclude<BodyArea, 'kept'>, readonly BoneName[]> = {
  trunk: ['upperChest', 'spine'],
  hips: ['spine', 'hips'],
  leftArm: ['leftUpperArm', 'leftLowerArm', 'leftHand'],
  rightArm: ['rightUpperArm', 'rightLowerArm', 'rightHand'],
  leftLeg: ['leftUpperLeg', 'leftLowerLeg', 'leftFoot'],
  rightLeg: ['rightUpperLeg', 'rightLowerLeg', 'rightFoot'],
};
const areaAxes = bodyAreas.map((area) => (area === 'kept' ? [] : axes[area].map((bone) => boneIndex[bone])));
/** Samples between two joints. */
const SAMPLES = 6;
/** Probability, 0..255, from which a pixel belongs to a class for sure. */
const SURE = 140;
/** Shares of sure samples at which an area begins, and ceases, to be erased. */
const BEGIN_SHARE = 0.7;
const CEASE_SHARE = 0.4;
/** Time in which a share goes from 0 to 1, ms of frame time: no hard cut, yet shorter than a look lasts. */
const FADE_MS = 250;
/** Time for which an area must be sure, ms of frame time: a few frames. */
const WAIT_MS = 120;

/** What `AreaTrust` decides, in the order of `bodyAreas`. */
export class AreaTrust {
  /** By area: 0 (own clothes stay) to 1 (erased). */
  readonly shares = new Float32Array(bodyAreas.length);
  readonly #isErased = new Uint8Array(bodyAreas.length);
  /** Time since when the samples contradict `#isErased`, ms; NaN while they do not. */
  readonly #sinceMs = new Float64Array(bodyAreas.length).fill(NaN);
  #previousMs = NaN;

  /** Takes a frame at `timeMs` on the source's clock. A time before the last begins anew. */
  take(classes: PixelClasses, body: Pick<PosedBody, 'positions' | 'camera'>, timeMs: number): void {
    const isFirst = !(timeMs >= this.#previousMs);
    const elapsedMs = isFirst ? Infinity : timeMs - this.#previousMs;
    this.#previousMs = timeMs;
    if (isFirst) {
      this.#isErased.fill(0);
      this.#sinceMs.fill(NaN);
    }
    for (let area = 1; area < bodyAreas.length; area++) {
      const sure = sureShare(classes, body, areaAxes[area]);
      const isErased = this.#isErased[area] === 1;
      // An area outside the picture keeps its state.
      const wants = Number.isNaN(sure) ? isErased : isErased ? sure > CEASE_SHARE : sure >= BEGIN_SHARE;
      if (isFirst) this.#isErased[area] = wants ? 1 : 0;
      else if (wants === isErased) this.#sinceMs[area] = NaN;
      else if (Number.isNaN(this.#sinceMs[area])) this.#sinceMs[area] = timeMs;
      else if (timeMs - this.#sinceMs[area] >= WAIT_MS) {
        this.#isErased[area] = wants ? 1 : 0;
        this.#sinceMs[area] = NaN;
      }
      const goal = this.#isErased[area];
      const step = Math.min(1, elapsedMs / FADE_MS);
      this.shares[area] += MathUtils.clamp(goal - this.shares[area], -step, step);
    }
  }
}

/**
 * Returns the share of samples along a line of joints (bone indices) whose class is sure, 0..1; NaN if none of them is
 * in the picture.
 */
function sureShare(
  { width, height, data }: PixelClasses,
  { positions, camera }: Pick<PosedBody, 'positions' | 'camera'>,
  joints: readonly number[],
): number {
  const halfHeight = halfHeightAtUnitDistance(camera.fovYDegrees);
  const halfWidth = (halfHeight * camera.width) / camera.height;
  let sure = 0;
  let count = 0;
  for (let j = 0; j + 1 < joints.length; j++) {
    for (let s = 0; s < SAMPLES; s++) {
      const share = (s + 0.5) / SAMPLES;
      const from = 3 * joints[j];
      const to = 3 * joints[j + 1];
      const depth = -MathUtils.lerp(positions[from + 2], positions[to + 2], share);
      const right = MathUtils.lerp(positions[from], positions[to], share) / depth / halfWidth;
      const up = MathUtils.lerp(positions[from + 1], positions[to + 1], share) / depth / halfHeight;
      const x = Math.floor((0.5 + right / 2) * width);
      const y = Math.floor((0.5 - up / 2) * height);
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      count++;
      const pixel = 4 * (y * width + x);
      const hair = data[pixel];
      const skin = data[pixel + 1];
      const upper = data[pixel + 2];
      const lower = data[pixel + 3];
      if (Math.max(hair, skin, upper, lower, 255 - hair - skin - upper - lower) >= SURE) sure++;
    }
  }
  return count === 0 ? NaN : sure / count;
}

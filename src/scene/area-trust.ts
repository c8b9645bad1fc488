import { MathUtils } from 'three';
import type { PosedBody } from '../body/body.ts';
import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import type { PixelClasses } from '../tracking/tracker.ts';
import { type BodyArea, bodyAreas } from './body-areas.ts';
import { type BodyCapsules, capsuleStarts } from './body-capsules.ts';
import { type LimbSight, seeLimb } from './see-limb.ts';

/**
 * Decides by area of the body whether own clothes there are erased or stay. A tee over a shirt is a look; half a sleeve,
 * or a blob in place of an arm, is not. Input: the classes of a frame's pixels and the posed joints (camera space:
 * metres, +x right in the picture, +y up, −z away from the camera). Output: `shares`.
 *
 * 1. `take` samples the classes along the bones of each area, and counts how many samples belong to one class for sure.
 * 2. A limb in own clothes is placed if its cloth ends beside it where the posed limb ends (`seeLimb`). The neck is
 *    placed if most of it is bare. Of arms a hand must be seen.
 * 3. An area whose samples are sure, and that is placed, is erased. It stays so until many samples are unsure
 *    (hysteresis), wherever the limb goes: what is erased does not come back.
 * 4. Its share fades over frame time from 0 (own clothes stay) to 1 (they are erased) or back. The first frame decides
 *    at once, so that a photo needs no second one.
 */

/** Areas that are decided together, since one sleeve beside a bare arm is no look; the joints to sample each between. */
const groups: readonly { areas: readonly BodyArea[]; axes: readonly (readonly BoneName[])[] }[] = [
  { areas: ['trunk'], axes: [['upperChest', 'spine']] },
  { areas: ['hips'], axes: [['spine', 'hips']] },
  {
    areas: ['leftArm', 'rightArm'],
    axes: [
      ['leftUpperArm', 'leftLowerArm', 'leftHand'],
      ['rightUpperArm', 'rightLowerArm', 'rightHand'],
    ],
  },
  {
    areas: ['leftLeg', 'rightLeg'],
    axes: [
      ['leftUpperLeg', 'leftLowerLeg', 'leftFoot'],
      ['rightUpperLeg', 'rightLowerLeg', 'rightFoot'],
    ],
  },
  { areas: ['neck'], axes: [['neck', 'upperChest']] },
];
/** The same as indices into `bodyAreas` and `boneNames`. */
const coded = groups.map(({ areas, axes }) => ({
  areas: areas.map((area) => bodyAreas.indexOf(area)),
  axes: axes.map((bones) => bones.map((bone) => boneIndex[bone])),
  starts: areas.flatMap((area) => capsuleStarts[bodyAreas.indexOf(area)]),
}));
/** Samples between two joints. */
const SAMPLES = 6;
/** Probability, 0..255, from which a pixel belongs to a class for sure. */
const SURE = 140;
/** Shares of sure samples at which an area begins, and ceases, to be erased. */
const BEGIN_SHARE = 0.7;
const CEASE_SHARE = 0.4;
/**
 * Share of the samples of both limbs in own clothes that must be placed. Of arms crossed before the trunk two thirds are.
 */
const PLACED_SHARE = 0.75;
/** With fewer samples in own clothes limbs are bare but for short sleeves, most of which a garment covers. */
const FEW_SAMPLES = 8;
/** Samples of bare skin that arms in sleeves must show: a hand. Without, an arm would end where nothing tells. */
const BARE_SAMPLES = 2;
/** Share of the neck in own clothes up to which it is bare: above, it is in a turtleneck, or in the collar of a shirt. */
const BARE_NECK_SHARE = 0.35;
/** Part of the neck's capsule that is the neck itself; the rest is the chest in a neckline. */
const NECK_PART = 0.6;
/** Time in which a share goes from 0 to 1, ms of frame time: no hard cut, yet shorter than a look lasts. */
const FADE_MS = 250;
/** Time for which an area must be sure, ms of frame time: a few frames. */
const WAIT_MS = 120;

/** Which limbs worn garments cover to their ends. There no bare skin is drawn, and its place is of no matter. */
export interface CoveredLimbs {
  arms: boolean;
  legs: boolean;
}

/** What `AreaTrust` decides, in the order of `bodyAreas`. */
export class AreaTrust {
  /** By area: 0 (own clothes stay) to 1 (erased). */
  readonly shares = new Float32Array(bodyAreas.length);
  /** By `groups`. */
  readonly #isErased = new Uint8Array(groups.length);
  /** Time since when the samples contradict `#isErased`, ms; NaN while they do not. */
  readonly #sinceMs = new Float64Array(groups.length).fill(NaN);
  #previousMs = NaN;

  /**
   * Takes a frame. `capsules`: the body, projected into the classes; `covered`: of the garments worn last; `timeMs` on the
   * source's clock: a time before the last begins anew.
   */
  take(
    classes: PixelClasses,
    body: Pick<PosedBody, 'positions' | 'camera'>,
    { capsules, covered, timeMs }: { capsules: BodyCapsules; covered: CoveredLimbs; timeMs: number },
  ): void {
    const isFirst = !(timeMs >= this.#previousMs);
    const elapsedMs = isFirst ? Infinity : timeMs - this.#previousMs;
    this.#previousMs = timeMs;
    if (isFirst) {
      this.#isErased.fill(0);
      this.#sinceMs.fill(NaN);
    }
    for (let group = 0; group < groups.length; group++) {
      const isErased = this.#isErased[group] === 1;
      const wants = wantsErased(classes, body, { capsules, covered, group, isErased });
      if (isFirst) this.#isErased[group] = wants ? 1 : 0;
      else if (wants === isErased) this.#sinceMs[group] = NaN;
      else if (Number.isNaN(this.#sinceMs[group])) this.#sinceMs[group] = timeMs;
      else if (timeMs - this.#sinceMs[group] >= WAIT_MS) {
        this.#isErased[group] = wants ? 1 : 0;
        this.#sinceMs[group] = NaN;
      }
      const step = Math.min(1, elapsedMs / FADE_MS);
      for (const area of coded[group].areas)
        this.shares[area] += MathUtils.clamp(this.#isErased[group] - this.shares[area], -step, step);
    }
  }
}

/** Returns whether a frame speaks for erasing a group of areas, which is erased now or not. */
function wantsErased(
  classes: PixelClasses,
  body: Pick<PosedBody, 'positions' | 'camera'>,
  {
    capsules,
    covered,
    group,
    isErased,
  }: { capsules: BodyCapsules; covered: CoveredLimbs; group: number; isErased: boolean },
): boolean {
  const sure = sureShare(classes, body, coded[group].axes);
  const [name] = groups[group].areas;
  // A limb outside the picture keeps its state. A trunk of which only the shoulders are seen is under the garment.
  if (Number.isNaN(sure)) return isErased || name === 'trunk';
  if (isErased) return sure > CEASE_SHARE;
  return sure >= BEGIN_SHARE && isPlaced(classes, capsules, covered, group);
}

/** Scratch of `isPlaced`. */
const sight: LimbSight = { cloth: 0, placed: 0, bare: 0 };

/** Step 2. Other areas than limbs and neck are always placed. */
function isPlaced(classes: PixelClasses, { lines }: BodyCapsules, covered: CoveredLimbs, group: number): boolean {
  const [name] = groups[group].areas;
  if (name === 'neck') return ownNeckShare(classes, lines) <= BARE_NECK_SHARE;
  if (name !== 'leftArm' && name !== 'leftLeg') return true;
  if (name === 'leftArm' ? covered.arms : covered.legs) return true;
  const { cloth, placed, bare } = seeLimb(classes, lines, coded[group].starts, sight);
  if (cloth < FEW_SAMPLES) return true;
  return placed >= PLACED_SHARE * cloth && (name !== 'leftArm' || bare >= BARE_SAMPLES);
}

/** Returns the share of the neck that shows own upper clothes, 0..1, of samples on and beside its axis. */
function ownNeckShare({ width, height, data }: PixelClasses, lines: Float32Array): number {
  const start = capsuleStarts[bodyAreas.indexOf('neck')][0];
  let own = 0;
  let count = 0;
  for (let s = 0; s < SAMPLES; s++) {
    const share = (NECK_PART * (s + 0.5)) / SAMPLES;
    for (let side = -1; side <= 1; side++) {
      // To the sides of a person who stands, whose neck is upright in the picture.
      const x = Math.floor(MathUtils.lerp(lines[start], lines[start + 2], share) + side * 0.5 * lines[start + 4]);
      const y = Math.floor(MathUtils.lerp(lines[start + 1], lines[start + 3], share));
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      count++;
      if (data[4 * (y * width + x) + 2] >= SURE) own++;
    }
  }
  return count === 0 ? 0 : own / count;
}

/**
 * Returns the share of samples along lines of joints (bone indices) whose class is sure, 0..1; NaN if none of them is in
 * the picture.
 */
function sureShare(
  { width, height, data }: PixelClasses,
  { positions, camera }: Pick<PosedBody, 'positions' | 'camera'>,
  lines: readonly (readonly number[])[],
): number {
  const halfHeight = halfHeightAtUnitDistance(camera.fovYDegrees);
  const halfWidth = (halfHeight * camera.width) / camera.height;
  let sure = 0;
  let count = 0;
  for (const joints of lines) {
    for (let i = 0; i < (joints.length - 1) * SAMPLES; i++) {
      const j = Math.floor(i / SAMPLES);
      const share = ((i % SAMPLES) + 0.5) / SAMPLES;
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

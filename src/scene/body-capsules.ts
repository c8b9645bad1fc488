import type { PosedBody } from '../body/body.ts';
import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import { type BodyArea, bodyAreas } from './body-areas.ts';
import { coordinateBetween, type JointLinePoint } from './coordinate-between.ts';

/**
 * The posed body as capsules in a picture: lines with a radius, each of one area of the body. Input: joints in camera
 * space (metres, +x right in the picture, +y up, −z away from the camera), and the size of a small picture (px, rows
 * from the top). Output: `lines`, and `areaAt`, the area to which a pixel on or near the body belongs.
 */

/** Numbers of a capsule in `lines`: x and y of both ends, px; radius, px; pixels in a metre. */
const CAPSULE_NUMBERS = 6;
/** Least distance from the camera that a joint counts as, metres: a guess for a body close by may come nearer. */
const MIN_DEPTH_METRES = 0.1;
/** Width of a loose sleeve beside its arm, metres. A pixel within it belongs to the arm, though the trunk is behind it. */
const SLEEVE_METRES = 0.03;

/** A capsule: the area of the body it belongs to, its ends on lines between joints, and its radius, metres. */
interface Capsule {
  area: BodyArea;
  from: JointLinePoint;
  to: JointLinePoint;
  radius: number;
}

/** A joint, or a point at `share` of the way from `from` to `to`. */
const point = (from: BoneName, to: BoneName = from, share = 0): JointLinePoint => ({
  from: boneIndex[from],
  to: boneIndex[to],
  share,
});

/** The capsules of a limb on one side. Radii are those of an average adult. */
function limbs(side: 'left' | 'right'): Capsule[] {
  const bone = (name: string): BoneName => `${side}${name}` as BoneName;
  return [
    // The shoulder belongs to the trunk: a sleeve that stays begins where a short one may end.
    {
      area: `${side}Arm`,
      from: point(bone('UpperArm'), bone('LowerArm'), 0.35),
      to: point(bone('LowerArm')),
      radius: 0.05,
    },
    { area: `${side}Arm`, from: point(bone('LowerArm')), to: point(bone('Hand')), radius: 0.042 },
    { area: `${side}Arm`, from: point(bone('Hand')), to: point(bone('LowerArm'), bone('Hand'), 1.5), radius: 0.05 },
    {
      area: `${side}Leg`,
      from: point(bone('UpperLeg'), bone('LowerLeg'), 0.2),
      to: point(bone('LowerLeg')),
      radius: 0.08,
    },
    { area: `${side}Leg`, from: point(bone('LowerLeg')), to: point(bone('Foot')), radius: 0.055 },
    // Shoes stay: bare feet would be guessed in their place.
    { area: 'kept', from: point(bone('Foot')), to: point(bone('Toes')), radius: 0.05 },
    { area: 'trunk', from: point(bone('UpperArm')), to: point(bone('UpperLeg'), bone('UpperArm'), 0.25), radius: 0.08 },
    { area: 'hips', from: point(bone('UpperLeg'), bone('UpperArm'), 0.1), to: point(bone('UpperLeg')), radius: 0.1 },
  ];
}

/** All capsules. */
const capsules: readonly Capsule[] = [
  ...limbs('left'),
  ...limbs('right'),
  { area: 'trunk', from: point('upperChest'), to: point('spine'), radius: 0.12 },
  { area: 'hips', from: point('spine', 'hips', 0.5), to: point('hips'), radius: 0.12 },
  // Down to where the neckline of a shirt ends: what is seen in it belongs to the neck.
  { area: 'neck', from: point('head'), to: point('neck', 'upperChest', 0.4), radius: 0.075 },
];
const areaOfCapsule = Uint8Array.from(capsules, ({ area }) => bodyAreas.indexOf(area));
const isArm = capsules.map(({ area }) => area === 'leftArm' || area === 'rightArm');

/** Returns by area, index into `bodyAreas`, where the values of its capsules begin in `BodyCapsules.lines`. */
export const capsuleStarts: readonly (readonly number[])[] = bodyAreas.map((_, area) =>
  capsules.flatMap((_, c) => (areaOfCapsule[c] === area ? [CAPSULE_NUMBERS * c] : [])),
);

/** The projected capsules. */
export class BodyCapsules {
  /** `CAPSULE_NUMBERS` values of each capsule. */
  readonly lines = new Float32Array(CAPSULE_NUMBERS * capsules.length);

  /** Projects the posed body into a picture of `width` × `height` px. */
  take(body: Pick<PosedBody, 'positions' | 'camera'>, width: number, height: number): void {
    const { lines } = this;
    capsules.forEach(({ from, to, radius }, c) => {
      const start = CAPSULE_NUMBERS * c;
      const depth = project(body, from, lines, start, width, height);
      const perMetre = height / 2 / halfHeightAtUnitDistance(body.camera.fovYDegrees);
      const endDepth = project(body, to, lines, start + 2, width, height);
      lines[start + 5] = (2 * perMetre) / (depth + endDepth);
      lines[start + 4] = radius * lines[start + 5];
    });
  }

  /**
   * Returns the area, index into `bodyAreas`, of a pixel: that of the nearest arm if the pixel is in its sleeve, and
   * otherwise of the capsule whose surface is nearest, or that holds the pixel deepest.
   */
  areaAt(x: number, y: number): number {
    let nearest = Infinity;
    let area = 0;
    let nearestArm = 0;
    let arm = 0;
    for (let c = 0; c < areaOfCapsule.length; c++) {
      const distance = this.distanceTo(CAPSULE_NUMBERS * c, x, y);
      if (distance < nearest) {
        nearest = distance;
        area = areaOfCapsule[c];
      }
      if (!isArm[c]) continue;
      const inSleeve = distance - SLEEVE_METRES * this.lines[CAPSULE_NUMBERS * c + 5];
      if (inSleeve < nearestArm) {
        nearestArm = inSleeve;
        arm = areaOfCapsule[c];
      }
    }
    return arm || area;
  }

  /** Returns the distance of a pixel from the surface of the capsule whose values begin at `start`, px; inside below 0. */
  distanceTo(start: number, x: number, y: number): number {
    const { lines } = this;
    const alongX = lines[start + 2] - lines[start];
    const alongY = lines[start + 3] - lines[start + 1];
    const square = alongX * alongX + alongY * alongY;
    const dot = (x - lines[start]) * alongX + (y - lines[start + 1]) * alongY;
    const share = square > 0 ? Math.min(1, Math.max(0, dot / square)) : 0;
    const besideX = x - lines[start] - share * alongX;
    const besideY = y - lines[start + 1] - share * alongY;
    // `Math.hypot` is several times slower.
    return Math.sqrt(besideX * besideX + besideY * besideY) - lines[start + 4];
  }
}

/** Writes x and y of a point in the picture, px, and returns its depth, metres. */
function project(
  { positions, camera }: Pick<PosedBody, 'positions' | 'camera'>,
  place: JointLinePoint,
  target: Float32Array,
  index: number,
  width: number,
  height: number,
): number {
  const depth = Math.max(MIN_DEPTH_METRES, -coordinateBetween(positions, place, 2));
  const perMetre = height / 2 / halfHeightAtUnitDistance(camera.fovYDegrees) / depth;
  target[index] = width / 2 + coordinateBetween(positions, place, 0) * perMetre;
  target[index + 1] = height / 2 - coordinateBetween(positions, place, 1) * perMetre;
  return depth;
}

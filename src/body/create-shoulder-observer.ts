/**
 * Reads off the outline of the person mask how high the shoulders stand over their joints: part of the shopper's shape.
 *
 * 1. Cut lines over each shoulder of the mannequin (`PROFILES`): three across the trapezius, from front to back, and
 *    two around the deltoid, across the upper arm.
 * 2. Where the arm hangs, pose each line as the body is posed, and find its outermost point in the picture: upwards
 *    along the trunk, at the deltoid away from the arm's bone.
 * 3. Follow the mask in that direction from the level of the shoulder's joint to where the person ends.
 * 4. Note how far the posed line is beside that outline (`addShoulderOffset`): landmarks of shoulders are up to 3 cm too
 *    high or low, those of a turned person most of all.
 * 5. If the trunk is turned aside by less than 37°, add the height over the joint, metres, to the evidence. Hair and
 *    hoods only ever add to it.
 */
import { boneIndex, type Mannequin, MORPH_COUNT } from '../mannequin/mannequin.ts';
import { regions } from '../mannequin/regions.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import { ramp } from '../math/ramp.ts';
import { armLift } from './arm-lift.ts';
import type { PosedBody } from './body.ts';
import type { OutlineObserver } from './create-outline-observer.ts';
import { createRing } from './create-ring.ts';
import { mainBones } from './cut-ring.ts';
import { measureSilhouette } from './measure-silhouette.ts';
import { addShoulderOffset } from './outline-offsets.ts';
import { addSlope, type OutlineRing, poseRing } from './outline-ring.ts';
import type { MeasureKind, Observation } from './shape-evidence.ts';
import { sharesOf, sumShared } from './shared-unknowns.ts';
import { trunkTurnSine } from './trunk-turn-sine.ts';

/**
 * Lines over a shoulder. `trapezius`: `share` of the shoulder joint's distance from the middle of the body; nearer to
 * it is the neck. `deltoid`: `share` of the way from the shoulder's joint to the elbow's.
 */
const PROFILES = [
  { muscle: 'trapezius', share: 0.45 },
  { muscle: 'trapezius', share: 0.65 },
  { muscle: 'trapezius', share: 0.9 },
  { muscle: 'deltoid', share: 0 },
  { muscle: 'deltoid', share: 0.15 },
] as const;
const SIDES = ['left', 'right'] as const;
/** Points that are kept of each line. */
const POINTS = 14;
/**
 * Standard deviations of the error of a height, metres. `sharedError`, the same in all frames: the mask's edge and the
 * form of the mannequin's shoulder. `frameError`, new in each frame: the height of the joint, whose landmarks move up
 * and down.
 */
const HEIGHT_ERROR = { sharedError: 0.005, frameError: 0.012 };
/** Mean of what hair, collars and folds add to a height, metres. */
const EXCESS = 0.01;
/**
 * Shares in a height: the mask's edge and the cloth are of both sides of the body. Cloth lies on the shoulders: however
 * far a wide top stands off the chest (6 to 15 cm of breadth), over the trapezius it is as thick as its fabric, 3 to
 * 8 mm. Sleeves stand a quarter as far off the deltoid as off the arm. With 0.3 on the trapezius the shoulders of people
 * in wide tops were learned 1.4 cm too low, and garments hung too low on them.
 */
const SHARED = {
  trapezius: sharesOf({ edge: 0.5, chestCloth: 0.05 }),
  deltoid: sharesOf({ edge: 0.5, armCloth: 0.12 }),
};
/**
 * Power of `MeasureKind.recency`. In the first frames of a film the tracker finds the shoulders' landmarks too low;
 * later it follows the person. With this power the first 6 of 60 frames together have 0.3 % of the weight.
 */
const RECENCY = 3;
/** The outline is looked for as far as this beyond the mannequin's, metres. */
const REACH = 0.07;
/** Sine of the trunk's turn up to which a shoulder stands clear of the neck in the picture: 37°. */
const MAX_TURN_SINE = 0.6;
/** Lifts of an upper arm up to which it counts as hanging, and from which it does not (−1 hangs straight down). */
const HANGING = -0.8;
const LIFTED = -0.5;

/** One line over one shoulder. */
interface Profile {
  /** The points of the line. */
  ring: OutlineRing;
  muscle: (typeof PROFILES)[number]['muscle'];
  /** Bones at whose joints shoulder and elbow are (indices into `boneNames`). */
  shoulder: number;
  elbow: number;
  /** Index into `PROFILES`: left and right shoulder share one measure. */
  kind: number;
}

/** Step 1. */
function createProfiles(mannequin: Mannequin): Profile[] {
  const { positions, joints } = mannequin;
  const bones = mainBones(mannequin);
  return SIDES.flatMap((side) =>
    PROFILES.map(({ muscle, share }, kind) => {
      const shoulder = boneIndex[`${side}UpperArm`];
      const elbow = boneIndex[`${side}LowerArm`];
      const [start, end] = [shoulder, elbow].map((bone) => [...joints.subarray(3 * bone, 3 * bone + 3)]);
      const arm = end.map((value, axis) => value - start[axis]);
      const length = Math.hypot(...arm);
      const isTrapezius = muscle === 'trapezius';
      const origin = isTrapezius
        ? [start[0] * share, start[1], start[2]]
        : start.map((value, axis) => value + share * arm[axis]);
      const normal = isTrapezius ? [1, 0, 0] : arm.map((value) => value / length);
      // Upwards, or off the arm: upwards and away from the trunk.
      const up = isTrapezius ? [0, 1] : [Math.abs(normal[1]) * Math.sign(start[0]), Math.abs(normal[0])];
      const isWanted = (v: number): boolean => {
        const { region, side: ofBone } = regions[bones[v]];
        const height = (positions[3 * v] - origin[0]) * up[0] + (positions[3 * v + 1] - origin[1]) * up[1];
        return height > 0 && region !== 'head' && (ofBone === side || ofBone === 'middle');
      };
      const place = {
        part: 'shoulder',
        level: isTrapezius ? share : 1,
        from: shoulder,
        to: elbow,
        points: POINTS,
      } as const;
      const ring = createRing(mannequin, { ...place, plane: { origin, normal } }, isWanted);
      return { ring, muscle, shoulder, elbow, kind };
    }),
  );
}

/** Unit vector in the picture, ay upwards. */
const direction = { ax: 0, ay: 0 };

/** Writes the direction in the picture from one joint to another to `direction`. */
function pointAlong({ positions }: PosedBody, from: number, to: number): void {
  const x = positions[3 * to] / -positions[3 * to + 2] - positions[3 * from] / -positions[3 * from + 2];
  const y = positions[3 * to + 1] / -positions[3 * to + 2] - positions[3 * from + 1] / -positions[3 * from + 2];
  const length = Math.hypot(x, y);
  direction.ax = x / length;
  direction.ay = y / length;
}

/** Writes the direction in which a shoulder's outline is looked for to `direction`. */
function pointOutwards(body: PosedBody, { muscle, shoulder, elbow }: Profile): void {
  pointAlong(body, boneIndex.hips, boneIndex.upperChest);
  if (muscle === 'trapezius') return;
  const { ax: upX, ay: upY } = direction;
  pointAlong(body, boneIndex.neck, shoulder);
  const outX = upX + direction.ax;
  const outY = upY + direction.ay;
  pointAlong(body, shoulder, elbow);
  const { ax: x, ay: y } = direction;
  // Across the arm, to the side that is up and away from the neck.
  const sign = -y * outX + x * outY < 0 ? -1 : 1;
  direction.ax = -y * sign;
  direction.ay = x * sign;
}

/**
 * Creates an observer of one shopper's shoulders; `mannequin`: the body model that is posed as the shopper.
 *
 * `observe` reads the mask (coverage 0..255, rows from the top) and the posed body (camera space, metres), and adds to
 * the evidence one height for each entry of `PROFILES`, in the tracker's metres (`scale`: true metres to one of these).
 */
export function createShoulderObserver(mannequin: Mannequin): OutlineObserver {
  const profiles = createProfiles(mannequin);
  const row = new Float64Array(MORPH_COUNT);
  const height: Observation = { seen: 0, modelled: 0, row, shape: row };
  const kinds = PROFILES.map(
    ({ muscle }): MeasureKind => ({
      ...HEIGHT_ERROR,
      excess: EXCESS,
      shared: SHARED[muscle],
      recency: RECENCY,
      shows: [],
    }),
  );

  return {
    kinds,
    observe(mask, body, { matrices, evidence, first, scale, shared, offsets }) {
      const isTurned = trunkTurnSine(body) > MAX_TURN_SINE;
      const pixelsAtUnit = mask.height / (2 * halfHeightAtUnitDistance(body.camera.fovYDegrees));
      for (let p = 0; p < profiles.length; p++) {
        const profile = profiles[p];
        const { ring, shoulder, elbow, kind } = profile;
        const weight = ramp(armLift(body, shoulder, elbow), LIFTED, HANGING);
        if (weight === 0) continue;
        pointOutwards(body, profile);
        const { ax, ay } = direction;
        poseRing(ring, body.shape, matrices);
        let top = 0;
        let highest = -Infinity;
        for (let i = 0; i < ring.count; i++) {
          const value = (ax * ring.posed[3 * i] + ay * ring.posed[3 * i + 1]) / -ring.posed[3 * i + 2];
          if (value <= highest) continue;
          highest = value;
          top = i;
        }
        const joint = 3 * shoulder;
        const toJoint = (ax * body.positions[joint] + ay * body.positions[joint + 1]) / -body.positions[joint + 2];
        const depth = -ring.posed[3 * top + 2];
        const pixels = pixelsAtUnit / depth;
        height.modelled = (highest - toJoint) * depth;
        // The point at the joint's level.
        const x = ring.posed[3 * top] / depth - ax * (highest - toJoint);
        const y = ring.posed[3 * top + 1] / depth - ay * (highest - toJoint);
        const px = mask.width / 2 + x * pixelsAtUnit;
        const py = mask.height / 2 - y * pixelsAtUnit;
        const seen = measureSilhouette(mask, px, py, ax, -ay, (height.modelled + REACH) * pixels) / pixels;
        const cloth = Math.max(0, sumShared(SHARED[profile.muscle], shared));
        addShoulderOffset(offsets, ring, direction, { metres: seen - height.modelled - cloth, weight });
        if (isTurned) continue;
        height.seen = seen / scale;
        height.shape = body.shape;
        row.fill(0);
        addSlope(ring, top, { mannequin, matrices, ax, ay, factor: 1, held: shoulder }, row);
        evidence.add(first + kind, weight, height);
      }
    },
  };
}

import { Vector3 } from 'three';
import { ramp } from '../math/ramp.ts';
import { landmarkIndex as at } from './landmark-index.ts';
import { armElevation, clavicleElevation } from './raised-shoulder.ts';

/** Slope of an upright trunk from its hips' landmarks to its shoulders', towards the camera: of people, not of the mannequin, whose shoulders lie a little further back. */
export const UPRIGHT_LEAN = 0.05;
/**
 * Slope by which cameras look down on people, who then lean towards them from the ankles up. Nothing in the picture of an
 * upright person tells, and least the model's depth: it tips the mannequin, who stands straight, further forward than a rendered man seen from
 * above, and a woman who stands still now forwards, now backwards.
 */
const CAMERA_PITCH = 0.01;
/** Slope of an upright shank, from its knee's landmark backwards to its ankle's: of the mannequin, and about that of a rendered man. */
const SHANK_SLOPE = 0.1;
/**
 * Squared cosine of a turn aside up to which a trunk's height in the picture tells nothing of its lean, and from which it tells all. From the side models find the
 * shoulders higher and the hips lower, much on the mannequin and hardly on others; and nobody bows towards the camera sideways.
 */
const ASIDE = 0.5;
const FACING = 0.75;
/** How much less the upright length is learned of a trunk turned aside: the power of how far that cosine has come from `ASIDE` to 1. */
const LEARN_FACING = 4;
/** Cosines of a knee's bend up to which legs stand, and from which they do not. */
const STRAIGHT_KNEE = 0.9;
const BENT_KNEE = 0.7;
/** Shares of its upright length between which a part of the body comes to be taken for foreshortened: noise, breath and shoulders that are drawn up stay above. */
const UNSHORTENED = 0.97;
const FORESHORTENED = 0.9;
/** Share by which the shoulders' landmarks rise over the hips to a radian of a clavicle: half its length to the trunk's, as far as landmarks show it. */
const RISE = 0.12;
/**
 * How fast the trunk's upright length follows a longer one and a shorter one, a frame: people are seen at full length now
 * and then, and foreshortened often.
 */
const GROW = 0.3;
const SHRINK = 0.003;
/** And faster at first, by this power of a frame's share of all that was seen: a mean would follow by the share itself, and the first bow. */
const SETTLE = 1.5;
/** Time in which the distance follows to 63 %: nobody goes far while they bow. */
const DISTANCE_MS = 1500;

/** Rights trunk and legs of world landmarks, frame by frame. */
export interface TrunkStraightener {
  /**
   * @param world 3 × 33, metres of the body, camera axes (y up, z towards the viewer), origin at the hips; changed in place:
   *   trunk, head and legs move in depth only, so that the picture stays as it is, and the arms go with their shoulders.
   * @param rays 2 × 33, the landmarks on the plane z = −1.
   * @param scale metres of the body to a metre of the model.
   */
  straighten(world: Float32Array | Float64Array, rays: ArrayLike<number>, scale: number): void;
  /** Takes how far away the body was found to stand, metres. */
  noteDistance(metres: number, timeMs: number): void;
  reset(): void;
}

const upwards = new Vector3(0, 1, 0);

/** Landmarks above the neck. */
const head = Array.from({ length: at.leftShoulder }, (_, i) => i);
const arms = [at.leftShoulder, at.rightShoulder].map((shoulder) => ({
  shoulder,
  arm: Array.from({ length: 6 }, (_, i) => shoulder + 2 * i),
}));

/** Thighs and shanks; `below`: the landmarks that go with the lower end. */
const legBones = [
  { from: at.leftHip, to: at.leftKnee, slope: 0, below: [at.leftKnee, at.leftAnkle, at.leftHeel, at.leftFootIndex] },
  { from: at.leftKnee, to: at.leftAnkle, slope: SHANK_SLOPE, below: [at.leftAnkle, at.leftHeel, at.leftFootIndex] },
  {
    from: at.rightHip,
    to: at.rightKnee,
    slope: 0,
    below: [at.rightKnee, at.rightAnkle, at.rightHeel, at.rightFootIndex],
  },
  {
    from: at.rightKnee,
    to: at.rightAnkle,
    slope: SHANK_SLOPE,
    below: [at.rightAnkle, at.rightHeel, at.rightFootIndex],
  },
];

/** A length as it is when upright, learned. */
class UprightLength {
  #longest = 0;
  #certainty = 0;
  #frames = 0;

  /** Learns as far as `certainty` (0..1) goes, beside what it was so far, and returns which share of itself the length is, at most 1. */
  share(length: number, certainty: number): number {
    if (certainty === 0) return this.#longest === 0 ? 1 : Math.min(1, length / this.#longest);
    this.#certainty += certainty;
    this.#frames++;
    const share = certainty / this.#certainty;
    const rate = length > this.#longest ? GROW * Math.min(1, share * this.#frames) : SHRINK;
    this.#longest += Math.max(share ** SETTLE, rate) * (length - this.#longest);
    return Math.min(1, length / this.#longest);
  }

  reset(): void {
    this.#longest = 0;
    this.#certainty = 0;
    this.#frames = 0;
  }
}

function middle(values: ArrayLike<number>, step: number, axis: number, a: number, b: number): number {
  return (values[step * a + axis] + values[step * b + axis]) / 2;
}

/** From middle hip to middle shoulder along an axis. */
function along(values: ArrayLike<number>, step: number, axis: number): number {
  return (
    middle(values, step, axis, at.leftShoulder, at.rightShoulder) - middle(values, step, axis, at.leftHip, at.rightHip)
  );
}

/** How far a share of an upright length says that the part is foreshortened, 0..1. */
function foreshortened(share: number): number {
  return ramp(share, UNSHORTENED, FORESHORTENED);
}

/** How far a knee is bent, 0..1, by the model's depth. */
function bend(world: ArrayLike<number>, hip: number, knee: number, ankle: number): number {
  let dot = 0;
  let thigh = 0;
  let shank = 0;
  for (let axis = 0; axis < 3; axis++) {
    const a = world[3 * knee + axis] - world[3 * hip + axis];
    const b = world[3 * ankle + axis] - world[3 * knee + axis];
    dot += a * b;
    thigh += a * a;
    shank += b * b;
  }
  return ramp(dot / (Math.sqrt(thigh * shank) || 1), STRAIGHT_KNEE, BENT_KNEE);
}

/** Squared cosine of the trunk's turn aside, 0..1: of facing the camera, or turning the back on it. */
function facingOf(world: ArrayLike<number>): number {
  const x = world[3 * at.leftShoulder] - world[3 * at.rightShoulder] + world[3 * at.leftHip] - world[3 * at.rightHip];
  const z =
    world[3 * at.leftShoulder + 2] -
    world[3 * at.rightShoulder + 2] +
    world[3 * at.leftHip + 2] -
    world[3 * at.rightHip + 2];
  return x ** 2 / (x ** 2 + z ** 2 || 1);
}

/** Share of a change that a value follows in an interval. */
function follow(intervalMs: number, timeMs: number): number {
  return 1 - Math.exp(-Math.max(0, intervalMs) / timeMs);
}

/**
 * MediaPipe's depth tips upright people forwards by anything and says too little of a bow. So a trunk is taken to be upright, and one that is seen
 * shorter than it is leans as far as that shows: shorter in the model's own metres and in the picture, since the former
 * shrink and grow with the pose, and the latter with the distance. Thighs and shanks likewise: at full length they stand straight, and
 * the model's depth counts as they are foreshortened.
 */
export function createTrunkStraightener(): TrunkStraightener {
  const worldLength = new UprightLength();
  const pictureLength = new UprightLength();
  const lengthByLegs = new UprightLength();
  const legShares = new Float64Array(legBones.length);
  const legLengths = legBones.map(() => new UprightLength());
  let distance = 0;
  let distanceMs = 0;

  return {
    straighten(world, rays, scale) {
      const height = along(world, 3, 1);
      const length = Math.hypot(along(world, 3, 0), height);
      // Lying or upside down: up is not where the lean is.
      if (!(height >= 0.5 * length)) return;
      const rise =
        1 +
        RISE *
          (clavicleElevation(armElevation('left', world, upwards)) +
            clavicleElevation(armElevation('right', world, upwards)));
      const facing = facingOf(world);
      const certainty = ramp(facing, ASIDE, 1) ** LEARN_FACING;
      const seen = worldLength.share(length / rise / scale, certainty);
      const drawn = Math.hypot(along(rays, 2, 0), along(rays, 2, 1)) / rise;
      let shown = distance > 0 ? pictureLength.share((drawn * distance) / scale, certainty) : 1;
      let legs = 0;
      for (let bone = 0; bone < legBones.length; bone++) {
        const { from, to } = legBones[bone];
        const drawnBone = Math.hypot(rays[2 * to] - rays[2 * from], rays[2 * to + 1] - rays[2 * from + 1]);
        legShares[bone] = distance > 0 ? legLengths[bone].share((drawnBone * distance) / scale, 1) : 1;
        legs += drawnBone;
      }
      const bent = Math.max(
        bend(world, at.leftHip, at.leftKnee, at.leftAnkle),
        bend(world, at.rightHip, at.rightKnee, at.rightAnkle),
      );
      // Beside legs that stand, however far away that is: the distance itself follows what the model makes of the trunk.
      if (legs > 0 && bent < 1)
        shown += (1 - bent) * (lengthByLegs.share(drawn / legs, (1 - bent) * certainty) - shown);
      const depth = along(world, 3, 2);
      const share = Math.max(seen, shown);
      const shownLean =
        depth > 0 ? ramp(facing, ASIDE, FACING) * Math.sqrt(1 / share ** 2 - 1) * foreshortened(share) : 0;
      const lean = UPRIGHT_LEAN + shownLean;
      const shear = lean - depth / height;
      const hipHeight = middle(world, 3, 1, at.leftHip, at.rightHip);
      for (const landmark of head) world[3 * landmark + 2] += shear * Math.max(0, world[3 * landmark + 1] - hipHeight);
      for (const { shoulder, arm } of arms) {
        const shift = shear * Math.max(0, world[3 * shoulder + 1] - hipHeight);
        for (const landmark of arm) world[3 * landmark + 2] += shift;
      }
      for (let bone = 0; bone < legBones.length; bone++) {
        const { from, to, slope, below } = legBones[bone];
        const upright = world[3 * from + 2] - slope * (world[3 * from + 1] - world[3 * to + 1]);
        const shift = (upright - world[3 * to + 2]) * (1 - foreshortened(legShares[bone]));
        for (const landmark of below) world[3 * landmark + 2] += shift;
      }
      for (let i = 0; i < world.length; i += 3) world[i + 2] += CAMERA_PITCH * (world[i + 1] - hipHeight);
    },
    noteDistance(metres, timeMs) {
      distance += (distance > 0 ? follow(timeMs - distanceMs, DISTANCE_MS) : 1) * (metres - distance);
      distanceMs = timeMs;
    },
    reset() {
      worldLength.reset();
      pictureLength.reset();
      lengthByLegs.reset();
      for (const length of legLengths) length.reset();
      distance = 0;
    },
  };
}

/**
 * Reads the lengths of a body off its landmarks, to learn the shopper's shape.
 *
 * 1. For each segment: the distance between two landmarks, or between the middles of two pairs.
 * 2. Take off what lifted arms raise the shoulders by. Weight the length by how far it lies across the view (its length
 *    in depth is a guess), and for shoulders by how far the arms hang, since shoulders close in with lifted arms, and
 *    rise differently from person to person.
 * 3. Add it to the evidence, as an equation of the morph weights.
 */
import { boneIndex, type LandmarkSite, type Mannequin, MORPH_COUNT, morphIndex } from '../mannequin/mannequin.ts';
import { ramp } from '../math/ramp.ts';
import { type LandmarkPair, LEFT_EYE, type Segment, type SizedPart, segments } from './body-segments.ts';
import { hiddenLegs } from './hidden-legs.ts';
import { landmarkIndex as at } from './landmark-index.ts';
import { trunkRise } from './raised-shoulder.ts';
import { createRestBody, shapeRestBody } from './rest-body.ts';
import type { MeasureKind, Observation, ShapeEvidence } from './shape-evidence.ts';
import { NOTHING_SHARED, POSE_ERRORS, sharedIndex } from './shared-unknowns.ts';

/** Below this visibility, 0..1, a landmark is a guess and shows no length. */
const MIN_VISIBILITY = 0.65;
/** Lifts of an elbow up to which an arm counts as hanging, and from which it does not (−1 hangs straight down). */
const HANGING = -0.8;
const LIFTED = -0.5;
/** Shares of the way through hips and knees that eyes and ankles are apart: bent bodies, and bodies that stand upright. */
const BENT = 0.94;
const STRAIGHT = 0.98;
/** Weight of the breadth of shoulders whose arms are lifted, and of trunks turned aside. */
const MIN_WEIGHT = 0.01;
/** Weight of a length down from the shoulders of lifted arms, whose rise is taken off (`shoulderRise`). */
const LIFTED_WEIGHT = 0.1;
const SHOULDERS: LandmarkPair = [at.leftShoulder, at.rightShoulder];
const HIPS: LandmarkPair = [at.leftHip, at.rightHip];
/** Number of frames in which the length of this frame counts as much as those learned (`learnedLength`). */
const NEW_FRAMES = 0.5;
/** Of the shared unknowns: how far hips are found too low under clothes, and besides without legs. */
const LOW_HIPS = sharedIndex('lowHips');
const HIPS_WITHOUT_LEGS = sharedIndex('hipsWithoutLegs');

/** By part of the body, the index of its segment. */
const partSegments = Object.fromEntries(segments.flatMap(({ part }, i) => (part ? [[part, i]] : []))) as Record<
  SizedPart,
  number
>;

/** Measures the lengths of one shopper. */
export interface LengthObserver {
  /** By segment, in the order of `segments`: errors of its length, metres, and what it shows. */
  readonly kinds: readonly MeasureKind[];
  /**
   * Adds what one frame's landmarks show. Allocates nothing.
   *
   * @param points 3 × 33 landmarks, metres, camera axes: +x right, +y up, +z towards the viewer.
   * @param visibility 33, 0..1.
   * @param target.evidence Receives the equations: running means over all frames.
   * @param target.first Index in the evidence of the first of `kinds`.
   * @param target.scale Metres of `points` to one of the tracker's.
   */
  observe(
    points: ArrayLike<number>,
    visibility: ArrayLike<number>,
    target: { evidence: ShapeEvidence; first: number; scale: number },
  ): void;
  /**
   * Returns the length of a part of the body that frames have shown so far, metres of `target.scale`; the fewer frames
   * have shown it, the more `metres` counts, its length in the landmarks of this frame. `target` as for `observe`;
   * `target.evidence` is only read.
   */
  learnedLength(
    part: SizedPart,
    metres: number,
    target: { evidence: ShapeEvidence; first: number; scale: number },
  ): number;
}

/** Returns the distance between points `i` and `j` of 3 × n. */
function distance(points: ArrayLike<number>, i: number, j: number): number {
  return Math.hypot(
    points[3 * i] - points[3 * j],
    points[3 * i + 1] - points[3 * j + 1],
    points[3 * i + 2] - points[3 * j + 2],
  );
}

/** Returns the distance between the middles of two pairs of points. */
function middleDistance(points: ArrayLike<number>, [a, b]: LandmarkPair, [c, d]: LandmarkPair): number {
  return (
    Math.hypot(
      points[3 * a] + points[3 * b] - points[3 * c] - points[3 * d],
      points[3 * a + 1] + points[3 * b + 1] - points[3 * c + 1] - points[3 * d + 1],
      points[3 * a + 2] + points[3 * b + 2] - points[3 * c + 2] - points[3 * d + 2],
    ) / 2
  );
}

/** Returns the mean of x (`axis` 0) or y (1) of the image points of a pair of points, on the plane z = −1. */
function middleRay(points: ArrayLike<number>, [a, b]: LandmarkPair, axis: number): number {
  return (points[3 * a + axis] / -points[3 * a + 2] + points[3 * b + axis] / -points[3 * b + 2]) / 2;
}

/** Returns the distance across the view between the middles of two pairs of points, at the distance of `[a, b]`. */
function acrossView(points: ArrayLike<number>, [start, end]: readonly LandmarkPair[], [a, b]: LandmarkPair): number {
  const depth = -(points[3 * a + 2] + points[3 * b + 2]) / 2;
  return (
    depth *
    Math.hypot(
      middleRay(points, start, 0) - middleRay(points, end, 0),
      middleRay(points, start, 1) - middleRay(points, end, 1),
    )
  );
}

/**
 * Returns how straight the way from end to end is, 0..1: through the left ones and through the right ones of the pairs
 * `through`. `length`: metres from the middle of one end to that of the other. In a lunge the middles of hips, knees and
 * ankles lie in one line, but each leg goes a longer way than they do.
 */
function straightness(
  points: ArrayLike<number>,
  [start, end]: readonly LandmarkPair[],
  through: readonly LandmarkPair[],
  length: number,
): number {
  let way = 0;
  let from = start;
  for (let i = 0; i <= through.length; i++) {
    const to = i < through.length ? through[i] : end;
    way += (distance(points, from[0], to[0]) + distance(points, from[1], to[1])) / 2;
    from = to;
  }
  return ramp(length / way, BENT, STRAIGHT);
}

/** Returns by how much lifted arms have raised the middle of the shoulders, in the unit of `points`. */
function shoulderRise(points: ArrayLike<number>): number {
  return middleDistance(points, SHOULDERS, HIPS) * (1 - 1 / trunkRise(points));
}

/** Returns the length of a segment on the mannequin, from its landmark sites (3 × 33), metres. */
function siteLength({ pairs, ofMiddles }: Segment, sites: ArrayLike<number>): number {
  return ofMiddles ? middleDistance(sites, pairs[0], pairs[1]) : distance(sites, pairs[0][0], pairs[0][1]);
}

/** Returns the height of an elbow over its shoulder as a share of the upper arm's length: −1 hangs, 0 is level. */
function lift(points: ArrayLike<number>, shoulder: number, elbow: number): number {
  return (points[3 * elbow + 1] - points[3 * shoulder + 1]) / (distance(points, shoulder, elbow) || 1);
}

/** Returns how far both arms hang, 0..1. */
function hangingOf(points: ArrayLike<number>): number {
  const lifted = Math.max(lift(points, at.leftShoulder, at.leftElbow), lift(points, at.rightShoulder, at.rightElbow));
  return ramp(lifted, LIFTED, HANGING);
}

/** Returns how far a segment of this length lies across the view: 0 (along the line of sight) to 1. */
function planarity(points: ArrayLike<number>, i: number, j: number, length: number): number {
  const depth = (points[3 * i + 2] - points[3 * j + 2]) / length;
  return Math.max(0, 1 - depth * depth) ** 2;
}

/** Returns how far a landmark site moves relative to its joint when the head grows by a morph weight of 1, metres. */
function growthOf({ positions, joints, morphs }: Mannequin, { bone, offset }: LandmarkSite): number[] {
  let nearest = 0;
  let smallest = Infinity;
  for (let v = 0; 3 * v < positions.length; v++) {
    let squared = 0;
    for (let axis = 0; axis < 3; axis++)
      squared += (positions[3 * v + axis] - joints[3 * bone + axis] - offset[axis]) ** 2;
    if (squared < smallest) [smallest, nearest] = [squared, v];
  }
  const { positions: moved, joints: movedJoints } = morphs[morphIndex.headSize];
  return [0, 1, 2].map((axis) => moved[3 * nearest + axis] - movedJoints[3 * bone + axis]);
}

/** Creates an observer of the lengths of one shopper; `mannequin` tells how each morph changes a length. */
export function createLengthObserver(mannequin: Mannequin): LengthObserver {
  const rest = createRestBody();
  const headSites = mannequin.sites.filter(({ bone }) => bone === boneIndex.head);
  const headGrowth = headSites.map((site) => growthOf(mannequin, site));
  const noWeights = new Float32Array(MORPH_COUNT);
  const lengthsOf = (shape: Float32Array): number[] => {
    const { sites } = shapeRestBody(mannequin, shape, rest);
    // Landmarks of the head move apart with its size.
    headSites.forEach(({ landmark }, i) => {
      for (let axis = 0; axis < 3; axis++)
        sites[3 * landmark + axis] += shape[morphIndex.headSize] * headGrowth[i][axis];
    });
    return segments.map((segment) => (segment.foundShare ?? 1) * siteLength(segment, sites));
  };
  const base = lengthsOf(noWeights);
  /** By segment, change of its length per unit of each morph, metres. */
  const rows = segments.map(() => new Float64Array(MORPH_COUNT));
  for (let m = 0; m < MORPH_COUNT; m++) {
    const weights = new Float32Array(MORPH_COUNT);
    weights[m] = 1;
    lengthsOf(weights).forEach((length, i) => {
      rows[i][m] = length - base[i];
    });
  }
  const poseShares = new Float64Array(POSE_ERRORS);
  const observation: Observation = { seen: 0, modelled: 0, row: rows[0], poseShares, shape: noWeights };
  const weight = new Float64Array(segments.length);
  const length = new Float64Array(segments.length);

  /** Writes what one frame shows of each segment: its length, and the weight of that, 0..1. */
  function look(points: ArrayLike<number>, visibility: ArrayLike<number>): void {
    const hanging = hangingOf(points);
    const rise = shoulderRise(points);
    weight.fill(0);
    for (let i = 0; i < segments.length; i++) {
      const { pairs, ofMiddles, ofShoulders, through } = segments[i];
      const certainty = ofShoulders ? Math.max(ofMiddles ? LIFTED_WEIGHT : MIN_WEIGHT, hanging) : 1;
      if (ofMiddles) {
        const [[a, b], [c, d]] = pairs;
        if (Math.min(visibility[a], visibility[b], visibility[c], visibility[d]) < MIN_VISIBILITY) continue;
        length[i] = through ? acrossView(points, pairs, through[0]) : middleDistance(points, pairs[0], pairs[1]);
        if (ofShoulders) length[i] -= rise;
        // From the side models find the shoulders too high and the hips too low.
        const facing = ofShoulders ? planarity(points, a, b, distance(points, a, b)) ** 4 : 1;
        const straight = through ? straightness(points, pairs, through, length[i]) : 1;
        weight[i] = Math.max(MIN_WEIGHT, facing) * certainty * straight * planarity(points, a, c, length[i]);
        continue;
      }
      let weighted = 0;
      for (const [a, b] of pairs) {
        if (Math.min(visibility[a], visibility[b]) < MIN_VISIBILITY) continue;
        const here = distance(points, a, b);
        const share = (certainty * planarity(points, a, b, here) ** (a === LEFT_EYE ? 4 : 1)) / pairs.length;
        weighted += share * here;
        weight[i] += share;
      }
      length[i] = weight[i] > 0 ? weighted / weight[i] : 0;
    }
  }

  return {
    kinds: segments.map(({ error, shared = NOTHING_SHARED, shows = [] }) => ({
      sharedError: error,
      frameError: error,
      excess: 0,
      shared,
      shows,
    })),
    observe(points, visibility, { evidence, first, scale }) {
      look(points, visibility);
      const hidden = hiddenLegs(visibility);
      for (let i = 0; i < segments.length; i++) {
        const { shared = NOTHING_SHARED } = segments[i];
        poseShares[HIPS_WITHOUT_LEGS] = hidden * shared[LOW_HIPS];
        observation.seen = length[i] / scale;
        observation.modelled = base[i];
        observation.row = rows[i];
        evidence.add(first + i, weight[i], observation);
      }
    },
    learnedLength(part, metres, { evidence, first, scale }) {
      const index = first + partSegments[part];
      const frames = evidence.frames[index];
      return metres + (frames / (frames + NEW_FRAMES)) * (scale * evidence.seen[index] - metres);
    },
  };
}

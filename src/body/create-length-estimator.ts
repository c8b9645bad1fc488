import { MathUtils } from 'three';
import { type Mannequin, MORPH_COUNT, type MorphName, morphIndex } from '../mannequin/mannequin.ts';
import { ramp } from '../math/ramp.ts';
import { landmarkIndex as at } from './landmark-index.ts';
import { createRestBody, shapeRestBody } from './rest-body.ts';

/** Landmarks seen with less are guesses and teach nothing about lengths. */
const MIN_VISIBILITY = 0.65;
/** Frames of experience with which the mannequin's own length counts: one clear frame already weighs more. */
const PRIOR_FRAMES = 0.5;
/** After this many frames the running mean forgets as it learns. */
const MEMORY_FRAMES = 600;
/** Lifts up to which an arm counts as hanging, and from which it does not. */
const HANGING = -0.8;
const LIFTED = -0.5;
/** What lifted arms still teach of the shoulders: something, when nothing else is seen. */
const LEAST_CERTAINTY = 0.01;
/** How far trunk and thighs follow what is seen, from what is to be expected by the stature: by that trunks differ by a few centimetres, and hips are found about as wrong. */
const HIP_TRUST = 0.5;
/** With how much that fits a frame's lengths are mixed before they are compared with the person's: few that are hardly seen say little, metres. */
const STEADY_PRIOR_METRES = 0.2;
/** By how much more than their stature people's trunks and limbs differ, relatively: heads hardly do. Of the mannequin's presets, ANSUR II's percentiles. */
const STATURE_GROWTH = 1.18;
/** More than this is no mood of the model's but a limb whose depth it guesses wrong, relative. */
const MOST_UNSTEADY = 0.02;
/** No one's segment is further from the mannequin's, relatively: ±3 standard deviations of ANSUR II segment lengths are within it. */
const MAX_DEVIATION = 0.22;

type Pair = readonly [number, number];

interface Segment {
  /** The length that the segment sets; null where it only tells the body's size. */
  morph: MorphName | null;
  /** Landmarks whose distance is the segment's; left and right of the same segment teach it together. */
  pairs: readonly Pair[];
  /** Whether the ends are the middles of a left and a right landmark: `pairs` then holds the two ends. */
  ofMiddles?: boolean;
  /** Shoulders rise and close in with the arms: learned of arms that hang. */
  ofShoulders?: boolean;
  /** Hips show little: they are as likely where they are to be expected as where they are found. */
  ofHips?: boolean;
  /** How much the segment says about the body's size as a whole: trunk and legs together make up the stature. */
  scaleWeight: number;
}

const segments: readonly Segment[] = [
  {
    morph: 'trunkLength',
    pairs: [
      [at.leftShoulder, at.rightShoulder],
      [at.leftHip, at.rightHip],
    ],
    ofMiddles: true,
    ofShoulders: true,
    ofHips: true,
    scaleWeight: 4,
  },
  { morph: 'shoulderBreadth', pairs: [[at.leftShoulder, at.rightShoulder]], ofShoulders: true, scaleWeight: 0.5 },
  {
    morph: 'upperArmLength',
    pairs: [
      [at.leftShoulder, at.leftElbow],
      [at.rightShoulder, at.rightElbow],
    ],
    scaleWeight: 0.5,
  },
  {
    morph: 'lowerArmLength',
    pairs: [
      [at.leftElbow, at.leftWrist],
      [at.rightElbow, at.rightWrist],
    ],
    scaleWeight: 0.5,
  },
  {
    morph: 'upperLegLength',
    pairs: [
      [at.leftHip, at.leftKnee],
      [at.rightHip, at.rightKnee],
    ],
    ofHips: true,
    scaleWeight: 4,
  },
  // Heads differ least between people, and are seen when nothing else is.
  { morph: null, pairs: [[at.leftEar, at.rightEar]], scaleWeight: 1 },
  {
    morph: 'lowerLegLength',
    pairs: [
      [at.leftKnee, at.leftAnkle],
      [at.rightKnee, at.rightAnkle],
    ],
    scaleWeight: 4,
  },
];

const TRUNK = segments.findIndex(({ morph }) => morph === 'trunkLength');
const THIGH = segments.findIndex(({ morph }) => morph === 'upperLegLength');

/** Running knowledge of a person's segment lengths. */
export interface LengthEstimator {
  /**
   * Learns from one frame's landmarks: placed on their image rays, so that breadths are the picture's own.
   *
   * @param points 3 × 33, metres of the body as far as `scale` was right.
   * @param visibility 33, 0..1.
   * @param scale metres of the body to a metre of the model with which they were placed.
   */
  observe(points: ArrayLike<number>, visibility: ArrayLike<number>, scale: number): void;
  /** World landmarks × this are metres of the body: the model's own scale drifts, so it is set by the stature and all lengths seen. */
  scale(): number;
  /**
   * How many times as long the person is as one frame's world landmarks have them (3 × 33, metres of the body by `scale()`): these grow
   * and shrink with the pose, by some hundredths, while the picture does not.
   */
  steady(world: ArrayLike<number>, visibility: ArrayLike<number>): number;
  /** Writes the morph weights of the lengths into `shape` (MORPH_COUNT); others are left alone. */
  writeShape(shape: Float32Array): void;
  /** The shopper's stature, metres; null where unknown: the mannequin's is assumed. */
  setStature(metres: number | null): void;
  reset(): void;
}

function distance(points: ArrayLike<number>, i: number, j: number): number {
  return Math.hypot(
    points[3 * i] - points[3 * j],
    points[3 * i + 1] - points[3 * j + 1],
    points[3 * i + 2] - points[3 * j + 2],
  );
}

function middleDistance(points: ArrayLike<number>, [a, b]: Pair, [c, d]: Pair): number {
  return (
    Math.hypot(
      points[3 * a] + points[3 * b] - points[3 * c] - points[3 * d],
      points[3 * a + 1] + points[3 * b + 1] - points[3 * c + 1] - points[3 * d + 1],
      points[3 * a + 2] + points[3 * b + 2] - points[3 * c + 2] - points[3 * d + 2],
    ) / 2
  );
}

function siteLength({ pairs, ofMiddles }: Segment, sites: ArrayLike<number>): number {
  return ofMiddles ? middleDistance(sites, pairs[0], pairs[1]) : distance(sites, pairs[0][0], pairs[0][1]);
}

/** Height of an elbow over its shoulder, in upper arms: −1 hangs. */
function lift(points: ArrayLike<number>, shoulder: number, elbow: number): number {
  return (points[3 * elbow + 1] - points[3 * shoulder + 1]) / (distance(points, shoulder, elbow) || 1);
}

/** How far both arms hang, 0..1. */
function hangingOf(points: ArrayLike<number>): number {
  const lifted = Math.max(lift(points, at.leftShoulder, at.leftElbow), lift(points, at.rightShoulder, at.rightElbow));
  return ramp(lifted, LIFTED, HANGING);
}

/** How far a segment lies across the view, 0..1: its length in depth is the model's weak side. */
function planarity(points: ArrayLike<number>, i: number, j: number, length: number): number {
  const depth = (points[3 * i + 2] - points[3 * j + 2]) / length;
  return Math.max(0, 1 - depth * depth) ** 2;
}

/** Learns the proportions of one person from landmarks, frame by frame, and fits the mannequin's length morphs to them. */
export function createLengthEstimator(mannequin: Mannequin): LengthEstimator {
  const lengthsOf = (shape: Float32Array): number[] => {
    const { sites } = shapeRestBody(mannequin, shape, createRestBody());
    return segments.map((segment) => siteLength(segment, sites));
  };
  const base = lengthsOf(new Float32Array(MORPH_COUNT));
  /** Change of the site distance per unit of the morph, metres: sites lie beside joints, so it is measured, not assumed. */
  const slope = segments.map(({ morph }, i) => {
    if (morph === null) return 0;
    const weights = new Float32Array(MORPH_COUNT);
    weights[morphIndex[morph]] = 1;
    return lengthsOf(weights)[i] - base[i];
  });
  const { 'female-50': woman, 'male-50': man } = mannequin.presets;
  /** Of somebody of the mannequin's stature, woman or man. */
  const typical = lengthsOf(woman.map((weight, i) => (weight + man[i]) / 2));
  const mean = new Float64Array(segments.length);
  const seen = new Float64Array(segments.length);
  let statureRatio = 1;

  function learn(i: number, length: number, weight: number): void {
    if (!(weight > 0) || !(length > 0)) return;
    seen[i] = Math.min(seen[i] + weight, MEMORY_FRAMES);
    mean[i] += (weight / seen[i]) * (length - mean[i]);
  }

  /** Of the points that were looked at last: how much they tell of each segment, 0..1, and its length. */
  const evidence = new Float64Array(segments.length);
  const seenLength = new Float64Array(segments.length);

  function look(points: ArrayLike<number>, visibility: ArrayLike<number>): void {
    const hanging = hangingOf(points);
    evidence.fill(0);
    for (let i = 0; i < segments.length; i++) {
      const { pairs, ofMiddles, ofShoulders } = segments[i];
      const certainty = ofShoulders ? Math.max(LEAST_CERTAINTY, hanging) : 1;
      if (ofMiddles) {
        const [[a, b], [c, d]] = pairs;
        if (Math.min(visibility[a], visibility[b], visibility[c], visibility[d]) < MIN_VISIBILITY) continue;
        seenLength[i] = middleDistance(points, pairs[0], pairs[1]);
        // From the side models find the shoulders too high and the hips too low.
        const facing = planarity(points, a, b, distance(points, a, b)) ** 4;
        evidence[i] = Math.max(LEAST_CERTAINTY, facing) * certainty * planarity(points, a, c, seenLength[i]);
        continue;
      }
      let weighted = 0;
      for (const [a, b] of pairs) {
        if (Math.min(visibility[a], visibility[b]) < MIN_VISIBILITY) continue;
        const length = distance(points, a, b);
        const weight = (certainty * planarity(points, a, b, length)) / pairs.length;
        weighted += weight * length;
        evidence[i] += weight;
      }
      seenLength[i] = evidence[i] > 0 ? weighted / evidence[i] : 0;
    }
  }

  function observe(points: ArrayLike<number>, visibility: ArrayLike<number>, worldScale: number): void {
    look(points, visibility);
    for (let i = 0; i < segments.length; i++) learn(i, seenLength[i] / worldScale, evidence[i]);
  }

  const trust = (i: number): number => seen[i] / (seen[i] + PRIOR_FRAMES);

  /** As much of a trunk as of thighs: where hips are found too low, the one is too long by what the others are too short. */
  const alike = (i: number, knownOf: (i: number) => number): number =>
    segments[i].ofHips && knownOf(THIGH) > 0 ? Math.min(knownOf(TRUNK), knownOf(THIGH)) : knownOf(i);
  const evidenceOf = (i: number): number => evidence[i];

  /** A segment's length to be expected of somebody of that stature, metres. */
  const own = (i: number): number =>
    typical[i] * (1 + (segments[i].morph === null ? 0 : STATURE_GROWTH) * (statureRatio - 1));

  function scale(): number {
    let bodyMetres = 0;
    let worldMetres = 0;
    for (let i = 0; i < segments.length; i++) {
      const weight = segments[i].scaleWeight * alike(i, trust);
      bodyMetres += weight * own(i);
      worldMetres += weight * mean[i];
    }
    return worldMetres > 0 ? bodyMetres / worldMetres : statureRatio;
  }

  function steady(world: ArrayLike<number>, visibility: ArrayLike<number>): number {
    look(world, visibility);
    const toBody = scale();
    let known = STEADY_PRIOR_METRES;
    let now = STEADY_PRIOR_METRES;
    for (let i = 0; i < segments.length; i++) {
      const weight = segments[i].scaleWeight * alike(i, trust) * alike(i, evidenceOf);
      known += weight * toBody * mean[i];
      now += weight * seenLength[i];
    }
    return MathUtils.clamp(known / now, 1 - MOST_UNSTEADY, 1 + MOST_UNSTEADY);
  }

  function writeShape(shape: Float32Array): void {
    const toBody = scale();
    for (let i = 0; i < segments.length; i++) {
      const { morph, ofHips } = segments[i];
      if (morph === null || slope[i] === 0) continue;
      const expected = own(i);
      const learned = Math.min(
        expected * (1 + MAX_DEVIATION),
        Math.max(expected * (1 - MAX_DEVIATION), toBody * mean[i]),
      );
      const length = expected + (ofHips ? HIP_TRUST : 1) * trust(i) * (learned - expected);
      shape[morphIndex[morph]] = (length - base[i]) / slope[i];
    }
  }

  return {
    observe,
    scale,
    steady,
    writeShape,
    setStature(metres) {
      statureRatio = metres === null ? 1 : metres / mannequin.statureMetres;
    },
    reset() {
      mean.fill(0);
      seen.fill(0);
    },
  };
}

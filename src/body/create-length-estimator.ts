import { type Mannequin, MORPH_COUNT, type MorphName, morphIndex } from '../mannequin/mannequin.ts';
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
  /** How much the segment says about the body's size as a whole. */
  scaleWeight: number;
}

const segments: readonly Segment[] = [
  { morph: 'trunkLength', pairs: [[at.leftShoulder, at.rightShoulder], [at.leftHip, at.rightHip]], ofMiddles: true, ofShoulders: true, scaleWeight: 1 },
  { morph: 'shoulderBreadth', pairs: [[at.leftShoulder, at.rightShoulder]], ofShoulders: true, scaleWeight: 0.5 },
  { morph: 'upperArmLength', pairs: [[at.leftShoulder, at.leftElbow], [at.rightShoulder, at.rightElbow]], scaleWeight: 0.5 },
  { morph: 'lowerArmLength', pairs: [[at.leftElbow, at.leftWrist], [at.rightElbow, at.rightWrist]], scaleWeight: 0.5 },
  { morph: 'upperLegLength', pairs: [[at.leftHip, at.leftKnee], [at.rightHip, at.rightKnee]], scaleWeight: 1 },
  // Heads differ least between people, and are seen when nothing else is.
  { morph: null, pairs: [[at.leftEar, at.rightEar]], scaleWeight: 1 },
  { morph: 'lowerLegLength', pairs: [[at.leftKnee, at.leftAnkle], [at.rightKnee, at.rightAnkle]], scaleWeight: 1 },
];

/** Running knowledge of a person's segment lengths. */
export interface LengthEstimator {
  /**
   * Learns from one frame's landmarks: placed on their image rays, so that breadths are the picture's own.
   *
   * @param points 3 × 33, metres of the body as far as `scale` was right.
   * @param visibility 33, 0..1.
   * @param scale what `scale()` said when they were placed.
   */
  observe(points: ArrayLike<number>, visibility: ArrayLike<number>, scale: number): void;
  /** World landmarks × this are metres of the body: the model's own scale drifts, so it is set by the stature and all lengths seen. */
  scale(): number;
  /** Writes the morph weights of the lengths into `shape` (MORPH_COUNT); others are left alone. */
  writeShape(shape: Float32Array): void;
  /** The shopper's stature, metres; null where unknown: the mannequin's is assumed. */
  setStature(metres: number | null): void;
  reset(): void;
}

function distance(points: ArrayLike<number>, i: number, j: number): number {
  return Math.hypot(points[3 * i] - points[3 * j], points[3 * i + 1] - points[3 * j + 1], points[3 * i + 2] - points[3 * j + 2]);
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

const siteLength = ({ pairs, ofMiddles }: Segment, sites: ArrayLike<number>): number =>
  ofMiddles ? middleDistance(sites, pairs[0], pairs[1]) : distance(sites, pairs[0][0], pairs[0][1]);

/** Height of an elbow over its shoulder, in upper arms: −1 hangs. */
const lift = (points: ArrayLike<number>, shoulder: number, elbow: number): number => (points[3 * elbow + 1] - points[3 * shoulder + 1]) / (distance(points, shoulder, elbow) || 1);

/** How far a segment lies across the view, 0..1: its length in depth is the model's weak side. */
function planarity(points: ArrayLike<number>, i: number, j: number, length: number): number {
  const depth = (points[3 * i + 2] - points[3 * j + 2]) / length;
  return Math.max(0, 1 - depth * depth) ** 2;
}

/** Learns the proportions of one person from landmarks, frame by frame, and fits the mannequin's length morphs to them. */
export function createLengthEstimator(mannequin: Mannequin): LengthEstimator {
  const base = segments.map((segment) => siteLength(segment, shapeRestBody(mannequin, new Float32Array(MORPH_COUNT), createRestBody()).sites));
  /** Change of the site distance per unit of the morph, metres: sites lie beside joints, so it is measured, not assumed. */
  const slope = segments.map((segment, i) => {
    if (segment.morph === null) return 0;
    const weights = new Float32Array(MORPH_COUNT);
    weights[morphIndex[segment.morph]] = 1;
    return siteLength(segment, shapeRestBody(mannequin, weights, createRestBody()).sites) - base[i];
  });
  const mean = new Float64Array(segments.length);
  const seen = new Float64Array(segments.length);
  let statureRatio = 1;

  function learn(i: number, length: number, weight: number): void {
    if (!(weight > 0) || !(length > 0)) return;
    seen[i] = Math.min(seen[i] + weight, MEMORY_FRAMES);
    mean[i] += (weight / seen[i]) * (length - mean[i]);
  }

  function observe(points: ArrayLike<number>, visibility: ArrayLike<number>, worldScale: number): void {
    const lifted = Math.max(lift(points, at.leftShoulder, at.leftElbow), lift(points, at.rightShoulder, at.rightElbow));
    const hanging = Math.min(1, Math.max(0, (LIFTED - lifted) / (LIFTED - HANGING)));
    for (let i = 0; i < segments.length; i++) {
      const { pairs, ofMiddles, ofShoulders } = segments[i];
      const certainty = ofShoulders ? Math.max(LEAST_CERTAINTY, hanging) : 1;
      if (ofMiddles) {
        const [[a, b], [c, d]] = pairs;
        if (Math.min(visibility[a], visibility[b], visibility[c], visibility[d]) < MIN_VISIBILITY) continue;
        const length = middleDistance(points, pairs[0], pairs[1]);
        // From the side models find the shoulders too high and the hips too low.
        const facing = planarity(points, a, b, distance(points, a, b)) ** 4;
        learn(i, length / worldScale, Math.max(LEAST_CERTAINTY, facing) * certainty * planarity(points, a, c, length));
        continue;
      }
      for (const [a, b] of pairs) {
        if (Math.min(visibility[a], visibility[b]) < MIN_VISIBILITY) continue;
        const length = distance(points, a, b);
        learn(i, length / worldScale, (certainty * planarity(points, a, b, length)) / pairs.length);
      }
    }
  }

  const trust = (i: number): number => seen[i] / (seen[i] + PRIOR_FRAMES);

  function scale(): number {
    let bodyMetres = 0;
    let worldMetres = 0;
    for (let i = 0; i < segments.length; i++) {
      const weight = segments[i].scaleWeight * trust(i);
      bodyMetres += weight * base[i];
      worldMetres += weight * mean[i];
    }
    return worldMetres > 0 ? (statureRatio * bodyMetres) / worldMetres : statureRatio;
  }

  function writeShape(shape: Float32Array): void {
    const toBody = scale();
    for (let i = 0; i < segments.length; i++) {
      const { morph } = segments[i];
      if (morph === null || slope[i] === 0) continue;
      const own = statureRatio * base[i];
      const seenLength = Math.min(own * (1 + MAX_DEVIATION), Math.max(own * (1 - MAX_DEVIATION), toBody * mean[i]));
      const length = own + trust(i) * (seenLength - own);
      shape[morphIndex[morph]] = (length - base[i]) / slope[i];
    }
  }

  return {
    observe,
    scale,
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

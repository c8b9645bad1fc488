// The lengths between pose landmarks by which the body solve learns a shopper's proportions: a table (`segments`) with,
// for each length, the landmarks at its ends, its errors in metres, and the measures of the shopper that it shows.
// Landmarks are indices 0 to 32 as BlazePose numbers them; left and right are the person's.
import { landmarkIndex as at } from './landmark-index.ts';
import type { MeasureName } from './measure-names.ts';
import { sharesOf } from './shared-unknowns.ts';

/** Indices of two landmarks. */
export type LandmarkPair = readonly [number, number];

/** Parts of the body whose length the landmarks of a frame get from earlier frames. */
export type SizedPart = 'trunk' | 'thigh' | 'shank';

/** A length between landmarks. */
export interface Segment {
  /** Landmarks at the segment's ends, left and right; with `ofMiddles` the two pairs whose middles are the ends. */
  pairs: readonly LandmarkPair[];
  /** Whether the ends are the middles of the two pairs; false if absent: each pair is one segment, left and right. */
  ofMiddles?: boolean;
  /**
   * With `ofMiddles`: pairs whose middles lie between the ends of an upright body. If they are off, it counts less. The
   * length is then the one across the view at the distance of the first of them: an upright body leans little, and the
   * depths of the ends are guesses.
   */
  through?: readonly LandmarkPair[];
  /** Whether it ends at shoulders, which move with raised arms; it then counts less. False if absent. */
  ofShoulders?: boolean;
  /** Standard deviation of the error that is the same in every frame, metres. */
  error: number;
  /** Share of each unknown that it contains (`sharesOf`): landmarks that are found too low. None if absent. */
  shared?: readonly number[];
  /**
   * Length that the tracker finds, as a share of the distance between the mannequin's landmark sites (the points that
   * the landmarks mark). It is a mean over people whose distance from the camera is known. 1 if absent.
   */
  foundShare?: number;
  /** The part of the body that gets this length in every frame (`resizeBones`); none if absent. */
  part?: SizedPart;
  /** The shopper's measures that it shows; none if absent. */
  shows?: readonly MeasureName[];
}

/** Pupils: landmarks 2 and 5. */
export const LEFT_EYE = 2;
const RIGHT_EYE = 5;
const MOUTH_LEFT = 9;
const MOUTH_RIGHT = 10;

/**
 * How far ankles are found below their sites, as a share of how far knees are: trousers that draw knees down by 4 to 6 cm
 * draw ankles down by 1 to 2.
 */
const LOW_ANKLES = 0.25;

/** The lengths, from large ones to those of the face. */
export const segments: readonly Segment[] = [
  {
    pairs: [
      [at.leftShoulder, at.rightShoulder],
      [at.leftHip, at.rightHip],
    ],
    ofMiddles: true,
    ofShoulders: true,
    error: 0.02,
    shared: sharesOf({ lowHips: 1 }),
    part: 'trunk',
  },
  {
    pairs: [
      [at.leftShoulder, at.rightShoulder],
      [at.leftKnee, at.rightKnee],
    ],
    ofMiddles: true,
    ofShoulders: true,
    error: 0.03,
    shared: sharesOf({ lowKnees: 1 }),
  },
  {
    pairs: [[at.leftShoulder, at.rightShoulder]],
    ofShoulders: true,
    error: 0.014,
    shows: ['shoulder'],
  },
  {
    pairs: [
      [at.leftShoulder, at.leftElbow],
      [at.rightShoulder, at.rightElbow],
    ],
    error: 0.02,
    shows: ['upperArmLength'],
  },
  {
    pairs: [
      [at.leftElbow, at.leftWrist],
      [at.rightElbow, at.rightWrist],
    ],
    error: 0.02,
    shows: ['lowerArmLength'],
  },
  {
    pairs: [
      [at.leftHip, at.leftKnee],
      [at.rightHip, at.rightKnee],
    ],
    error: 0.02,
    shared: sharesOf({ lowHips: -1, lowKnees: 1 }),
    part: 'thigh',
    shows: ['upperLegLength'],
  },
  {
    pairs: [
      [at.leftKnee, at.leftAnkle],
      [at.rightKnee, at.rightAnkle],
    ],
    error: 0.04,
    shared: sharesOf({ lowKnees: LOW_ANKLES - 1 }),
    part: 'shank',
    shows: ['lowerLegLength'],
  },
  // Eyes to ankles. Clothes hardly move its ends, so next to a stature it tells the scale, and how low hips are found.
  {
    pairs: [
      [LEFT_EYE, RIGHT_EYE],
      [at.leftAnkle, at.rightAnkle],
    ],
    ofMiddles: true,
    through: [
      [at.leftHip, at.rightHip],
      [at.leftKnee, at.rightKnee],
    ],
    error: 0.015,
    shared: sharesOf({ lowKnees: LOW_ANKLES }),
  },
  // Heads and eyes differ least between people, and are seen when nothing else is. Trackers find ears too far apart.
  { pairs: [[at.leftEar, at.rightEar]], error: 0.006, foundShare: 1.025 },
  // Eyes to mouth: as long in a turned head.
  {
    pairs: [
      [LEFT_EYE, RIGHT_EYE],
      [MOUTH_LEFT, MOUTH_RIGHT],
    ],
    ofMiddles: true,
    error: 0.006,
    foundShare: 0.93,
  },
  // The distance between the pupils differs little between adults.
  { pairs: [[LEFT_EYE, RIGHT_EYE]], error: 0.004, foundShare: 0.95 },
];

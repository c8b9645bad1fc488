import type { SeenFrame, SeenPoint } from './track-source.ts';

/** Pairs of BlazePose landmarks, each by the index (0..32) of the left one; the right one has the next index. */
const PAIRS = { shoulder: 11, hip: 23, knee: 25 } as const;
/** One of them: `shoulder`, `hip` or `knee`. */
export type PairName = keyof typeof PAIRS;

/**
 * Errors of the tracked landmarks in one frame. Lengths are distances in the image, divided by the length of the true
 * torso there: from the middle of the shoulders to the middle of the hips. Of use for an upright person only, because
 * the torso of a bent person is foreshortened.
 */
export interface TrackError {
  /** Time of the frame on its source's clock, milliseconds. */
  timeMs: number;
  /** Whether the tracker found a person. */
  found: boolean;
  /**
   * Distance of the tracked middle of the hips, and of the shoulders, from the true one; 0 when no person was found.
   */
  hips: number;
  shoulders: number;
  /**
   * For each pair: `apart` is the distance between the true left and the true right landmark. `found` is the distance
   * from the tracked right to the tracked left landmark, measured along the true direction: negative when the tracker
   * has swapped left and right, 0 when no person was found.
   */
  sides: Record<PairName, { apart: number; found: number }>;
}

/**
 * Compares the tracked landmarks of each frame with the true ones, 33 each (x and y 0..1 from the frame's top left).
 * Returns one error record a frame, in the same order.
 */
export function compareTrack(seen: readonly SeenFrame[]): TrackError[] {
  return seen.map(({ timeMs, width, height, score, landmarks, truth }) => {
    const between = (a: SeenPoint, b: SeenPoint): [number, number] => [(a.x - b.x) * width, (a.y - b.y) * height];
    const middle = (points: readonly SeenPoint[], left: number): SeenPoint => ({
      x: (points[left].x + points[left + 1].x) / 2,
      y: (points[left].y + points[left + 1].y) / 2,
      visibility: 1,
    });
    const torso = Math.hypot(...between(middle(truth, PAIRS.shoulder), middle(truth, PAIRS.hip)));
    const found = score > 0;
    const off = (left: number): number =>
      found ? Math.hypot(...between(middle(landmarks, left), middle(truth, left))) / torso : 0;
    const side = (left: number): { apart: number; found: number } => {
      const [x, y] = between(truth[left], truth[left + 1]);
      const apart = Math.hypot(x, y);
      if (!found) return { apart: apart / torso, found: 0 };
      const [u, v] = between(landmarks[left], landmarks[left + 1]);
      return { apart: apart / torso, found: (u * x + v * y) / apart / torso };
    };
    return {
      timeMs,
      found,
      hips: off(PAIRS.hip),
      shoulders: off(PAIRS.shoulder),
      sides: { shoulder: side(PAIRS.shoulder), hip: side(PAIRS.hip), knee: side(PAIRS.knee) },
    };
  });
}

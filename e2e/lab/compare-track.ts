import type { SeenFrame, SeenPoint } from './track-source.ts';

/** Pairs of BlazePose landmarks: the index of the left one; the right one follows. */
const PAIRS = { shoulder: 11, hip: 23, knee: 25 } as const;
export type PairName = keyof typeof PAIRS;

/**
 * Errors of the tracker in one frame. Lengths are shares of the true torso's length in the picture, from the middle of the
 * shoulders to the middle of the hips.
 */
export interface TrackError {
  timeMs: number;
  found: boolean;
  /** Distances of the found middle of hips and of shoulders from the true ones; 0 where no person was found. */
  hips: number;
  shoulders: number;
  /**
   * For each pair: the distance of the true landmarks, and that of the found landmarks along the same direction, negative
   * when left and right are exchanged.
   */
  sides: Record<PairName, { apart: number; found: number }>;
}

/** Compares each frame's landmarks with its truth. */
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

import type { SeenFrame, SeenPoint } from './track-source.ts';

/** BlazePose's pairs of sides that a garment hangs on, by the index of the left one; the right one follows. */
const pairs = { shoulder: 11, hip: 23, knee: 25 } as const;
export type PairName = keyof typeof pairs;

/** How far a finding is from the truth. Lengths are shares of the true torso in the picture (mid shoulder to mid hip, as long as the person is upright). */
export interface TrackError {
  timeMs: number;
  found: boolean;
  /** Distance of the found middle between the hips, and between the shoulders, to the true one; 0 where nobody was found. */
  hips: number;
  shoulders: number;
  /** Of each pair: how far the true sides are apart, and how far the found left is from the found right in that direction; negative when they have changed sides. */
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
    const torso = Math.hypot(...between(middle(truth, pairs.shoulder), middle(truth, pairs.hip)));
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
      hips: off(pairs.hip),
      shoulders: off(pairs.shoulder),
      sides: { shoulder: side(pairs.shoulder), hip: side(pairs.hip), knee: side(pairs.knee) },
    };
  });
}

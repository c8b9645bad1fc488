/**
 * The figures of `npm run bench -- cloth`, and how each is computed from what was seen of the cloth.
 */
import { lagOf } from '../judge-fit.ts';
import { mean, median, quantile } from '../statistics.ts';
import type { ClothSight } from './cloth-meter.ts';
import type { ClothMotion } from './cloth-motions.ts';
import { FRAME_RATE } from './cloth-stage.ts';

/** Where a figure was worst. */
export interface WorstFrame {
  garment: string;
  body: string;
  motion: string;
  /** Number of the frame, 30 a second. */
  frame: number;
}

/** The figures of one or more garments that are worn together. */
export interface ClothFigures {
  /** Time of `Outfit.fit` for all garments in a frame, after the first second, milliseconds. */
  msMedian: number;
  msP95: number;
  /** Of all garments. */
  particles: number;
  /**
   * Springs longer than at rest, per cent: in the worst frame, the 99th percentile (`maxStretchPct`) and the longest of
   * all (`longestPct`).
   */
  maxStretchPct: number;
  stretchAt: WorstFrame;
  longestPct: number;
  longestAt: WorstFrame;
  /** Vertices that poke through the skin, per cent of all vertices of all frames, and in the worst frame. */
  pokeThroughPct: number;
  worstPokePct: number;
  pokeAt: WorstFrame;
  /** Vertices that poke through garments over their own, per cent of the inner vertices; null of one garment. */
  layerPokePct: number | null;
  /**
   * Kinetic energy in the last quarter of a long walk, relative to the first quarter, minus 1, in the garment in which it
   * grows most; null if the walk was not played.
   */
  energyGrowth: number | null;
  /**
   * Movement of the vertices (root mean square) from a frame to the next on a body that does not move, in the worst
   * frame after the first second, per cent of the shoulders' breadth.
   */
  stillJitterPct: number;
  /** Longest time of a first frame: the garments are fitted, and their cloth settles. Milliseconds. */
  settleMs: number;
  /**
   * Frames by which the hem's height follows the hips' in walks and jumps, where their speeds correlate most: of the
   * garment in which it is largest.
   */
  lagFrames: number;
}

/** What was seen of one garment while a motion was played. */
export interface SeenGarment {
  garment: string;
  body: string;
  motion: ClothMotion;
  shoulderMetres: number;
  sights: readonly ClothSight[];
}

/** The motions in which hem and hips move up and down together. */
const BOBBING: readonly ClothMotion[] = ['walk', 'jump'];

/** Returns the differences between each value and the one before. */
function changes(values: readonly number[]): number[] {
  return values.slice(1).map((value, i) => value - values[i]);
}

/** Returns the largest value that `of` gives of any frame after the first `from`, and where that is. */
function worst(
  seen: readonly SeenGarment[],
  of: (sight: ClothSight) => number,
  from = 0,
): { value: number; at: WorstFrame } {
  let value = -Infinity;
  let at: WorstFrame = { garment: '', body: '', motion: '', frame: 0 };
  for (const { garment, body, motion, sights } of seen)
    for (let frame = from; frame < sights.length; frame++) {
      const here = of(sights[frame]);
      if (!(here > value)) continue;
      value = here;
      at = { garment, body, motion, frame };
    }
  return { value, at };
}

/**
 * Computes the figures.
 *
 * @param seen what was seen of each garment in each motion on each body.
 * @param times by motion and body, milliseconds a frame.
 */
export function computeClothFigures(
  seen: readonly SeenGarment[],
  times: readonly (readonly number[])[],
  { particles, layerPokePct, energyGrowth }: Pick<ClothFigures, 'particles' | 'layerPokePct' | 'energyGrowth'>,
): ClothFigures {
  const steady = times.flatMap((each) => each.slice(FRAME_RATE));
  const stretch = worst(seen, ({ stretchPct }) => stretchPct);
  const longest = worst(seen, ({ longestPct }) => longestPct);
  const poke = worst(seen, ({ pokePct }) => pokePct);
  const still = seen.filter(({ motion }) => motion === 'still');
  const jitters = still.map(
    (each) => (100 * worst([each], ({ movedMetres }) => movedMetres, FRAME_RATE).value) / each.shoulderMetres,
  );
  const lags = seen
    .filter(({ motion }) => BOBBING.includes(motion))
    .map(({ sights }) => {
      const from = sights.slice(FRAME_RATE);
      const hem = changes(from.map(({ hemHeight }) => hemHeight));
      const hips = changes(from.map(({ hipHeight }) => hipHeight));
      return lagOf(hem, hips, 1);
    });
  return {
    msMedian: median(steady),
    msP95: quantile(steady, 0.95),
    particles,
    maxStretchPct: stretch.value,
    stretchAt: stretch.at,
    longestPct: longest.value,
    longestAt: longest.at,
    pokeThroughPct: mean(seen.flatMap(({ sights }) => sights.map(({ pokePct }) => pokePct))),
    worstPokePct: poke.value,
    pokeAt: poke.at,
    layerPokePct,
    energyGrowth,
    stillJitterPct: Math.max(...jitters),
    settleMs: Math.max(...times.map(([first]) => first)),
    lagFrames: lags.reduce((largest, lag) => (Math.abs(lag) > Math.abs(largest) ? lag : largest), 0),
  };
}

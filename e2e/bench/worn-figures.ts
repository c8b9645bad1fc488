// The figures of `npm run bench -- worn`, and their sums over frames and over pairs. A pair is one person filmed twice
// in the same motion, in own clothes and in a garment; a room draws the garment on the first film.
import { mean, median } from './statistics.ts';
import { medianWidth, type WidthRatio } from './trunk-width.ts';

/** How a drawn garment agrees with the true one: that of the film in the garment. */
export interface Overlap {
  /** Intersection over union, 0..1. */
  iou: number;
  /** Drawn / true width across the trunk at the waist; null where it cannot be measured. */
  width: WidthRatio | null;
  /** Mean distance of the outlines, pixels; null without a drawn garment. */
  edge: number | null;
}

/** The figures of a frame with masks. */
export interface WornFrame extends Overlap {
  /** Its number, from 0. */
  frame: number;
  /** The same for the simple overlay that demos ship (`drawNaive`). */
  naive: Overlap;
  /** Mean colour difference (CIE76) of the room's picture to the film in the garment. */
  deltaE: number;
  /** The same of the camera's picture, in which no garment is drawn. */
  cameraDeltaE: number;
  /** Share of the own clothes outside the garment that should have changed and has not; null if none should have. */
  ownLeft: number | null;
  /** Flicker of the picture as a multiple of the camera's; null without a frame before. */
  flicker: number | null;
  /** Times of drawing the frame with own clothes erased, and with them shown and no classes known; ms. */
  drawing: { erasing: number; plain: number } | null;
}

/** The figures of a frame given as a photo. */
export interface PhotoFrame extends Overlap {
  /** Its number in the film, from 0. */
  frame: number;
}

/** Figures of a film or of photos: means over frames, `medianWidth` of the widths; null where no frame has any. */
interface OverlapSum {
  iou: number | null;
  width: number | null;
  edge: number | null;
}

/** The figures of a pair. */
export interface PairFigures extends OverlapSum {
  /** Means over frames: see `WornFrame`. */
  deltaE: number | null;
  ownLeft: number | null;
  flicker: number | null;
  /** The largest `ownLeft` of two judged frames that follow each other: what comes back for one frame is not seen. */
  ownLeftMax: number | null;
  /** Median time of drawing with own clothes erased, as a multiple of that with them shown and no classes known. */
  drawingRatio: number | null;
  /** The naive overlay in the same frames. */
  naive: OverlapSum;
  /** Nothing done: the camera's picture. */
  camera: { deltaE: number | null };
  /** Each frame with masks given alone as a photo; `iouMin`: the worst. */
  photo: OverlapSum & { iouMin: number | null };
}

/** Number of the first frame that counts: before it the body is learned. */
export const FIRST_FRAME = 10;

/** Returns the values without null. */
function known(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}

/** Returns the mean of the values without null; null without values. */
function meanOf(values: readonly (number | null)[]): number | null {
  return known(values).length > 0 ? mean(known(values)) : null;
}

/** Returns the largest value that two values in a row reach; the largest of all with fewer than two, null without. */
function lastingMax(values: readonly number[]): number | null {
  if (values.length < 2) return values[0] ?? null;
  return Math.max(...values.slice(1).map((value, i) => Math.min(value, values[i])));
}

/** Returns the ratio of the median times of drawing; null without any. */
function ratioOfMedians(times: readonly { erasing: number; plain: number }[]): number | null {
  if (times.length === 0) return null;
  return median(times.map(({ erasing }) => erasing)) / median(times.map(({ plain }) => plain));
}

/** Sums up how drawn and true garment agree in some frames. */
function sumOverlaps(frames: readonly Overlap[]): OverlapSum {
  return {
    iou: meanOf(frames.map(({ iou }) => iou)),
    width: medianWidth(frames.map(({ width }) => width)),
    edge: meanOf(frames.map(({ edge }) => edge)),
  };
}

/** Sums up the frames of a pair from `FIRST_FRAME` on, and all its photos. */
export function sumUpPair(frames: readonly WornFrame[], photos: readonly PhotoFrame[]): PairFigures {
  const counted = frames.filter(({ frame }) => frame >= FIRST_FRAME);
  return {
    ...sumOverlaps(counted),
    deltaE: meanOf(counted.map(({ deltaE }) => deltaE)),
    ownLeft: meanOf(counted.map((frame) => frame.ownLeft)),
    flicker: meanOf(counted.map((frame) => frame.flicker)),
    ownLeftMax: lastingMax(known(counted.map((frame) => frame.ownLeft))),
    drawingRatio: ratioOfMedians(counted.map(({ drawing }) => drawing).filter((times) => times !== null)),
    naive: sumOverlaps(counted.map(({ naive }) => naive)),
    camera: { deltaE: meanOf(counted.map(({ cameraDeltaE }) => cameraDeltaE)) },
    photo: {
      ...sumOverlaps(photos),
      iouMin: photos.length > 0 ? Math.min(...photos.map(({ iou }) => iou)) : null,
    },
  };
}

/** The figures that `--json` writes. */
export interface WornReport {
  /** By name of the pair; `frames` and `photos`: all judged frames. */
  pairs: Record<string, PairFigures & { frames: WornFrame[]; photos: PhotoFrame[] }>;
  mean: PairFigures;
}

/** A tree of figures. */
type Figures = { [name: string]: number | null | Figures };

/** Returns the mean of each figure over pairs, without their frames; null where no pair has it. */
export function meanFigures(pairs: readonly PairFigures[]): PairFigures {
  const merge = (trees: readonly Figures[]): Figures =>
    Object.fromEntries(
      Object.entries(trees[0])
        .filter(([, first]) => !Array.isArray(first))
        .map(([name, first]) => {
          const values = trees.map((tree) => tree[name]);
          return [
            name,
            first !== null && typeof first === 'object'
              ? merge(values as Figures[])
              : meanOf(values as (number | null)[]),
          ];
        }),
    );
  return merge(pairs as unknown as Figures[]) as unknown as PairFigures;
}

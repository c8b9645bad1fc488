import type { PosedBody } from '../body/body.ts';
import { type BodySolver, createBodySolver } from '../body/create-body-solver.ts';
import type { Outfit } from '../cloth/create-outfit.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';

/** After a longer gap, milliseconds, in a live source (hidden page, sleeping phone) another person may stand there. */
const GAP_MS = 3000;

/** State that `solveFrame` keeps from frame to frame, for one person in one source. */
export interface FrameSolver {
  /** Computes the posed body of a tracked frame, and remembers the shopper's shape. */
  readonly body: BodySolver;
  /** The garments to fit to the body of every frame. */
  readonly garments: Pick<Outfit, 'fit' | 'startAnew'>;
  /** Whether the source is live. A gap in its time then means that no frame of the person was seen in between. */
  isLive: boolean;
  /** Whether the tracker measures depth, as it declares by `Tracker.measuresDepth`. */
  isDepthMeasured: boolean;
  /** `timeMs` of the last solved frame; NaN before the first, so that every comparison with it is false. */
  previousTimeMs: number;
}

/** Options of `createFrameSolver`. */
export interface FrameSolverOptions {
  /** The body model that is shaped and posed as the person. */
  mannequin: Mannequin;
  /** The garments to fit: an outfit or a wardrobe, which fits what it wears to a shape. */
  garments: Pick<Outfit, 'fit' | 'startAnew'>;
  /** The person's height in centimetres; null where unknown. */
  stature?: number | null;
  /** What the tracker of the frames declares by `Tracker.measuresDepth`; false by default. */
  isDepthMeasured?: boolean;
  /** Names of steps of the body solve to leave out, as `BodySolverOptions.without`. */
  without?: readonly string[];
}

/** Creates the state for one person who was not seen yet. Needs no document, so it runs in Node too. */
export function createFrameSolver({
  mannequin,
  garments,
  stature = null,
  isDepthMeasured = false,
  without,
}: FrameSolverOptions): FrameSolver {
  const body = createBodySolver(mannequin, { without });
  body.setStature(stature);
  return { body, garments, isLive: false, isDepthMeasured, previousTimeMs: NaN };
}

/** Prepares `solver` for a new source: forgets the person and how cloth hung, but keeps the stature that was set. */
export function resetFrameSolver(solver: FrameSolver, isLive: boolean): void {
  solver.body.reset();
  solver.garments.startAnew();
  solver.isLive = isLive;
  solver.previousTimeMs = NaN;
}

/**
 * Computes everything between tracking and drawing. The same frames always give the same bodies and fits:
 *
 * 1. forget the person when the source's time jumps back (a video starts again) or has a gap in a live source;
 * 2. solve the body of `tracked` (landmarks and mask) and write it to `target`: joints in metres in camera space, shape
 *    as morph weights;
 * 3. fit the garments to that shape, and let their cloth hang on that pose. How cloth hangs depends on the frames
 *    before.
 *
 * Allocates nothing while shape and sizes stay the same.
 */
export function solveFrame(solver: FrameSolver, tracked: TrackedFrame, target: PosedBody): void {
  solveBody(solver, tracked, target);
  solver.garments.fit(target, tracked.timeMs);
}

/** Steps 1 and 2 of `solveFrame` alone; the caller fits the garments next. */
export function solveBody(solver: FrameSolver, tracked: TrackedFrame, target: PosedBody): void {
  const { body, isLive, isDepthMeasured, previousTimeMs } = solver;
  const { timeMs } = tracked;
  if (timeMs < previousTimeMs || (isLive && timeMs - previousTimeMs > GAP_MS)) body.reset();
  solver.previousTimeMs = timeMs;
  body.solve(tracked, target, isDepthMeasured);
}

import type { PosedBody } from '../body/body.ts';
import { type BodySolver, createBodySolver } from '../body/create-body-solver.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';
import type { Outfit } from './create-outfit.ts';

/** After a longer gap in a live source (hidden page, sleeping phone) another person may stand there, milliseconds. */
const GAP_MS = 3000;

/** What `solveFrame` keeps from one frame to the next: one person before one source. */
export interface FrameSolver {
  readonly body: BodySolver;
  /** Fitted to the body of every frame. */
  readonly garments: Pick<Outfit, 'fit'>;
  /** Whether the source is live: a gap in its time then means that nobody watched the person meanwhile. */
  isLive: boolean;
  /** Whether the tracker measures depth, as it declares by `Tracker.measuresDepth`. */
  isDepthMeasured: boolean;
  /** `timeMs` of the last frame solved; NaN before the first, which no frame is earlier than or far from. */
  previousTimeMs: number;
}

export interface FrameSolverOptions {
  mannequin: Mannequin;
  /** An outfit or a wardrobe. */
  garments: Pick<Outfit, 'fit'>;
  /** The person's height in centimetres; null where unknown. */
  stature?: number | null;
  /** What the tracker of the frames declares by `Tracker.measuresDepth`; false by default. */
  isDepthMeasured?: boolean;
}

/** The state for one person, of whom nothing is known yet. Needs no document: runs in Node too. */
export function createFrameSolver({
  mannequin,
  garments,
  stature = null,
  isDepthMeasured = false,
}: FrameSolverOptions): FrameSolver {
  const body = createBodySolver(mannequin);
  body.setStature(stature);
  return { body, garments, isLive: false, isDepthMeasured, previousTimeMs: NaN };
}

/** A new source begins: forgets the person, whose stature stays as set. */
export function resetFrameSolver(solver: FrameSolver, isLive: boolean): void {
  solver.body.reset();
  solver.isLive = isLive;
  solver.previousTimeMs = NaN;
}

/**
 * One tracked frame → the posed body, written to `target` → the garments, fitted to the shape of that body. Everything
 * that the room does between tracking and drawing; the same frames always give the same bodies and fits.
 *
 * When the time of the source jumps back (a clip starts again), and after a gap in a live source, what was learned of
 * the person is forgotten first. Allocates nothing while the shape and the sizes stay the same.
 */
export function solveFrame(solver: FrameSolver, tracked: TrackedFrame, target: PosedBody): void {
  const { body, garments, isLive, isDepthMeasured, previousTimeMs } = solver;
  const { timeMs } = tracked;
  if (timeMs < previousTimeMs || (isLive && timeMs - previousTimeMs > GAP_MS)) body.reset();
  solver.previousTimeMs = timeMs;
  body.solve(tracked, target, isDepthMeasured);
  garments.fit(target.shape, target.shapeVersion);
}

import type { Tracker } from '../tracking/tracker.ts';
import { MedianWindow } from './median-window.ts';
import { QualityAxis } from './quality-axis.ts';

/** What is aimed at: 30 frames a second. */
const TARGET_MS = 1000 / 30;
/** A frame may take this much longer before anything is given up: 26 a second still look fluent. */
const SLOW_MS = 1.15 * TARGET_MS;
/** What the next better level is expected to take must leave this much of the target free. */
const ROOMY_MS = 0.9 * TARGET_MS;
/** Frames that medians are taken over: a second at full rate. */
const WINDOW = 30;
/** Looked at for so long, and so many frames, before anything is decided. */
const LOOK_MS = 1200;
const LOOK_FRAMES = 5;

/** `full` takes about half as long again as `lite` (`npm run bench -- tracking --model …`): reckoned with a little more. */
const models: readonly Tracker['model'][] = ['full', 'lite'];
const modelCosts = [1.6, 1] as const;
/** Sides of the picture drawn. Drawing costs by the pixel at most. */
const scales = [1, 0.75, 0.5] as const;
const scaleCosts = scales.map((scale) => scale * scale);
/** Milliseconds from frame to frame at least: as they come, or 15 a second, every second one of a camera. */
const spacings = [0, 1000 / 15] as const;

/** Of two times that hide each other (an answer of the tracker waits while the page's thread draws) the longer one is the other's own only if it is longer by so much. */
const DOMINANT = 1.25;
/** What takes less than this share of the longer of the two is not made cheaper for the other's sake. */
const WORTH = 1 / 3;
/** Frames at the cheapest levels that take so much longer than they did before, at those or dearer ones: the device is hot, or busy with something else. */
const HEATED = 1.4;
/** Nearly as quick as it was at its quickest. */
const COOLED = 1.2;

export interface QualityLadderOptions {
  /** To begin with. */
  model: Tracker['model'];
  /** Whether the model may be changed. `heavy` never is. */
  isModelFree: boolean;
  /** Asked before each step to `full`: it may have to be downloaded. */
  isFullAffordable: () => boolean;
}

/**
 * What a live source can be tracked and drawn with at 30 frames a second on this device, as it is now. Frame n + 1 is tracked
 * in a worker while frame n is solved and drawn, so a frame takes as long as the longer of the two. What a camera makes the
 * room wait does not count; only where it gives more frames than are shown does the time between them.
 *
 * Too slow, and the cheaper model or a smaller picture is taken, whichever makes the longer of the two shorter; where neither
 * is left, and frames were quicker before, frames are left out, so that the device cools (one that is just weak gains nothing
 * by that). A next better level is tried again once it is expected to hold: the present median times what it costs more
 * leaves a tenth of the target free. Time is the frames' own; a frame costs no allocation.
 */
export class QualityLadder {
  readonly #isFullAffordable: () => boolean;
  readonly #tracking = new MedianWindow(WINDOW);
  readonly #drawing = new MedianWindow(WINDOW);
  /** From frame to frame where the source had to let some go meanwhile, else 0: so the median tells once that is so for every second frame. */
  readonly #late = new MedianWindow(WINDOW);
  #model: QualityAxis<Tracker['model']>;
  readonly #scale = new QualityAxis<number>(scales, scaleCosts);
  readonly #spacing = new QualityAxis<number>(spacings, [1, 1]);
  #sinceMs = 0;
  #lastMs = 0;
  #lastDropped = 0;
  /** The quickest that frames were so far. */
  #leastMs = Infinity;

  constructor({ model, isModelFree, isFullAffordable }: QualityLadderOptions) {
    this.#isFullAffordable = isFullAffordable;
    const level = models.indexOf(model);
    this.#model =
      isModelFree && level >= 0 ? new QualityAxis(models, modelCosts, level) : new QualityAxis([model], [1]);
  }

  get model(): Tracker['model'] {
    return this.#model.value;
  }

  /** Of the drawn picture's sides, 0..1. */
  get scale(): number {
    return this.#scale.value;
  }

  /** Least time from frame to frame, milliseconds. */
  get spacingMs(): number {
    return this.#spacing.value;
  }

  /** `model` it is from now on: no other can be had. */
  settleModel(model: Tracker['model']): void {
    this.#model = new QualityAxis([model], [1]);
    this.#restart();
  }

  /**
   * One frame: its own time, how long its tracking took as the page's thread saw it, and how long solving and drawing it;
   * `dropped`: frames that the source has let go so far. Answers whether anything is to change.
   */
  add(timeMs: number, trackingMs: number, drawingMs: number, dropped: number): boolean {
    if (this.#tracking.count === 0) this.#sinceMs = timeMs;
    this.#tracking.add(trackingMs);
    this.#drawing.add(drawingMs);
    // Frames that are left out are nobody's fault.
    this.#late.add(dropped > this.#lastDropped && this.spacingMs === 0 ? timeMs - this.#lastMs : 0);
    this.#lastMs = timeMs;
    this.#lastDropped = dropped;
    if (this.#tracking.count < LOOK_FRAMES || timeMs - this.#sinceMs < LOOK_MS) return false;
    const tracking = this.#tracking.median;
    const drawing = this.#drawing.median;
    const late = this.#late.median;
    // Frames are late, and the page's thread sees no reason: the GPU is busy drawing.
    const isHidden = late > SLOW_MS && late > DOMINANT * Math.max(tracking, drawing);
    const isChanged = this.#step(timeMs, tracking, isHidden ? late : drawing);
    if (isChanged) this.#restart();
    return isChanged;
  }

  #step(timeMs: number, trackingMs: number, drawingMs: number): boolean {
    const busyMs = Math.max(trackingMs, drawingMs);
    this.#leastMs = Math.min(this.#leastMs, busyMs);
    if (
      this.#spacing.isDue(busyMs <= Math.max(ROOMY_MS, COOLED * this.#leastMs), timeMs) &&
      this.#spacing.climb(timeMs)
    )
      return true;
    const isSlow = busyMs > SLOW_MS;
    const isScaleDue = this.#scale.isDue(!isSlow && drawingMs * this.#scale.stepCost <= ROOMY_MS, timeMs);
    const isModelDue = this.#model.isDue(!isSlow && trackingMs * this.#model.stepCost <= ROOMY_MS, timeMs);
    if (isSlow)
      return (
        this.#lighten(timeMs, trackingMs, drawingMs) ||
        (busyMs > HEATED * this.#leastMs && this.#spacing.lighten(timeMs))
      );
    if (this.spacingMs > 0) return false;
    return (
      (isScaleDue && this.#scale.climb(timeMs)) || (isModelDue && this.#isFullAffordable() && this.#model.climb(timeMs))
    );
  }

  /** What dominates first; then the other one, where it is no trifle, since both share one device. */
  #lighten(timeMs: number, trackingMs: number, drawingMs: number): boolean {
    return trackingMs > DOMINANT * drawingMs
      ? this.#model.lighten(timeMs) || (drawingMs > WORTH * trackingMs && this.#scale.lighten(timeMs))
      : this.#scale.lighten(timeMs) || (trackingMs > WORTH * drawingMs && this.#model.lighten(timeMs));
  }

  #restart(): void {
    this.#tracking.clear();
    this.#drawing.clear();
    this.#late.clear();
    for (const axis of [this.#model, this.#scale, this.#spacing]) axis.restart();
  }
}

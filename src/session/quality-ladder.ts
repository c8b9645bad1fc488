// Chooses the landmark model, the scale of the drawn picture and the spacing of frames with which this device tracks
// and draws a live source at 30 frames a second. The input is, for each frame, how long tracking and drawing took, ms.
//
// Frame n + 1 is tracked in a worker while frame n is solved and drawn, so a frame takes as long as the slower of the
// two (`busyMs`). Waiting for the camera does not count. Each call of `add` does:
//
// 1. update the running medians, and wait until they are meaningful;
// 2. if the device has cooled down, show every frame again;
// 3. if frames are slow, step down: the cheaper model when tracking is slower, a smaller picture when drawing is
//    slower; with the smallest picture cloth is no longer simulated. When both are at their cheapest and frames were clearly faster before, leave out frames so that the device
//    cools down. A device that was always this slow would gain nothing by that;
// 4. if a better scale or model is expected to fit (present median × its relative cost), and has been for long enough,
//    step up.
import type { Tracker } from '../tracking/tracker.ts';
import { MedianWindow } from './median-window.ts';
import { QualityAxis } from './quality-axis.ts';

/** Wanted time from frame to frame: 30 frames a second. */
const TARGET_MS = 1000 / 30;
/** A frame that takes longer than this is slow. 26 frames a second still look fluent. */
const SLOW_MS = 1.15 * TARGET_MS;
/** A better level is tried when it is expected to take at most this time, so that a tenth of the target stays free. */
const AFFORDABLE_MS = 0.9 * TARGET_MS;
/** Window of the running medians, frames: one second at the full rate. */
const WINDOW = 30;
/** After a change nothing is decided before this much source time has passed and this many frames were added. */
const DECISION_MS = 1200;
const DECISION_FRAMES = 5;

/** Models that may be chosen, the best first. */
const MODELS: readonly Tracker['model'][] = ['full', 'lite'];
/**
 * Cost of tracking a frame with each model, relative to `lite`. `full` takes about 1.5 × as long
 * (`npm run bench -- tracking --model …`); 1.6 leaves a margin.
 */
const MODEL_COSTS = [1.6, 1] as const;
/** Side lengths of the drawn picture, relative to the frame's. */
const SCALES = [1, 0.75, 0.5] as const;
const SMALLEST_SCALE = Math.min(...SCALES);
/** Cost of drawing at each scale: at most proportional to the number of pixels. */
const SCALE_COSTS = SCALES.map((scale) => scale * scale);
/** Minimum time from frame to frame, milliseconds: no limit, or 15 frames a second (every second frame of a camera). */
const SPACINGS_MS = [0, 1000 / 15] as const;

/**
 * Tracking and drawing overlap, so each measured time may include waiting for the other. The longer time counts as its
 * stage's own only when it is this many times as long as the shorter.
 */
const DOMINANCE_RATIO = 1.25;
/** The stage that takes the shorter time is made cheaper only when it takes more than this share of the longer time. */
const MIN_SHARE = 1 / 3;
/**
 * At the cheapest levels, frames that take this many times the shortest median so far mean: the device is hot or busy.
 */
const HOT_RATIO = 1.4;
/** Frames that take at most this many times the shortest median so far mean: the device has cooled down. */
const COOL_RATIO = 1.2;

/** What a `QualityLadder` may change, and where it begins. */
export interface QualityLadderOptions {
  /** The tracker's model at the beginning. */
  model: Tracker['model'];
  /** Whether the model may be changed. A tracker with the model `heavy` keeps it. */
  isModelFree: boolean;
  /** Called before each step up to `full`, which may have to be downloaded. */
  isFullAffordable: () => boolean;
}

/** The chooser, for one source and one engine of the tracker. Time is the frames' own. A frame allocates nothing. */
export class QualityLadder {
  readonly #isFullAffordable: () => boolean;
  readonly #tracking = new MedianWindow(WINDOW);
  readonly #drawing = new MedianWindow(WINDOW);
  /**
   * Time since the frame before when the source dropped frames in between, else 0. The median is above 0 when that
   * holds for at least every second frame.
   */
  readonly #dropInterval = new MedianWindow(WINDOW);
  #model: QualityAxis<Tracker['model']>;
  readonly #scale = new QualityAxis<number>(SCALES, SCALE_COSTS);
  readonly #spacing = new QualityAxis<number>(SPACINGS_MS, [1, 1]);
  /** `timeMs` of the first frame after the last change. */
  #windowStartMs = 0;
  #lastMs = 0;
  #lastDropped = 0;
  /** Shortest median of `busyMs` so far. */
  #minBusyMs = Infinity;

  constructor({ model, isModelFree, isFullAffordable }: QualityLadderOptions) {
    this.#isFullAffordable = isFullAffordable;
    const level = MODELS.indexOf(model);
    this.#model =
      isModelFree && level >= 0 ? new QualityAxis(MODELS, MODEL_COSTS, level) : new QualityAxis([model], [1]);
  }

  /** The landmark model to track with. */
  get model(): Tracker['model'] {
    return this.#model.value;
  }

  /** Side length of the drawn picture, relative to the frame's, 0..1. */
  get scale(): number {
    return this.#scale.value;
  }

  /** Whether cloth is simulated: not at the smallest scale, where drawing is still too slow or was a moment ago. */
  get hangs(): boolean {
    return this.#scale.value > SMALLEST_SCALE;
  }

  /** Minimum time from frame to frame, milliseconds; 0 for no limit. */
  get spacingMs(): number {
    return this.#spacing.value;
  }

  /** Keeps `model` from now on, because no other could be loaded. */
  settleModel(model: Tracker['model']): void {
    this.#model = new QualityAxis([model], [1]);
    this.#restart();
  }

  /**
   * Adds a frame. `timeMs`: its own time. `trackingMs`: from sending it to the tracker to the answer. `drawingMs`:
   * solving and drawing. All in milliseconds. `dropped`: number of frames that the source has dropped so far. Returns
   * whether `model`, `scale` (with it `hangs`) or `spacingMs` has changed.
   */
  add(timeMs: number, trackingMs: number, drawingMs: number, dropped: number): boolean {
    if (this.#tracking.count === 0) this.#windowStartMs = timeMs;
    this.#tracking.add(trackingMs);
    this.#drawing.add(drawingMs);
    // While frames are left out on purpose, the source must drop some.
    this.#dropInterval.add(dropped > this.#lastDropped && this.spacingMs === 0 ? timeMs - this.#lastMs : 0);
    this.#lastMs = timeMs;
    this.#lastDropped = dropped;
    if (this.#tracking.count < DECISION_FRAMES || timeMs - this.#windowStartMs < DECISION_MS) return false;
    const tracking = this.#tracking.median;
    const drawing = this.#drawing.median;
    const dropInterval = this.#dropInterval.median;
    // Frames are slow although neither measured time is long: the GPU still draws when the page's thread is done.
    const isGpuSlow = dropInterval > SLOW_MS && dropInterval > DOMINANCE_RATIO * Math.max(tracking, drawing);
    const isChanged = this.#step(timeMs, tracking, isGpuSlow ? dropInterval : drawing);
    if (isChanged) this.#restart();
    return isChanged;
  }

  /** Steps 2 to 4 with the present medians, milliseconds. Returns whether something was changed. */
  #step(timeMs: number, trackingMs: number, drawingMs: number): boolean {
    const busyMs = Math.max(trackingMs, drawingMs);
    this.#minBusyMs = Math.min(this.#minBusyMs, busyMs);
    if (
      this.#spacing.isDue(busyMs <= Math.max(AFFORDABLE_MS, COOL_RATIO * this.#minBusyMs), timeMs) &&
      this.#spacing.stepUp(timeMs)
    )
      return true;
    const isSlow = busyMs > SLOW_MS;
    const isScaleDue = this.#scale.isDue(!isSlow && drawingMs * this.#scale.stepCost <= AFFORDABLE_MS, timeMs);
    const isModelDue = this.#model.isDue(!isSlow && trackingMs * this.#model.stepCost <= AFFORDABLE_MS, timeMs);
    if (isSlow)
      return (
        this.#stepDown(timeMs, trackingMs, drawingMs) ||
        (busyMs > HOT_RATIO * this.#minBusyMs && this.#spacing.stepDown(timeMs))
      );
    if (this.spacingMs > 0) return false;
    return (
      (isScaleDue && this.#scale.stepUp(timeMs)) ||
      (isModelDue && this.#isFullAffordable() && this.#model.stepUp(timeMs))
    );
  }

  /**
   * Makes the slower stage (tracking or drawing) one level cheaper. If it is at its cheapest, makes the faster stage
   * cheaper, when that takes more than `MIN_SHARE` of the slower one's time: both share one device. Returns whether a
   * level has changed.
   */
  #stepDown(timeMs: number, trackingMs: number, drawingMs: number): boolean {
    return trackingMs > DOMINANCE_RATIO * drawingMs
      ? this.#model.stepDown(timeMs) || (drawingMs > MIN_SHARE * trackingMs && this.#scale.stepDown(timeMs))
      : this.#scale.stepDown(timeMs) || (trackingMs > MIN_SHARE * drawingMs && this.#model.stepDown(timeMs));
  }

  /** Forgets what was measured before a change. */
  #restart(): void {
    this.#tracking.clear();
    this.#drawing.clear();
    this.#dropInterval.clear();
    for (const axis of [this.#model, this.#scale, this.#spacing]) axis.restart();
  }
}

import type { FrameSource } from '../capture/frame-source.ts';
import type { Stage } from '../scene/stage.ts';
import type { Tracker } from '../tracking/tracker.ts';
import { abortable } from './abortable.ts';
import { isFullAffordable } from './is-full-affordable.ts';
import { QualityLadder } from './quality-ladder.ts';
import { SpacedSource } from './spaced-source.ts';

/** How long a better model may hold up the first frame; one that comes later joins in. */
const MODEL_PATIENCE_MS = 15_000;

export interface QualityKeeperOptions {
  tracker: Tracker;
  stage: Pick<Stage, 'setScale'>;
  source: FrameSource;
  /** Whether the tracker's model may be changed. */
  isModelFree: boolean;
  signal: AbortSignal;
}

/** Keeps tracker, stage and source to what the ladder says. A source that is not live gets the best there is: nothing hurries. */
export class QualityKeeper {
  readonly #options: QualityKeeperOptions;
  readonly #spaced: SpacedSource | null;
  #ladder: QualityLadder | null = null;
  /** What `#ladder` was made for. */
  #engine: Tracker['engine'] | null = null;
  /** Whether another model is on its way. */
  #isChanging = false;
  /** Once it was there, `full` costs no download. */
  #hadFull = false;

  constructor(options: QualityKeeperOptions) {
    this.#options = options;
    this.#spaced = options.source.live ? new SpacedSource(options.source) : null;
  }

  /** To be asked instead of the one given. */
  get source(): FrameSource {
    return this.#spaced ?? this.#options.source;
  }

  /** Before the first frame. Rejects with the signal's reason only. */
  async ready(): Promise<void> {
    const { tracker, stage, isModelFree, signal } = this.#options;
    if (this.#spaced) return this.#begin(this.#spaced);
    stage.setScale(1);
    if (!isModelFree || tracker.model === 'full' || !tracker.useModel) return;
    // Left over from a live source.
    const full = tracker
      .useModel('full')
      .catch((cause: unknown) =>
        console.warn(`fitting-room: the model "full" could not be had; "${tracker.model}" goes on.`, cause),
      );
    await abortable(Promise.race([full, new Promise((resolve) => setTimeout(resolve, MODEL_PATIENCE_MS))]), signal);
  }

  /** One frame, as for `QualityLadder.add`. */
  add(timeMs: number, trackingMs: number, drawingMs: number): void {
    if (!this.#spaced || !this.#ladder) return;
    const { tracker, source } = this.#options;
    if (tracker.model === this.#ladder.model) this.#isChanging = false;
    else if (this.#isChanging) return;
    // Another engine goes at another pace.
    if (tracker.engine !== this.#engine || tracker.model !== this.#ladder.model) this.#begin(this.#spaced);
    if (this.#ladder.add(timeMs, trackingMs, drawingMs, source.dropped ?? 0)) this.#apply(this.#ladder, this.#spaced);
  }

  #begin(spaced: SpacedSource): void {
    const { tracker, isModelFree } = this.#options;
    this.#engine = tracker.engine;
    this.#ladder = new QualityLadder({
      model: tracker.model,
      isModelFree: isModelFree && tracker.useModel !== undefined,
      isFullAffordable: () => this.#hadFull || isFullAffordable(),
    });
    this.#apply(this.#ladder, spaced);
  }

  #apply(ladder: QualityLadder, spaced: SpacedSource): void {
    const { tracker, stage, signal } = this.#options;
    const { model } = ladder;
    stage.setScale(ladder.scale);
    spaced.spacingMs = ladder.spacingMs;
    this.#hadFull ||= tracker.model === 'full';
    if (model === tracker.model || !tracker.useModel) return;
    this.#isChanging = true;
    tracker.useModel(model).catch((cause: unknown) => {
      if (signal.aborted || ladder !== this.#ladder) return;
      console.warn(`fitting-room: the model "${model}" could not be had; "${tracker.model}" goes on.`, cause);
      this.#isChanging = false;
      ladder.settleModel(tracker.model);
    });
  }
}

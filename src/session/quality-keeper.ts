import type { FrameSource } from '../capture/frame-source.ts';
import type { Outfit } from '../cloth/create-outfit.ts';
import type { Stage } from '../scene/stage.ts';
import type { Tracker } from '../tracking/tracker.ts';
import { abortable } from './abortable.ts';
import { isFullAffordable } from './is-full-affordable.ts';
import { QualityLadder } from './quality-ladder.ts';
import { SpacedSource } from './spaced-source.ts';
import { wait } from './wait.ts';

/** How long loading a better model may delay the first frame. A model that is loaded later is used from then on. */
const MODEL_PATIENCE_MS = 15_000;

/** What a `QualityKeeper` acts on. */
export interface QualityKeeperOptions {
  /** Finds the person in a frame; loaded already. Its engine and model are read, and the model is changed. */
  tracker: Tracker;
  /** Draws at the scale that the keeper sets: side length relative to the frame's, 0.5 to 1. */
  stage: Pick<Stage, 'setScale'>;
  /** The garments, whose cloth hangs or is only skinned, as the keeper says. */
  garments: Pick<Outfit, 'hangs'>;
  /** Gives the frames. Levels change during the run only if it is live. */
  source: FrameSource;
  /** Whether the tracker's model may be changed. */
  isModelFree: boolean;
  /** Aborts with the run. */
  signal: AbortSignal;
}

/**
 * Applies the levels that a `QualityLadder` chooses by the speed of the device: the landmark model to the tracker, the
 * scale of the drawn picture to the stage, whether cloth hangs to the garments, the spacing (minimum time from frame to
 * frame) to the source. A source that is not live waits for the session, so it gets the full scale, cloth that hangs
 * and, if the model may be changed, the model `full`.
 */
export class QualityKeeper {
  readonly #options: QualityKeeperOptions;
  readonly #spaced: SpacedSource | null;
  #ladder: QualityLadder | null = null;
  /** The engine that `#ladder` was made for. */
  #engine: Tracker['engine'] | null = null;
  /** Whether the tracker is loading another model. */
  #isChanging = false;
  /** Whether `full` was in use before: then it costs no download. */
  #hadFull = false;

  constructor(options: QualityKeeperOptions) {
    this.#options = options;
    this.#spaced = options.source.live ? new SpacedSource(options.source) : null;
  }

  /** The source to read frames from: the given one, with frames left out if necessary. */
  get source(): FrameSource {
    return this.#spaced ?? this.#options.source;
  }

  /** Applies the first levels; call it before the first frame. Rejects only with the signal's reason. */
  async ready(): Promise<void> {
    const { tracker, stage, garments, isModelFree, signal } = this.#options;
    if (this.#spaced) return this.#begin(this.#spaced);
    stage.setScale(1);
    garments.hangs = true;
    if (!isModelFree || tracker.model === 'full' || !tracker.useModel) return;
    // The tracker still has the model of a live source before.
    const full = tracker
      .useModel('full')
      .catch((cause: unknown) =>
        console.warn(`fitting-room: the model "full" could not be loaded; "${tracker.model}" stays in use.`, cause),
      );
    await abortable(Promise.race([full, wait(MODEL_PATIENCE_MS)]), signal);
  }

  /**
   * Adds a drawn frame; applies new levels when the ladder decides so. `timeMs`: the frame's own time. `trackingMs`:
   * from sending it to the tracker to the answer. `drawingMs`: solving, fitting and drawing. All in milliseconds. A
   * source that is not live is ignored.
   */
  add(timeMs: number, trackingMs: number, drawingMs: number): void {
    if (!this.#spaced || !this.#ladder) return;
    const { tracker, source } = this.#options;
    if (tracker.model === this.#ladder.model) this.#isChanging = false;
    else if (this.#isChanging) return;
    // Another engine has another speed: measure anew.
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
    const { tracker, stage, garments, signal } = this.#options;
    const { model } = ladder;
    stage.setScale(ladder.scale);
    garments.hangs = ladder.hangs;
    spaced.spacingMs = ladder.spacingMs;
    this.#hadFull ||= tracker.model === 'full';
    if (model === tracker.model || !tracker.useModel) return;
    this.#isChanging = true;
    tracker.useModel(model).catch((cause: unknown) => {
      if (signal.aborted || ladder !== this.#ladder) return;
      console.warn(`fitting-room: the model "${model}" could not be loaded; "${tracker.model}" stays in use.`, cause);
      this.#isChanging = false;
      ladder.settleModel(tracker.model);
    });
  }
}

import type { Frame } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import type { ConcreteEngine, ConcreteModel, TrackedFrame, Tracker, TrackerLoadOptions } from './tracker.ts';

/** What a stub does with a load or a frame. `lose`: fails, and the image is gone with it. */
export type Deed = 'work' | 'fail' | 'lose' | 'hang' | 'unreachable' | 'unsupported' | 'unreadable' | 'misuse';

/** A tracker that does as it is told. */
export class StubTracker implements Tracker {
  readonly engine: ConcreteEngine;
  model: ConcreteModel;
  loading: Deed = 'work';
  tracking: Deed = 'work';
  changing: Deed = 'work';
  readonly seen: number[] = [];
  assets = '';
  loads = 0;
  resets = 0;
  closed = false;
  /** Ends a `hang` well. */
  release: () => void = () => {};
  #end: ((cause: FittingError) => void) | null = null;

  constructor(engine: ConcreteEngine = 'wasm', model: ConcreteModel = 'full') {
    this.engine = engine;
    this.model = model;
  }

  async load({ assets, onProgress }: TrackerLoadOptions): Promise<void> {
    this.loads++;
    this.assets = assets;
    onProgress?.(1, 2);
    await this.#do(this.loading);
  }

  async track(frame: Frame, target: TrackedFrame): Promise<void> {
    const { image, timeMs } = frame;
    if (this.tracking === 'lose' || this.tracking === 'hang') frame.image = null;
    await this.#do(this.tracking);
    frame.image = image;
    this.seen.push(timeMs);
    target.score = 1;
  }

  async useModel(model: ConcreteModel): Promise<void> {
    await this.#do(this.changing);
    this.model = model;
  }

  reset(): void {
    this.resets++;
  }

  /** As a worker's tracker does it: what is under way is told. */
  close(): void {
    this.closed = true;
    this.#end?.(new FittingError('engine-failed', 'closed'));
  }

  async #do(deed: Deed): Promise<void> {
    await Promise.resolve();
    if (this.closed) throw new FittingError('engine-failed', 'closed before');
    if (deed === 'hang') {
      return new Promise((resolve, reject) => {
        this.release = resolve;
        this.#end = reject;
      });
    }
    if (deed === 'fail' || deed === 'lose') throw new FittingError('engine-failed', 'on purpose');
    if (deed === 'unreachable') throw new FittingError('model-unreachable', 'on purpose');
    if (deed === 'unreadable') throw new FittingError('source-unreadable', 'on purpose');
    if (deed === 'unsupported') throw new FittingError('unsupported-browser', 'on purpose');
    if (deed === 'misuse') throw new TypeError('on purpose');
  }
}

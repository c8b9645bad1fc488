import type { Frame } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import { FileFault } from './file-fault.ts';
import type { ConcreteEngine, ConcreteModel, TrackedFrame, Tracker, TrackerLoadOptions } from './tracker.ts';

/**
 * What a stub does with a load or a frame. `cut`: a model's file is to blame. `lose`: fails, and the image is gone with it. `trap`: fails, because its
 * WebAssembly stops in the midst of a function.
 */
export type Behaviour =
  | 'work'
  | 'fail'
  | 'trap'
  | 'lose'
  | 'hang'
  | 'unreachable'
  | 'cut'
  | 'unsupported'
  | 'unreadable'
  | 'misuse';

/** A tracker without networks, whose behaviour each test sets: it finds a person (score 1) or fails as told. */
export class StubTracker implements Tracker {
  readonly engine: ConcreteEngine;
  model: ConcreteModel;
  /** Behaviour of `load`, of `track` and of `useModel`. */
  loading: Behaviour = 'work';
  tracking: Behaviour = 'work';
  changing: Behaviour = 'work';
  /** Times of the frames that were tracked, ms. */
  readonly seen: number[] = [];
  /** What the last `load` was given. */
  assets = '';
  /** Numbers of calls. */
  loads = 0;
  resets = 0;
  closed = false;
  /** Lets a call that hangs succeed. */
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

  /** Rejects a call in progress, as the worker tracker does. */
  close(): void {
    this.closed = true;
    this.#end?.(new FittingError('engine-failed', 'closed'));
  }

  async #do(behaviour: Behaviour): Promise<void> {
    await Promise.resolve();
    if (this.closed) throw new FittingError('engine-failed', 'closed before');
    if (behaviour === 'hang') {
      return new Promise((resolve, reject) => {
        this.release = resolve;
        this.#end = reject;
      });
    }
    if (behaviour === 'fail' || behaviour === 'lose') throw new FittingError('engine-failed', 'on purpose');
    if (behaviour === 'trap')
      throw new FittingError('engine-failed', 'trapped', { cause: new WebAssembly.RuntimeError('trapped') });
    if (behaviour === 'cut') throw new FileFault('model-unreachable', '/x.tflite', '/x.tflite is cut');
    if (behaviour === 'unreachable') throw new FittingError('model-unreachable', 'on purpose: no file');
    if (behaviour === 'unreadable') throw new FittingError('source-unreadable', 'on purpose');
    if (behaviour === 'unsupported') throw new FittingError('unsupported-browser', 'on purpose');
    if (behaviour === 'misuse') throw new TypeError('on purpose');
  }
}

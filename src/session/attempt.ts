import { abortable } from './abortable.ts';
import { createDeferred, type Deferred } from './deferred.ts';
import { Gate } from './gate.ts';

/** One start, from loading to the end of its source; at most one is under way in a session. */
export class Attempt {
  /** Closed while no frame may be shown: paused, or without the GPU. */
  readonly gate = new Gate();
  /** Settles when the first frame is drawn, or there will be none: the answer of `start()`. */
  readonly first: Deferred = createDeferred();
  readonly #abort = new AbortController();

  /**
   * Aborts when the fitting is stopped, has failed or is started anew. Everything that the attempt took is then given
   * back.
   */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Resolves when frames may be shown: at once, or when the gate opens. Rejects with the reason of the signal. */
  async passed(): Promise<void> {
    while (this.gate.passage) await abortable(this.gate.passage, this.signal);
    this.signal.throwIfAborted();
  }

  end(): void {
    this.#abort.abort(new DOMException('The fitting was stopped or started anew.', 'AbortError'));
    this.gate.open();
    this.first.resolve();
  }
}

import { abortable } from './abortable.ts';
import { createDeferred, type Deferred } from './deferred.ts';
import { Gate } from './gate.ts';

/** One start of a session, from loading to the end of its source (camera, file). A session has one at a time. */
export class Attempt {
  /** Closed while no frame may be shown: during a pause or without the GPU. */
  readonly gate = new Gate();
  /** Resolves when the first frame is drawn or will never be; `start()` returns this promise. */
  readonly first: Deferred = createDeferred();
  readonly #abort = new AbortController();

  /**
   * Aborts when the session is stopped, fails or is started anew. Everything that the attempt opened is then closed.
   */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Resolves when frames may be shown: at once, or when the gate opens. Rejects with the reason of the signal. */
  async passed(): Promise<void> {
    while (this.gate.passage) await abortable(this.gate.passage, this.signal);
    this.signal.throwIfAborted();
  }

  /** Aborts the signal, opens the gate and resolves `first`, so that nothing waits for this attempt any more. */
  end(): void {
    this.#abort.abort(new DOMException('The fitting room was stopped or started anew.', 'AbortError'));
    this.gate.open();
    this.first.resolve();
  }
}

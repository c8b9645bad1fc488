import { abortable } from './abortable.ts';
import type { CameraLease } from './camera-lease.ts';
import { createDeferred, type Deferred } from './deferred.ts';
import { Gate } from './gate.ts';

/** One start of a session, from loading to the end of its source (camera, file). A session has one at a time. */
export class Attempt {
  /** Closed while no frame may be shown: during a pause, without the GPU, or while nobody can see the room. */
  readonly gate = new Gate();
  /** The camera, if it is the source. */
  camera: CameraLease | null = null;
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

  /**
   * Lets frames be shown, or holds them back (`isHeld`). The camera stays only while the shopper can see the room
   * (`isSeen`).
   */
  hold(isHeld: boolean, isSeen: boolean): void {
    if (isHeld) this.gate.close();
    else this.gate.open();
    if (isSeen) this.camera?.resume();
    else this.camera?.release();
  }

  /** Aborts the signal, opens the gate and resolves `first`, so that nothing waits for this attempt any more. */
  end(): void {
    this.#abort.abort(new DOMException('The fitting room was stopped or started anew.', 'AbortError'));
    this.gate.open();
    this.first.resolve();
  }
}

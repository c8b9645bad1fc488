import { createDeferred, type Deferred } from './deferred.ts';

/** Holds back the frame loop while it is closed. A new gate is open. */
export class Gate {
  #closed: Deferred | null = null;

  /** Await it before each frame: pending while the gate is closed, undefined while it is open. */
  get passage(): Promise<void> | undefined {
    return this.#closed?.promise;
  }

  /** From now on `passage` is pending, until `open`. No effect on a closed gate. */
  close(): void {
    this.#closed ??= createDeferred();
  }

  /** Resolves the pending `passage`. */
  open(): void {
    this.#closed?.resolve();
    this.#closed = null;
  }
}

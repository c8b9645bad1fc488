import { createDeferred, type Deferred } from './deferred.ts';

/** Holds the frame loop up while it is closed. */
export class Gate {
  #closed: Deferred | null = null;

  /** To be awaited before each frame; undefined while open. */
  get passage(): Promise<void> | undefined {
    return this.#closed?.promise;
  }

  close(): void {
    this.#closed ??= createDeferred();
  }

  open(): void {
    this.#closed?.resolve();
    this.#closed = null;
  }
}

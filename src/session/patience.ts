/** Waits for one thing at a time; `interrupt` ends the wait with a rejection, whatever becomes of the thing. */
export class Patience {
  #reject: ((cause: unknown) => void) | null = null;
  #over = false;
  #cause: unknown;

  wait<T>(work: Promise<T>): Promise<T> {
    if (this.#over) return Promise.reject(this.#cause);
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      work.then(resolve, reject);
    });
  }

  /** The wait under way and all later ones reject with `cause`. */
  interrupt(cause: unknown): void {
    this.#over = true;
    this.#cause ??= cause;
    this.#reject?.(cause);
  }
}

/** A timer that can be ended early, for a source that is closed while it waits. */
export class WakeableSleep {
  #wake: (() => void) | null = null;

  /** Resolves after `ms` milliseconds, or at the next `wake`. Only one sleep may be in progress. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Ends the sleep in progress, if any: its promise resolves. */
  wake(): void {
    this.#wake?.();
  }
}

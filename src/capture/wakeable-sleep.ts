/** A wait that can be cut short, for sources that are closed while they wait. */
export class WakeableSleep {
  #wake: (() => void) | null = null;

  /** Resolves after `ms` milliseconds, or at the next `wake`. One sleep at a time. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Ends the sleep, if there is one. */
  wake(): void {
    this.#wake?.();
  }
}

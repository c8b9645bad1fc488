/**
 * Settles like `work`, or rejects with the signal's reason as soon as the signal aborts. If `work` resolves after that,
 * its value is passed to `giveBack`, which releases it (a camera that the shopper allowed too late).
 */
export function abortable<T>(work: Promise<T>, signal: AbortSignal, giveBack?: (late: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    work.then(
      (value) => {
        signal.removeEventListener('abort', onAbort);
        if (signal.aborted) giveBack?.(value);
        resolve(value);
      },
      (cause: unknown) => {
        signal.removeEventListener('abort', onAbort);
        reject(cause);
      },
    );
  });
}

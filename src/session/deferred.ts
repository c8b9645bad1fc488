/** A promise and the function that resolves it. (`Promise.withResolvers` is missing in Safari before 17.4.) */
export interface Deferred {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

/** Creates a pending promise; calls of `resolve` after the first have no effect. */
export function createDeferred(): Deferred {
  let resolve = (): void => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** Part of the Network Information API (https://wicg.github.io/netinfo/), which Chromium's browsers have. */
interface Connection {
  readonly saveData?: boolean;
  readonly effectiveType?: string;
}

/** Connection types below 0.7 Mbit/s by the table of that standard: 6 MB would take more than a minute. */
const SLOW_TYPES: ReadonlySet<string | undefined> = new Set(['slow-2g', '2g', '3g']);

/**
 * Returns whether the landmark model `full` (6 MB) may be downloaded without the shopper's consent: not on a slow
 * connection, nor when the browser is told to save data. A connection that it does not describe counts as fast.
 */
export function isFullAffordable(
  navigator: Navigator & { readonly connection?: Connection } = globalThis.navigator,
): boolean {
  const { connection } = navigator;
  return connection?.saveData !== true && !SLOW_TYPES.has(connection?.effectiveType);
}

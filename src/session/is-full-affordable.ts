/** https://wicg.github.io/netinfo/; Chromium's browsers have it. */
interface Connection {
  readonly saveData?: boolean;
  readonly effectiveType?: string;
}

/** By the standard's table, less than 0.7 Mbit/s: 6 MB would take more than a minute. */
const slow: ReadonlySet<string | undefined> = new Set(['slow-2g', '2g', '3g']);

/** Whether a shopper's connection bears another 6 MB, so that `full` may be fetched unasked; an unknown one does. */
export function isFullAffordable(
  navigator: Navigator & { readonly connection?: Connection } = globalThis.navigator,
): boolean {
  const { connection } = navigator;
  return connection?.saveData !== true && !slow.has(connection?.effectiveType);
}

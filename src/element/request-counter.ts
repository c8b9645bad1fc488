import { REQUEST_MARK } from '../note-request.ts';

/**
 * Counts the requests of a page, those before this counter was made too, as the browser itself records them (Resource
 * Timing, https://www.w3.org/TR/resource-timing/). A worker has a record of its own: the room's worker reports its
 * requests, which are marks in the page's record (`noteRequest`). Requests whose address is in the page (`data:`, `blob:`) leave no device and do not count.
 */
export class RequestCounter {
  count = 0;
  /** How many of them went to other servers than the page's, by their host's name. */
  readonly foreign = new Map<string, number>();
  readonly #observer: PerformanceObserver;

  /** `own`: the page's origin. `onCount`: called after new requests. */
  constructor(own: string, onCount: () => void) {
    const take = (list: PerformanceObserverEntryList, _: unknown, options?: { droppedEntriesCount?: number }): void => {
      // The browser remembers a limited number of requests from the time before.
      this.count += options?.droppedEntriesCount ?? 0;
      for (const entry of list.getEntries()) {
        const { entryType, name } = entry;
        if (entryType === 'resource') this.#add(new URL(name), own);
        else if (name === REQUEST_MARK) this.#add(new URL((entry as PerformanceMark).detail), own);
      }
      onCount();
    };
    this.#observer = new PerformanceObserver(take as PerformanceObserverCallback);
    for (const type of ['resource', 'mark']) this.#observer.observe({ type, buffered: true });
  }

  /** Counts no further. */
  close(): void {
    this.#observer.disconnect();
  }

  #add({ protocol, origin, host }: URL, own: string): void {
    if (!protocol.startsWith('http')) return;
    this.count++;
    if (origin !== own) this.foreign.set(host, (this.foreign.get(host) ?? 0) + 1);
  }
}

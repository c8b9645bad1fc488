import { FittingError } from '../errors.ts';
import type { Tracker } from './tracker.ts';
import { watchTracker } from './watch-tracker.ts';

/**
 * Wraps a tracker of the page (it finds a person in frames): limits the time of its answers (`watchTracker`), and says of
 * what it throws that the page's own tracker threw it, with that as the cause. A `FittingError` and the error of an
 * abort pass unchanged.
 */
export function watchPageTracker(tracker: Tracker): Tracker {
  const replaced = {
    load: (options: Parameters<Tracker['load']>[0]) => attempt('load', () => tracker.load(options)),
    track: (...given: Parameters<Tracker['track']>) => attempt('track', () => tracker.track(...given)),
  };
  // Every other member belongs to the tracker itself, which may have private fields.
  const named = new Proxy(tracker, {
    get(target, name) {
      if (name === 'load' || name === 'track') return replaced[name];
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return watchTracker(named);
}

async function attempt<T>(method: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof FittingError || (cause instanceof DOMException && cause.name === 'AbortError')) throw cause;
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw new FittingError('engine-failed', `The page's own tracker failed in ${method}(): ${reason}`, { cause });
  }
}

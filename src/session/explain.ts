import type { FittingError } from '../errors.ts';
import { toFittingError } from './to-fitting-error.ts';
import { wait } from './wait.ts';

/** How long the code that looks for causes may take to arrive, milliseconds: the shopper waits for the error. */
const PATIENCE_MS = 4000;

/**
 * Returns `cause` as a `FittingError` (`engine-failed` if it has no code) whose message names the true cause, as far as
 * it can be found (`findCause`, fetched only then). `assets`: base URL of the room's files. Never rejects.
 */
export async function explain(cause: unknown, assets: string): Promise<FittingError> {
  const error = toFittingError(cause, 'engine-failed');
  try {
    const module = await Promise.race([import('./find-cause.ts'), wait(PATIENCE_MS)]);
    return module ? await module.findCause(error, assets) : error;
  } catch {
    // Without a network its code cannot be fetched: the error says so itself.
    return error;
  }
}

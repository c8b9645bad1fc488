import type { FittingError } from '../errors.ts';
import { toFittingError } from './to-fitting-error.ts';

/**
 * Returns `cause` as a `FittingError` (`engine-failed` if it has no code) whose message names the true cause, as far as
 * it can be found (`findCause`, fetched only then). `assets`: base URL of the room's files. Never rejects.
 */
export async function explain(cause: unknown, assets: string): Promise<FittingError> {
  const error = toFittingError(cause, 'engine-failed');
  try {
    return await (await import('./find-cause.ts')).findCause(error, assets);
  } catch {
    // Without a network its code cannot be fetched: the error says so itself.
    return error;
  }
}

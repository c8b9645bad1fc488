import { FittingError } from '../errors.ts';

/** The error of everything that waits for a tracker which is closed. */
export function closedError(): FittingError {
  return new FittingError('engine-failed', 'the tracker was closed');
}

import { FittingError } from '../errors.ts';

/**
 * Creates the error with which calls in progress reject when their tracker is closed: `FittingError` `engine-failed`.
 */
export function closedError(): FittingError {
  return new FittingError('engine-failed', 'the tracker was closed');
}

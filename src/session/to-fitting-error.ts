import { FittingError, type FittingErrorCode } from '../errors.ts';

/**
 * `cause` itself where it is a `FittingError`, else a new one that wraps it; its message is the cause's unless given.
 */
export function toFittingError(cause: unknown, code: FittingErrorCode, message?: string): FittingError {
  if (cause instanceof FittingError) return cause;
  return new FittingError(code, message ?? (cause instanceof Error ? cause.message : String(cause)), { cause });
}

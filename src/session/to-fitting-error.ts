import { FittingError, type FittingErrorCode } from '../errors.ts';

/**
 * Returns `cause` when it is a `FittingError`, else a new `FittingError` with `cause` as its cause. Without `message`
 * the new error has the message of `cause`. `code`: the new error's code (`engine-failed`).
 */
export function toFittingError(cause: unknown, code: FittingErrorCode, message?: string): FittingError {
  if (cause instanceof FittingError) return cause;
  return new FittingError(code, message ?? (cause instanceof Error ? cause.message : String(cause)), { cause });
}

import { FittingError } from '../errors.ts';

/**
 * Creates the `FittingError` `garment-invalid` for a garment file that cannot be used. Its message is `fault: remedy`,
 * for the merchandiser. Returns the error; the caller throws it.
 *
 * @param fault What is wrong with the file, without a full stop.
 * @param remedy What to change in the file or its export; begins in lower case, unless with a name.
 * @param cause The error of a library or of the browser that led to this one, if any.
 */
export function garmentInvalid(fault: string, remedy: string, cause?: unknown): FittingError {
  return new FittingError('garment-invalid', `${fault}: ${remedy}`, { cause });
}

/** The remedy for a file whose glTF structure is broken. */
export const EXPORT_ANEW = 'export it again, and check it with the Khronos glTF validator';

/**
 * Converts a thrown value into an error for the merchandiser: returns a `FittingError` unchanged, and wraps anything
 * else (a library's error about a file that passed all checks) in a `garment-invalid` error with its message.
 */
export function toGarmentInvalid(error: unknown): FittingError {
  if (error instanceof FittingError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return garmentInvalid(`the file cannot be read (${reason})`, EXPORT_ANEW, error);
}

import { FittingError } from '../errors.ts';

/**
 * Creates the error for a garment file that cannot be worn. Its message, `fault: remedy`, says what is wrong and what
 * the merchandiser does about it.
 *
 * @param fault What is wrong with the file, without a full stop.
 * @param remedy What to change in the file or its export; begins in lower case, unless with a name.
 */
export function garmentInvalid(fault: string, remedy: string, cause?: unknown): FittingError {
  return new FittingError('garment-invalid', `${fault}: ${remedy}`, { cause });
}

/** The remedy for a file whose glTF structure is broken. */
export const EXPORT_ANEW = 'export it again, and check it with the Khronos glTF validator';

/**
 * `error` as an error for the merchandiser: a `FittingError` as it is; what a library threw on a file that passed all
 * checks as `garment-invalid`.
 */
export function toGarmentInvalid(error: unknown): FittingError {
  if (error instanceof FittingError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return garmentInvalid(`the file cannot be read (${reason})`, EXPORT_ANEW, error);
}

import { FittingError } from '../errors.ts';
import { FileFault } from './file-fault.ts';

/**
 * The error when the last engine has failed. The first failure is the one to mend: the engines after it are stopgaps,
 * which many pages do not even host. Where a file is to blame the others had no chance, so its fault stands alone. Else
 * the message goes on with the later failures, each once.
 *
 * @param failures at least one, in the order in which they came.
 */
export function noEngineLeft(failures: readonly FittingError[]): FittingError {
  const [first] = failures;
  const messages = new Set(failures.map(({ message }) => message));
  if (messages.size === 1 || first instanceof FileFault) return first;
  return new FittingError(first.code, [...messages].join('. Then: '), { cause: first.cause ?? first });
}

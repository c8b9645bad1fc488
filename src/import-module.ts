import { FittingError, type FittingErrorCode } from './errors.ts';
import { Pulse } from './pulse.ts';

/** What `importModule` says and counts. */
export interface ImportOptions {
  /** Code of the error. */
  code: FittingErrorCode;
  /** What the module holds: the subject of "… could not be loaded". */
  what: string;
  /** Shared with the downloads that go on at the same time; one of its own by default. */
  pulse?: Pulse;
}

/**
 * Settles like `module`, a dynamic import. Rejects with a `FittingError` if the module cannot be had, and after 20 s
 * without a byte: browsers give an import up only when its connection breaks. Of a module the page sees no bytes, only
 * its end, so a module that takes longer on a very slow line is given up too; the next import of it goes on with the
 * same request.
 */
export async function importModule<T>(
  module: Promise<T>,
  { code, what, pulse = new Pulse() }: ImportOptions,
): Promise<T> {
  const explained = module.catch((cause: unknown) => {
    const isOffline = globalThis.navigator?.onLine === false;
    const advice = isOffline ? 'The device has no network' : 'Serve all files of the package, beside each other';
    throw new FittingError(code, `${what} could not be loaded. ${advice}.`, { cause });
  });
  try {
    return await pulse.watch(explained);
  } catch (cause) {
    if (cause instanceof FittingError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new FittingError(code, `${what} could not be loaded: ${reason}.`, { cause });
  }
}

import { FittingError } from '../errors.ts';
import { findCameraCause } from './find-camera-cause.ts';
import { probeFile } from './probe-file.ts';

/** Files that every start loads, below the `assets` folder. */
const EVERY_START = ['mannequin.glb'];

/**
 * Looks for the true cause of a failure, after it has happened: a browser says "failed to fetch" for a missing header,
 * a policy and a broken line alike.
 *
 * - An error of the camera: asks the document's policies and permissions.
 * - An error that names an address, or `model-unreachable`: requests that file once more, and looks at the answer.
 *
 * Returns an error of the same code whose message has the cause and the way out added, or `error` itself.
 *
 * @param assets base URL of the room's files, absolute, with a trailing slash.
 */
export async function findCause(error: FittingError, assets: string): Promise<FittingError> {
  const { code, message } = error;
  const cause =
    code.startsWith('camera-') || code === 'insecure-context'
      ? await findCameraCause(code)
      : await findFault(error, assets);
  return cause
    ? new FittingError(code, `${message.replace(/\.$/, '')}. ${cause}.`, { cause: error.cause ?? error })
    : error;
}

async function findFault({ code, message, cause }: FittingError, assets: string): Promise<string | null> {
  // Bundlers write the address of a file on the disk in place of `import.meta.url`.
  if (code === 'model-unreachable' && !assets.startsWith('http'))
    return `A bundler has moved the script, so the room looks for its files at ${assets}, which no server sends: copy them by "npx fitting-room assets DIR", and set the attribute \`assets\` to the address of that folder`;
  const named = urlIn(message) ?? (cause instanceof Error ? urlIn(cause.message) : null);
  const files = code === 'model-unreachable' ? EVERY_START.map((name) => new URL(name, assets).href) : [];
  if (named) files.unshift(named);
  for (const file of files) {
    const fault = await probeFile(file);
    if (fault) return file === named ? fault : `${file}: ${fault}`;
  }
  return null;
}

/** The first address in a text, without the punctuation after it. It may hold parentheses, and stand in them. */
function urlIn(text: string): string | null {
  let url = /https?:\/\/[^\s"'<>]+/.exec(text)?.[0] ?? null;
  const count = (sign: string): number => (url ?? '').split(sign).length;
  while (url && (/[.,:;]$/.test(url) || (url.endsWith(')') && count(')') > count('(')))) url = url.slice(0, -1);
  try {
    return url && new URL(url).href;
  } catch {
    // No address at all.
    return null;
  }
}

import type { FrameSource } from '../capture/frame-source.ts';
import type { SourceValue } from '../capture/open-source.ts';

/**
 * Classes of sources besides `FrameSource`. Compared by name, because an object of another document has other classes.
 */
const KINDS: ReadonlySet<string> = new Set([
  'URL',
  'Blob',
  'File',
  'MediaStream',
  'HTMLVideoElement',
  'HTMLImageElement',
  'HTMLCanvasElement',
]);

/** Whether `value` is a `FrameSource`: an object with the methods `next` and `close`. */
export function isFrameSource(value: unknown): value is FrameSource {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Partial<FrameSource>).next === 'function' &&
    typeof (value as Partial<FrameSource>).close === 'function'
  );
}

/**
 * Checks a value that a page sets as `source`: any text (`camera`, `mannequin` or a URL, which is not checked here), an
 * object of a class of `KINDS`, or a `FrameSource`. Returns the value unchanged; null for null, undefined and the empty
 * text. Throws a `TypeError` that names the allowed values for anything else.
 */
export function checkSource(value: unknown): SourceValue | null {
  if (value === null || value === undefined || value === '') return null;
  const kind = Object.prototype.toString.call(value).slice('[object '.length, -1);
  if (typeof value === 'string' || KINDS.has(kind) || isFrameSource(value)) return value as SourceValue;
  const what = typeof value === 'object' ? kind : `${typeof value} ${String(value)}`;
  throw new TypeError(
    `fitting-room: source must be 'camera', 'mannequin', a URL, a MediaStream, Blob, video, image or canvas element, or a FrameSource (with next() and close()), not ${what}.`,
  );
}

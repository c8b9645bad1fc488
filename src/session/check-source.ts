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

/** Whether `value` is a `FrameSource`. */
export function isFrameSource(value: unknown): value is FrameSource {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Partial<FrameSource>).next === 'function' &&
    typeof (value as Partial<FrameSource>).close === 'function'
  );
}

/** Returns `value` as a source; null for an empty value. Throws `TypeError` for a value that gives no pictures. */
export function checkSource(value: unknown): SourceValue | null {
  if (value === null || value === undefined || value === '') return null;
  const kind = Object.prototype.toString.call(value).slice('[object '.length, -1);
  if (typeof value === 'string' || KINDS.has(kind) || isFrameSource(value)) return value as SourceValue;
  const what = typeof value === 'object' ? kind : `${typeof value} ${String(value)}`;
  throw new TypeError(
    `fitting-room: source must be 'camera', 'mannequin', a URL, a MediaStream, Blob, video, image or canvas element, or a FrameSource (with next() and close()), not ${what}.`,
  );
}

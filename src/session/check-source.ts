import type { FrameSource } from '../capture/frame-source.ts';
import type { SourceValue } from '../capture/open-source.ts';

/** What the page may give besides a `FrameSource`; told by name, since it may come from another frame. */
const kinds: ReadonlySet<string> = new Set([
  'URL',
  'Blob',
  'File',
  'MediaStream',
  'HTMLVideoElement',
  'HTMLImageElement',
  'HTMLCanvasElement',
]);

/** Whether the page gives the pictures itself. */
export function isFrameSource(value: unknown): value is FrameSource {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Partial<FrameSource>).next === 'function' &&
    typeof (value as Partial<FrameSource>).close === 'function'
  );
}

/** The value as a source; null for none. Throws `TypeError` for what no picture can be taken from. */
export function checkSource(value: unknown): SourceValue | null {
  if (value === null || value === undefined || value === '') return null;
  const kind = Object.prototype.toString.call(value).slice('[object '.length, -1);
  if (typeof value === 'string' || kinds.has(kind) || isFrameSource(value)) return value as SourceValue;
  const what = typeof value === 'object' ? kind : `${typeof value} ${String(value)}`;
  throw new TypeError(
    `fitting-room: source must be 'camera', 'mannequin', a URL, a MediaStream, Blob, video, image or canvas element, or a FrameSource (with next() and close()), not ${what}.`,
  );
}

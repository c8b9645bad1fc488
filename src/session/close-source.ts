import type { FrameSource } from '../capture/frame-source.ts';

/**
 * Closes `source`. If its `close` throws (it may be the page's own), logs a console warning and does not throw, so that
 * the caller can close its other parts too.
 */
export function closeSource(source: FrameSource): void {
  try {
    source.close();
  } catch (cause) {
    console.warn('fitting-room: the source threw while it was closed.', cause);
  }
}

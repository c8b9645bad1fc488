import type { FrameSource } from '../capture/frame-source.ts';

/** Closes a source; one of the page's that throws at that stops nothing else. */
export function closeSource(source: FrameSource): void {
  try {
    source.close();
  } catch (cause) {
    console.warn('fitting-room: the source threw while it was closed.', cause);
  }
}

import type { FrameSource } from '../capture/frame-source.ts';

/** Closes a source. When a source of the page throws, this is only logged, so that the rest can be closed too. */
export function closeSource(source: FrameSource): void {
  try {
    source.close();
  } catch (cause) {
    console.warn('fitting-room: the source threw while it was closed.', cause);
  }
}

import { FittingError } from '../errors.ts';

/**
 * Refuses a picture whose pixels the browser keeps from the page (another origin, no CORS): it could be drawn but neither
 * tracked nor saved. Throws `FittingError` `source-unreadable`; what else keeps it from being drawn is thrown as it is.
 */
export function assertReadable(picture: HTMLImageElement | HTMLVideoElement | HTMLCanvasElement): void {
  const probe = document.createElement('canvas');
  probe.width = probe.height = 1;
  const context = probe.getContext('2d', { willReadFrequently: true });
  if (!context) return;
  try {
    context.drawImage(picture, 0, 0, 1, 1);
    context.getImageData(0, 0, 1, 1);
  } catch (cause) {
    // An empty canvas, a picture that is not there yet: not a matter of its origin.
    if (!(cause instanceof DOMException && cause.name === 'SecurityError')) throw cause;
    throw new FittingError(
      'source-unreadable',
      'The picture comes from another origin that does not allow its pixels to be read: serve it with CORS and set crossorigin="anonymous" on the element.',
      { cause },
    );
  }
}

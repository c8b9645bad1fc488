import { FittingError } from '../errors.ts';

/**
 * Checks that the page may read the pixels of `picture`, a loaded element. Throws `FittingError` `source-unreadable` if
 * it may not (another origin without CORS): such a picture can be drawn, but neither tracked nor saved. An error of
 * another kind, such as that of an empty canvas, is thrown unchanged. Does nothing where there is no 2D canvas.
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
    // An empty canvas or a picture that is not loaded has another error.
    if (!(cause instanceof DOMException && cause.name === 'SecurityError')) throw cause;
    throw new FittingError(
      'source-unreadable',
      'The picture comes from another origin that does not allow its pixels to be read: serve it with CORS and set crossorigin="anonymous" on the element.',
      { cause },
    );
  }
}

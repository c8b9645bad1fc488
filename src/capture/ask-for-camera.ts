import { FittingError, type FittingErrorCode } from '../errors.ts';
import type { Facing } from './facing.ts';

/**
 * Size, px, and frames a second to ask for: phones and webcams give 720p at full rate, and neither the models nor a
 * page need more.
 */
const LONG_SIDE = 1280;
const SHORT_SIDE = 720;
const FRAME_RATE = 30;

/**
 * Asks the shopper for the camera, and resolves to its stream when they allow it: upright in portrait or landscape as
 * the page's window is, about 1280 × 720 px at 30 fps. The caller stops its tracks. Rejects with `FittingError`
 * `insecure-context`, `camera-denied`, `camera-missing` or `camera-busy`.
 *
 * @param facing `user` (towards the shopper) or `environment` (away); a device without that camera opens another.
 */
export async function askForCamera(facing: Facing): Promise<MediaStream> {
  if (!globalThis.isSecureContext || !navigator.mediaDevices?.getUserMedia) {
    throw new FittingError(
      'insecure-context',
      'Browsers give the camera to secure pages only: serve the page over https (or from localhost), and allow the camera in its iframe.',
    );
  }
  const portrait = globalThis.innerHeight > globalThis.innerWidth;
  const constraints: MediaStreamConstraints = {
    audio: false,
    video: {
      facingMode: { ideal: facing },
      width: { ideal: portrait ? SHORT_SIDE : LONG_SIDE },
      height: { ideal: portrait ? LONG_SIDE : SHORT_SIDE },
      frameRate: { ideal: FRAME_RATE },
    },
  };
  try {
    return await navigator.mediaDevices.getUserMedia(constraints);
  } catch (cause) {
    throw cameraError(cause);
  }
}

/** Codes by the error names of https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia. */
const CODES: Record<string, FittingErrorCode> = {
  NotAllowedError: 'camera-denied',
  SecurityError: 'camera-denied',
  NotFoundError: 'camera-missing',
  OverconstrainedError: 'camera-missing',
  NotReadableError: 'camera-busy',
  AbortError: 'camera-busy',
};

/** Converts the browser's error to a `FittingError`; an unknown error counts as `camera-busy`. */
function cameraError(cause: unknown): FittingError {
  const name = cause instanceof Error ? cause.name : '';
  return new FittingError(CODES[name] ?? 'camera-busy', `The camera could not be opened (${name || String(cause)}).`, {
    cause,
  });
}

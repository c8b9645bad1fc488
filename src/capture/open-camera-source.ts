import { FittingError, type FittingErrorCode } from '../errors.ts';
import type { Facing } from './facing.ts';
import { StreamSource } from './stream-source.ts';

/** Which camera to open. */
export interface CameraOptions {
  /** `user` (towards the shopper) or `environment` (away); a device without that camera opens another. */
  facing: Facing;
  /** Aborts the wait for the shopper's answer; a camera that is allowed later is stopped at once. */
  signal?: AbortSignal;
}

/**
 * Size, px, and frames a second to ask for: phones and webcams give 720p at full rate, and neither the models nor a
 * page need more.
 */
const LONG_SIDE = 1280;
const SHORT_SIDE = 720;
const FRAME_RATE = 30;

/**
 * Asks the shopper for the camera, and resolves to its live frames when they allow it: upright in portrait or landscape
 * as the page's window is, about 1280 × 720 px at 30 fps. Rejects with `FittingError` `insecure-context`,
 * `camera-denied`, `camera-missing` or `camera-busy`, or with the abort reason. If the camera stops later, `next` of
 * the source rejects with `camera-lost`. `close` of the source stops the camera.
 */
export async function openCameraSource({ facing, signal }: CameraOptions): Promise<StreamSource> {
  signal?.throwIfAborted();
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
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia(constraints);
  } catch (cause) {
    throw cameraError(cause);
  }
  // The shopper may answer long after the page gave up: stop the camera at once.
  if (signal?.aborted) {
    for (const track of stream.getTracks()) track.stop();
    signal.throwIfAborted();
  }
  return new StreamSource(stream, { owned: true });
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

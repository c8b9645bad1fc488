import { askForCamera } from '../capture/ask-for-camera.ts';
import type { Camera } from '../capture/camera-source.ts';
import type { Facing } from '../capture/facing.ts';
import { abortable } from './abortable.ts';
import { Gate } from './gate.ts';

/** Which camera, for how long, and what is reported. */
export interface CameraLeaseOptions {
  /** `user` (towards the shopper) or `environment` (away). */
  facing: Facing;
  /** Gives the camera back for good when it aborts. */
  signal: AbortSignal;
  /** The browser asks the shopper now. */
  onAsk: () => void;
  /** The camera runs: `stream` is set. */
  onOpen: () => void;
  /** Asks the shopper; the browser by default. */
  ask?: (facing: Facing) => Promise<MediaStream>;
}

/**
 * The camera of one start of a session. It is held only while the shopper can see the room: `release` gives it back (its
 * light goes out), `resume` allows to open it again. A browser that remembers the shopper's answer does not ask twice.
 */
export class CameraLease implements Camera {
  onRelease: (() => void) | null = null;
  readonly #options: CameraLeaseOptions;
  /** Closed while the camera must not be held. */
  readonly #gate = new Gate();
  #stream: MediaStream | null = null;
  #opening: Promise<MediaStream> | null = null;
  /** Whether the camera ran when it was given back. */
  #reopens = false;

  constructor(options: CameraLeaseOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => this.release(), { once: true });
  }

  /** The running stream; null while there is none. */
  get stream(): MediaStream | null {
    return this.#stream;
  }

  open(): Promise<MediaStream> {
    return (this.#opening ??= this.#open());
  }

  /** Gives the camera back at once; one that the shopper allows later too. `open` waits from now on. */
  release(): void {
    this.#gate.close();
    if (!this.#stream) return;
    stopTracks(this.#stream);
    this.#stream = null;
    this.#opening = null;
    this.#reopens = true;
    this.onRelease?.();
  }

  /** Lets `open` go on, and opens a camera again that ran before. */
  resume(): void {
    if (!this.#gate.passage || this.#options.signal.aborted) return;
    this.#gate.open();
    // Whoever needs the camera calls `open` too, and gets its error.
    if (this.#reopens) this.open().catch(() => undefined);
    this.#reopens = false;
  }

  async #open(): Promise<MediaStream> {
    const { facing, signal, onAsk, onOpen, ask = askForCamera } = this.#options;
    try {
      for (;;) {
        while (this.#gate.passage) await abortable(this.#gate.passage, signal);
        signal.throwIfAborted();
        onAsk();
        const stream = await abortable(ask(facing), signal, stopTracks);
        if (this.#gate.passage) {
          stopTracks(stream);
          continue;
        }
        this.#stream = stream;
        onOpen();
        return stream;
      }
    } catch (cause) {
      this.#opening = null;
      throw cause;
    }
  }
}

function stopTracks(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

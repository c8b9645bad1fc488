// Stubs of the browser's objects that frame sources use, for tests in Node.
import { vi } from 'vitest';

/** A stub of `ImageBitmap`, 4 × 3 px by default. */
export class StubBitmap {
  /** Number of stubs that are not closed. */
  static open = 0;
  /** Number of stubs made since `installStream`. */
  static made = 0;
  readonly width: number;
  readonly height: number;
  #closed = false;
  constructor(width = 4, height = 3) {
    this.width = width;
    this.height = height;
    StubBitmap.open++;
    StubBitmap.made++;
  }
  close(): void {
    if (!this.#closed) StubBitmap.open--;
    this.#closed = true;
  }
}

/** A stub of a `<video>` of 4 × 3 px; `present` gives it a new picture. */
export class StubVideo extends EventTarget {
  /** The stub that was made last. */
  static last: StubVideo;
  readyState = 0;
  /** NETWORK_LOADING. */
  networkState = 2;
  error: { code: number; message: string } | null = null;
  videoWidth = 4;
  videoHeight = 3;
  currentTime = 0;
  srcObject: unknown = null;
  #callback: ((now: number, metadata: object) => void) | null = null;
  get [Symbol.toStringTag](): string {
    return 'HTMLVideoElement';
  }
  constructor() {
    super();
    StubVideo.last = this;
  }
  async play(): Promise<void> {}
  pause(): void {}
  requestVideoFrameCallback(callback: (now: number, metadata: object) => void): number {
    this.#callback = callback;
    return 1;
  }
  cancelVideoFrameCallback(): void {
    this.#callback = null;
  }
  /** Presents a picture of time `timeMs`, milliseconds, as the browser does; resolves when the source has taken it. */
  async present(timeMs: number): Promise<void> {
    this.readyState = 4;
    const callback = this.#callback;
    this.#callback = null;
    callback?.(timeMs, {});
    for (let i = 0; i < 4; i++) await Promise.resolve();
  }
}

/** A stub of a camera's `MediaStreamTrack`; records whether it was stopped. */
export class StubTrack extends EventTarget {
  readyState = 'live';
  stopped = false;
  getSettings(): object {
    return {};
  }
  stop(): void {
    this.stopped = true;
  }
}

/**
 * Stubs the globals that a stream source uses, and returns a stream and its only track. The test must unstub all
 * globals afterwards.
 */
export function installStream(): { stream: MediaStream; track: StubTrack } {
  StubBitmap.open = StubBitmap.made = 0;
  const context = { drawImage() {}, getImageData: () => ({}) };
  vi.stubGlobal('document', {
    createElement: (name: string) => (name === 'video' ? new StubVideo() : { getContext: () => context }),
  });
  vi.stubGlobal('createImageBitmap', async () => new StubBitmap());
  const track = new StubTrack();
  return { stream: { getVideoTracks: () => [track], getTracks: () => [track] } as unknown as MediaStream, track };
}

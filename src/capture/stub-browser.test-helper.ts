import { vi } from 'vitest';

/** An `ImageBitmap` that counts how many are open. */
export class StubBitmap {
  static open = 0;
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

/** A `<video>` whose pictures the test presents. */
export class StubVideo extends EventTarget {
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
  /** A new picture, as the browser presents one; resolves when it has been copied. */
  async present(timeMs: number): Promise<void> {
    this.readyState = 4;
    const callback = this.#callback;
    this.#callback = null;
    callback?.(timeMs, {});
    for (let i = 0; i < 4; i++) await Promise.resolve();
  }
}

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

/** Stubs what a stream needs of a browser; the test unstubs all globals afterwards. */
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

/** Measures how long a piece of code keeps the page's thread busy: its own calls, and the messages of its workers. */
export class MainThreadClock {
  readonly #ends = new MessageChannel();
  #openedAt: number | null = null;
  #busyMs = 0;

  constructor() {
    this.#ends.port1.onmessage = () => this.close();
  }

  /** Starts counting, unless it is counting already. */
  open(): void {
    this.#openedAt ??= performance.now();
  }

  /** Stops counting. */
  close(): void {
    if (this.#openedAt !== null) this.#busyMs += performance.now() - this.#openedAt;
    this.#openedAt = null;
  }

  /** Starts counting until `close`, or until the present task and its microtasks end. */
  openForThisTask(): void {
    this.open();
    this.#ends.port2.postMessage(null);
  }

  /** Returns the milliseconds counted since the last call of `read`. */
  read(): number {
    const busyMs = this.#busyMs;
    this.#busyMs = 0;
    return busyMs;
  }

  /**
   * Runs `start` and counts what its workers cost the page: posting to them, and handling their messages. `onMessage`
   * gets each message.
   */
  async watchWorkers<T>(start: () => Promise<T>, onMessage: (event: MessageEvent) => void): Promise<T> {
    const clock = this;
    const { Worker: NativeWorker } = globalThis;
    globalThis.Worker = class extends NativeWorker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        // The first listener: those added later, and the decoding of the message, run while the clock counts.
        this.addEventListener('message', () => clock.openForThisTask());
        this.addEventListener('message', onMessage);
      }

      override postMessage(message: unknown, transfer: Transferable[] | StructuredSerializeOptions = []): void {
        const wasOpen = clock.#openedAt !== null;
        clock.open();
        super.postMessage(message, transfer as Transferable[]);
        if (!wasOpen) clock.close();
      }
    };
    try {
      return await start();
    } finally {
      globalThis.Worker = NativeWorker;
    }
  }
}

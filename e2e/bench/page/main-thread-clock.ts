/** Adds up how long a piece of code keeps the page's thread busy, directly and by the messages of its workers. */
export class MainThreadClock {
  readonly #ends = new MessageChannel();
  #openedAt: number | null = null;
  #busyMs = 0;

  constructor() {
    this.#ends.port1.onmessage = () => this.close();
  }

  open(): void {
    this.#openedAt ??= performance.now();
  }

  close(): void {
    if (this.#openedAt !== null) this.#busyMs += performance.now() - this.#openedAt;
    this.#openedAt = null;
  }

  /** Open until `close` or until the page's thread turns to something else, promises that are fulfilled meanwhile included. */
  openForThisTurn(): void {
    this.open();
    this.#ends.port2.postMessage(null);
  }

  /** Milliseconds since the last call. */
  read(): number {
    const busyMs = this.#busyMs;
    this.#busyMs = 0;
    return busyMs;
  }

  /** Counts what workers that `start` starts cost the page: posting to them, and handling what they post, which `onMessage` sees as well. */
  async watchWorkers<T>(start: () => Promise<T>, onMessage: (event: MessageEvent) => void): Promise<T> {
    const clock = this;
    const { Worker: Plain } = globalThis;
    globalThis.Worker = class extends Plain {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        // First in the line: whoever listens afterwards, and whatever reads the message's data, runs on this clock.
        this.addEventListener('message', () => clock.openForThisTurn());
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
      globalThis.Worker = Plain;
    }
  }
}

/**
 * Lets one long computation yield to the event loop many times: await `next` between its steps, and `close` at the end.
 *
 * `next` waits for a message of a `MessageChannel` because timers are slow: nested timers wait at least 4 ms, and
 * timers of a hidden page fire once a second. Messages arrive at once, on hidden pages too.
 */
export class EventLoopTurns {
  readonly #channel = new MessageChannel();
  /** Resolves the promise of the pending `next`. */
  #resolve: (() => void) | null = null;

  constructor() {
    this.#channel.port1.onmessage = () => this.#resolve?.();
  }

  /**
   * Resolves after the event loop has run, so that pending input, messages and due timers are handled. Await each
   * promise before the next call.
   */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#resolve = resolve;
      this.#channel.port2.postMessage(null);
    });
  }

  /** Closes the channel. Required at the end, because an open channel keeps a Node process alive. */
  close(): void {
    this.#channel.port1.close();
  }
}

/** Yields to the event loop once, so that the page handles input and draws between two steps of a long computation. */
export async function yieldToEventLoop(): Promise<void> {
  const turns = new EventLoopTurns();
  await turns.next();
  turns.close();
}

import type { LitElement, ReactiveController } from 'lit';
import { FittingSession } from '../session/fitting-session.ts';
import type { Tracker } from '../session/settings.ts';
import { type FittingStatus, NO_GARMENTS } from '../session/state.ts';
import { type RoomProperties, readSettings } from './read-settings.ts';
import { sendEvent } from './send-event.ts';
import { SightWatcher } from './sight-watcher.ts';

/** The element that the session belongs to: its properties become the session's settings. */
export type SessionHost = LitElement & RoomProperties & { autostart: boolean };

/**
 * Owns the `FittingSession` (loads the parts, plays the source and draws the garments) of an element and ties it to the
 * element's life:
 *
 * 1. the session is made at the first call of `open` or `start`, from the element's attributes, properties and
 *    children;
 * 2. when its state changes, the element is updated and sends events (`status-change`, `wardrobe-change`, `track`,
 *    `progress`, `fitting-error`);
 * 3. removed from the document, the element disposes of its session; a move within one task keeps it;
 * 4. put into a document, the element starts when it has `autostart`, or when its session ran at the removal, as soon
 *    as a person can see it;
 * 5. while nobody can see the element, its session shows no frames and holds no camera.
 */
export class SessionKeeper implements ReactiveController {
  readonly #host: SessionHost;
  /** Trackers (each finds the person in a frame) that the page gave. They outlive a session, and load once. */
  readonly #loadedTrackers = new WeakSet<Tracker>();
  readonly #sight: SightWatcher;
  #session: FittingSession | null = null;
  /** What the last `wardrobe-change` event told. */
  #toldWardrobe = NO_GARMENTS;
  /** The status in the last `status-change` event. */
  #toldStatus: FittingStatus = 'idle';
  /** Whether the session ran when the element was removed. */
  #startsOnReturn = false;
  /** Whether the element starts when it is seen. */
  #startsWhenSeen = false;
  /** True from the removal to the end of the task: an element that is in a document again by then was moved. */
  #isMoving = false;

  constructor(host: SessionHost) {
    this.#host = host;
    this.#sight = new SightWatcher(host, () => this.#onSight());
    host.addController(this);
  }

  /** Null until `open` or `start` is called, and after the element was removed. */
  get session(): FittingSession | null {
    return this.#session;
  }

  /** Returns the session; creates it if there is none, which loads nothing. */
  open(): FittingSession {
    const host = this.#host;
    if (this.#session) return this.#session;
    this.#session = new FittingSession(
      readSettings(host),
      {
        onChange: () => this.#onChange(),
        onTrack: () => sendEvent(host, 'track', null),
        onError: ({ code, message, cause }) => sendEvent(host, 'fitting-error', { code, message, cause }),
        onProgress: (loaded, total) => sendEvent(host, 'progress', { loaded, total }),
      },
      { loadedTrackers: this.#loadedTrackers },
    );
    this.#session.setSeen(this.#sight.isSeen);
    return this.#session;
  }

  /**
   * Starts or resumes with the present settings. Resolves when the first frame is drawn, or when the start has failed
   * or was superseded. Rejects with a `TypeError` when the element is in no document.
   */
  async start(): Promise<void> {
    if (!this.#host.isConnected) throw new TypeError('fitting-room: put the element into the document before start().');
    const session = this.open();
    this.configure();
    await session.start();
  }

  /** Ends the session's run and closes its source (the camera). */
  stop(): void {
    this.#startsOnReturn = false;
    this.#startsWhenSeen = false;
    this.#session?.stop();
  }

  /** Gives the present settings to the session, if there is one. */
  configure(): void {
    this.#session?.configure(readSettings(this.#host));
  }

  hostConnected(): void {
    if (this.#isMoving || !(this.#host.autostart || this.#startsOnReturn)) return;
    this.#startsOnReturn = false;
    this.#startsWhenSeen = true;
    // The parser or a framework puts the children in after this callback.
    queueMicrotask(() => this.#onSight());
  }

  hostDisconnected(): void {
    this.#isMoving = true;
    queueMicrotask(() => {
      this.#isMoving = false;
      if (this.#host.isConnected) return;
      this.#startsWhenSeen = false;
      if (!this.#session) return;
      const { status } = this.#session.state;
      this.#startsOnReturn = status !== 'idle' && status !== 'error';
      this.#session.dispose();
      this.#session = null;
      this.#toldStatus = 'idle';
      this.#tellWardrobe();
      this.#host.requestUpdate();
    });
  }

  #onSight(): void {
    const { isSeen } = this.#sight;
    this.#session?.setSeen(isSeen);
    if (!isSeen || !this.#startsWhenSeen || !this.#host.isConnected) return;
    this.#startsWhenSeen = false;
    void this.start();
  }

  #tellWardrobe(): void {
    const wardrobe = this.#session?.wardrobe ?? NO_GARMENTS;
    if (wardrobe === this.#toldWardrobe) return;
    this.#toldWardrobe = wardrobe;
    sendEvent(this.#host, 'wardrobe-change', { wardrobe });
  }

  #onChange(): void {
    this.#host.requestUpdate();
    this.#tellWardrobe();
    const status = this.#session?.state.status ?? 'idle';
    if (status === this.#toldStatus) return;
    this.#toldStatus = status;
    sendEvent(this.#host, 'status-change', { status });
  }
}

import { LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type {
  Body,
  FittingSession,
  FrameMetrics,
  Measurements,
  SnapshotOptions,
  Tracked,
} from '../session/fitting-session.ts';
import type {
  EngineName,
  Facing,
  ModelName,
  OwnClothes,
  SegmentationName,
  SourceValue,
  Tracker,
} from '../session/settings.ts';
import { type FittingState, NO_GARMENTS } from '../session/state.ts';
import type { WardrobeEntry } from '../session/wardrobe-entry.ts';
import { AuthorWarnings } from './author-warnings.ts';
import { propertyChecks } from './check-properties.ts';
import { createActions } from './create-actions.ts';
import { defineChecked } from './define-checked.ts';
import { ElsewhereKeeper } from './elsewhere-keeper.ts';
import type { FittingRoomEventMap, ListenerMethod } from './fitting-room-events.ts';
import { fittingRoomProperties } from './fitting-room-properties.ts';
import { fittingRoomStyles } from './fitting-room-styles.ts';
import { FocusKeeper } from './focus-keeper.ts';
import { MarkupWatcher } from './markup-watcher.ts';
import { messagesFor } from './messages.ts';
import { PictureTaker } from './picture-taker.ts';
import { PrivacyKeeper } from './privacy-keeper.ts';
import { readGarments } from './read-garments.ts';
import { readLanguage } from './read-language.ts';
import { wantedIds } from './read-settings.ts';
import { readView } from './read-view.ts';
import { readoptStyles } from './readopt-styles.ts';
import { renderRoom } from './render-room.ts';
import { SessionKeeper } from './session-keeper.ts';

/**
 * Live virtual try-on: shoppers see the garments of the `<fitting-garment>` children on themselves, in the size that
 * they would order. Everything happens on the device. Nothing loads before `start()`, the shopper's tap or `autostart`.
 *
 * How it works:
 * 1. attributes, properties and children become the settings (`readSettings`) of a session, which loads all parts,
 *    finds the person in each frame and draws the garments;
 * 2. `SessionKeeper` makes the session when it is first needed, and ends it when the element is removed;
 * 3. every change of the session's state requests an update; `render` shows the state and the controls, which act on
 *    the element's own properties and methods (`createActions`).
 *
 * @element fitting-room
 *
 * @attr {string} source - `camera`, `mannequin`, or the URL of a photo or video. The property also takes a
 *   `MediaStream`, `Blob`, video, image or canvas element, which the room does not close, or a `FrameSource`, which it
 *   closes.
 * @attr {string} garment - Ids of the children to wear, separated by spaces; the first child by default.
 * @attr {string} size - Size to wear; a `size` on a garment overrides it. Each garment's base size by default.
 * @attr {'user'|'environment'} facing - The camera to use: towards the shopper or away.
 * @attr {boolean} no-mirror - Shows the user's camera unmirrored.
 * @attr {'auto'|'webgpu'|'wasm'|'mediapipe'} engine - The engine that finds the body.
 * @attr {'auto'|'lite'|'full'|'heavy'} model - The pose model. `auto`: for a live source the best that device and
 *   connection allow at 30 frames a second, else `full`.
 * @attr {'pose'|'selfie'} segmentation - The network that finds the outline of the shopper: pose or selfie
 *   segmentation.
 * @attr {string} assets - Base URL of worker, models, wasm and mannequin; beside the script by default.
 * @attr {number} stature - The shopper's height in centimetres.
 * @attr {'hide'|'show'} own-clothes - Whether what the shopper wears is hidden where a garment replaces it, or stays.
 * @attr {boolean} autostart - Starts without a tap.
 * @attr {boolean} no-controls - Hides the interface; the page brings its own.
 * @attr {boolean} privacy-panel - Lets shoppers see what the page requests and keeps on the device, and delete that.
 * @attr {string} lang - Language of the interface; the page's by default.
 *
 * @fires status-change - `{ status }`
 * @fires progress - `{ loaded, total }`, bytes
 * @fires track - A new tracked frame was drawn: read `tracked`, `body` and `snapshot()` in the handler.
 * @fires garment-change - `{ garment, size, color }`: the shopper chose a garment or colour
 * @fires size-change - `{ garment, size }`: the shopper chose a size
 * @fires wardrobe-change - `{ wardrobe }`: what is known of the worn garments (sizes, colours, whether loaded) has changed
 * @fires snapshot - `{ blob }`: the shopper took a picture; cancel the event to prevent the download
 * @fires fitting-error - `{ code, message, cause }`
 *
 * @slot - `<fitting-garment>` elements
 * @slot poster - What is shown before the start
 * @slot actions - The page's own buttons, beside sizes and colours
 * @slot error-camera-denied - Replaces the words for that error; every error code has such a slot.
 *
 * @csspart stage - The box of the picture
 * @csspart poster - The box of the poster
 * @csspart preview - The camera's own picture until the first frame is drawn; `outline` over it: what to step into
 * @csspart controls - The layer over the picture
 * @csspart toolbar - The row of round buttons
 * @csspart dock - The bar of garments, colours and sizes
 * @csspart garments - The garment picker
 * @csspart sizes - The size chips
 * @csspart colors - The colour swatches
 * @csspart chip - A garment or size to choose
 * @csspart swatch - A colour to choose
 * @csspart card - Start, waiting and errors
 * @csspart error - The card of an error; `code` in it: the page's address as a QR code
 * @csspart status - The line that says what to do
 * @csspart progress - The loading bar; `bytes` below it: how much is loaded
 * @csspart privacy - The line on privacy; `privacy-panel`: the card that it opens, with `wipe-button`, `close-button`
 * @csspart button - Any button; also `start-`, `photo-`, `stop-`, `pause-`, `snapshot-`, `flip-`, `cancel-`, `retry-`,
 *   `mannequin-`, `camera-`, `privacy-`, `copy-`, `share-` and `code-button`
 *
 * @cssprop --fitting-room-ink - Text and icons
 * @cssprop --fitting-room-soft - Secondary text
 * @cssprop --fitting-room-paper - Cards and bars
 * @cssprop --fitting-room-ground - Behind the picture
 * @cssprop --fitting-room-accent - The main button and the chosen options
 * @cssprop --fitting-room-on-accent - Text on the accent
 * @cssprop --fitting-room-radius - Corners of cards and bars
 * @cssprop --fitting-room-font - Typeface
 * @cssprop --fitting-room-fit - How the picture fills the box: an `object-fit` value
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the interface only adds the types of events to methods.
export class FittingRoom extends LitElement {
  /** @internal */
  static override readonly styles = fittingRoomStyles;

  /** @internal */
  static override readonly properties = fittingRoomProperties;

  static {
    defineChecked(this.prototype, propertyChecks);
  }

  /** @internal */
  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang'];
  }

  /** Null for the camera. Throws `TypeError` for a value that gives no pictures. */
  declare source: SourceValue | null;
  declare garment: string | null;
  declare size: string | null;
  /** Throws `RangeError` for an unknown word, as `engine`, `model`, `segmentation` and `ownClothes` do. */
  declare facing: Facing;
  declare noMirror: boolean;
  declare engine: EngineName;
  declare model: ModelName;
  declare segmentation: SegmentationName;
  /** Throws `TypeError` for a value that is no URL. */
  declare assets: string | null;
  /** Centimetres. Throws `RangeError` for a value that is no body height. */
  declare stature: number | null;
  declare ownClothes: OwnClothes;
  declare autostart: boolean;
  declare noControls: boolean;
  declare privacyPanel: boolean;
  /** A tracker of the page that replaces the room's own, for replays and tests. The room never closes it. */
  declare tracker: Tracker | null;

  readonly #warnings = new AuthorWarnings((this.constructor as typeof FittingRoom).observedAttributes);
  readonly #markup = new MarkupWatcher(this, this.#warnings);
  readonly #keeper = new SessionKeeper(this);
  readonly #pictures = new PictureTaker(this);
  readonly #privacy = new PrivacyKeeper(this);
  readonly #elsewhere = new ElsewhereKeeper(this);
  readonly #actions = createActions(this, {
    takePicture: () => void this.#pictures.take(messagesFor(readLanguage(this)).saved),
    wardrobe: () => this.#session?.wardrobe ?? [],
    togglePrivacy: this.#privacy.toggle,
  });

  constructor() {
    super();
    this.garment = this.size = this.tracker = null;
    this.noMirror = this.autostart = this.noControls = this.privacyPanel = false;
    new FocusKeeper(this);
  }

  get #session(): FittingSession | null {
    return this.#keeper.session;
  }

  /** Status, loading progress, error, and what is worn; frozen, a new object after every change. */
  get state(): FittingState {
    return this.#keeper.open().state;
  }

  /**
   * The garments that are worn, or will be when they are loaded, in the order of `garment`: their sizes and colours, and
   * those in which they are worn. Frozen, a new list after every change, with a `wardrobe-change` event. Empty before
   * the first start.
   */
  get wardrobe(): readonly WardrobeEntry[] {
    return this.#session?.wardrobe ?? NO_GARMENTS;
  }

  /** Landmarks and person mask found in the frame that is shown; null before the first. */
  get tracked(): Tracked | null {
    return this.#session?.tracked ?? null;
  }

  /** The shopper's joints and measures in the frame that is shown; null while no person is found. */
  get body(): Body | null {
    return this.#session?.body ?? null;
  }

  /** Frames per second and milliseconds of each stage: medians of the last 60 frames; zeros before the first. */
  get metrics(): FrameMetrics {
    return this.#keeper.open().metrics;
  }

  /**
   * Starts, or resumes after `pause()`. Resolves when the first frame is shown, or when the start has failed or was
   * superseded; `state` tells which. Rejects when the element is not in a document.
   */
  start(): Promise<void> {
    return this.#keeper.start();
  }

  /** Keeps the camera and the last picture. */
  pause(): void {
    this.#session?.pause();
  }

  /** Gives the camera back, and forgets its pictures. */
  stop(): void {
    this.#keeper.stop();
  }

  /**
   * The frame that is shown as an image file, unmirrored, at the frame's own size; PNG with the garments by default.
   * Rejects before the first, and with `RangeError` for unknown layers or types.
   */
  snapshot(options?: SnapshotOptions | null): Promise<Blob> {
    return this.#keeper.open().snapshot(options);
  }

  /**
   * Girths and lengths in centimetres, to the millimetre, with their 90 % intervals; null for one that was not seen.
   * Rejects before the first tracked frame.
   */
  measure(): Promise<Measurements> {
    return this.#keeper.open().measure();
  }

  /** Called when the element moves to another document. Lit calls `connectedCallback`, but leaves the styles behind. */
  adoptedCallback(): void {
    if (this.shadowRoot) readoptStyles(this.shadowRoot, fittingRoomStyles);
  }

  /** @internal */
  override attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (name === 'lang') this.requestUpdate();
    else super.attributeChangedCallback(name, before, now);
  }

  /** @internal */
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    if (this.ownerDocument === document) return super.createRenderRoot();
    const root = this.shadowRoot ?? this.attachShadow(FittingRoom.shadowRootOptions);
    readoptStyles(root, fittingRoomStyles);
    return root;
  }

  /** @internal */
  protected override willUpdate(changed: PropertyValues): void {
    const haveGarmentsChanged = this.#markup.takeChange();
    if (haveGarmentsChanged || !this.hasUpdated || changed.has('garment')) {
      const ids = readGarments(this).map(({ id }) => id);
      this.#warnings.checkIds(this, ids, wantedIds(this.garment));
    }
    if (haveGarmentsChanged || changed.size > 0) this.#keeper.configure();
  }

  /** @internal */
  protected override render(): TemplateResult {
    const session = this.#session;
    const view = readView(this, {
      session,
      notice: this.#pictures.notice,
      privacyPanel: this.#privacy.render(),
      elsewhere: this.#elsewhere.render(session?.state.error?.code),
    });
    return renderRoom(view, this.#actions);
  }
}

/** The methods of the base class, with the types of the room's events. */
export interface FittingRoom {
  addEventListener: ListenerMethod<FittingRoomEventMap, AddEventListenerOptions>;
  removeEventListener: ListenerMethod<FittingRoomEventMap, EventListenerOptions>;
}

declare global {
  interface HTMLElementTagNameMap {
    'fitting-room': FittingRoom;
  }
}

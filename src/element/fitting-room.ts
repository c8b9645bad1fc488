import { html, LitElement, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import {
  type Body,
  FittingSession,
  type FrameMetrics,
  type Measurements,
  type SnapshotOptions,
  type Tracked,
} from '../session/fitting-session.ts';
import {
  checkSource,
  type EngineName,
  engineNames,
  type Facing,
  facings,
  type ModelName,
  modelNames,
  type SegmentationName,
  type SourceValue,
  segmentationNames,
  type Tracker,
} from '../session/settings.ts';
import type { FittingState, FittingStatus } from '../session/state.ts';
import { checkAssets, checkStature, checkWord, lenient } from './check-properties.ts';
import { findIdFaults } from './find-id-faults.ts';
import { fittingRoomStyles } from './fitting-room-styles.ts';
import { type Messages, messagesFor } from './messages.ts';
import { pickFile } from './pick-file.ts';
import { readGarments } from './read-garments.ts';
import { readSettings, wantedIds } from './read-settings.ts';
import { readoptStyles } from './readopt-styles.ts';
import { type ControlsActions, renderControls, statusText } from './render-controls.ts';
import { saveBlob } from './save-blob.ts';

function checkFacing(value: unknown): Facing {
  return checkWord('facing', facings, 'user', value);
}
function checkEngine(value: unknown): EngineName {
  return checkWord('engine', engineNames, 'auto', value);
}
function checkModel(value: unknown): ModelName {
  return checkWord('model', modelNames, 'auto', value);
}
function checkSegmentation(value: unknown): SegmentationName {
  return checkWord('segmentation', segmentationNames, 'pose', value);
}

/** How long "picture saved" stays, milliseconds. */
const NOTICE_MS = 2500;

/**
 * Live virtual try-on: the shopper sees the garments of its `<fitting-garment>` children on themselves, in the size they
 * would order. Everything happens on the device; nothing loads before `start()` or the shopper's tap.
 *
 * @element fitting-room
 *
 * @attr {string} source - `camera`, `mannequin`, or the URL of a photo or video. The property also takes a `MediaStream`, `Blob`, video, image or canvas element, which stay the page's, or a `FrameSource`, which is closed with the room.
 * @attr {string} garment - Ids of the children to wear, separated by spaces; without it the first.
 * @attr {string} size - Size to wear; a `size` on a garment overrides it; without it each one's base size.
 * @attr {'user'|'environment'} facing - Which camera.
 * @attr {boolean} no-mirror - Shows the user's camera unmirrored.
 * @attr {'auto'|'webgpu'|'wasm'|'mediapipe'} engine - What tracks.
 * @attr {'auto'|'lite'|'full'|'heavy'} model - How thoroughly; `auto` takes what this device and connection bear at 30 frames a second, and `full` where nothing hurries.
 * @attr {'pose'|'selfie'} segmentation - What cuts the shopper out: the pose model by the way, or a network for that alone.
 * @attr {string} assets - Base URL of worker, models, wasm and mannequin; without it beside the script.
 * @attr {number} stature - The shopper's height in centimetres.
 * @attr {boolean} autostart - Starts without a tap.
 * @attr {boolean} no-controls - Hides the interface; the page brings its own.
 * @attr {string} lang - Language of the interface; without it the page's.
 *
 * @fires status-change - `{ status }`
 * @fires progress - `{ loaded, total }`, bytes
 * @fires track - A new tracked frame was drawn: read `tracked`, `body` and `snapshot()` in the handler.
 * @fires garment-change - `{ garment, size, color }`, by a person
 * @fires size-change - `{ garment, size }`, by a person
 * @fires snapshot - `{ blob }`, by a person; cancel it to keep the picture from being saved
 * @fires fitting-error - `{ code, message, cause }`
 *
 * @slot - `<fitting-garment>` elements
 * @slot poster - What is shown before the start
 * @slot actions - The page's own buttons, beside sizes and colours
 * @slot error-camera-denied - Replaces the words for that error; there is such a slot for each code.
 *
 * @csspart stage - The box of the picture
 * @csspart poster - The box of the poster
 * @csspart controls - The layer over the picture
 * @csspart toolbar - The row of round buttons
 * @csspart dock - The bar of garments, colours and sizes
 * @csspart garments - The garment picker
 * @csspart sizes - The size chips
 * @csspart colors - The colour swatches
 * @csspart chip - A garment or size to choose
 * @csspart swatch - A colour to choose
 * @csspart card - Start, waiting and errors
 * @csspart error - The card of an error
 * @csspart status - The line that says what to do
 * @csspart progress - The loading bar
 * @csspart privacy - The line on privacy
 * @csspart button - Any button; also `start-button`, `photo-button`, `stop-button`, `pause-button`, `snapshot-button`, `flip-button`, `cancel-button`, `retry-button`, `mannequin-button`, `camera-button`
 *
 * @cssprop --fitting-room-ink - Text and icons
 * @cssprop --fitting-room-soft - Secondary text
 * @cssprop --fitting-room-paper - Cards and bars
 * @cssprop --fitting-room-ground - Behind the picture
 * @cssprop --fitting-room-accent - The main button and what is chosen
 * @cssprop --fitting-room-on-accent - Text on the accent
 * @cssprop --fitting-room-radius - Corners of cards and bars
 * @cssprop --fitting-room-font - Typeface
 * @cssprop --fitting-room-fit - How the picture fills the box: an `object-fit` value
 */
export class FittingRoom extends LitElement {
  static override readonly styles = fittingRoomStyles;

  static override readonly properties: PropertyDeclarations = {
    source: {},
    garment: { reflect: true },
    size: { reflect: true },
    facing: { reflect: true, converter: lenient(checkFacing) },
    noMirror: { type: Boolean, attribute: 'no-mirror', reflect: true },
    engine: { converter: lenient(checkEngine) },
    model: { converter: lenient(checkModel) },
    segmentation: { converter: lenient(checkSegmentation) },
    assets: { converter: lenient(checkAssets) },
    stature: { converter: lenient(checkStature) },
    autostart: { type: Boolean, reflect: true },
    noControls: { type: Boolean, attribute: 'no-controls', reflect: true },
    tracker: { attribute: false },
  };

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang'];
  }

  declare garment: string | null;
  declare size: string | null;
  declare noMirror: boolean;
  declare autostart: boolean;
  declare noControls: boolean;
  declare tracker: Tracker | null;

  #sourceValue: SourceValue | null = null;
  #facing: Facing = 'user';
  #engine: EngineName = 'auto';
  #model: ModelName = 'auto';
  #segmentation: SegmentationName = 'pose';
  #assets: string | null = null;
  #stature: number | null = null;

  #session: FittingSession | null = null;
  /** The page's own trackers are loaded once, wherever the room is put. */
  readonly #loadedTrackers = new WeakSet<Tracker>();
  readonly #warned = new Set<string>();
  #status: FittingStatus = 'idle';
  #observer: MutationObserver | null = null;
  /** Running when it was taken from the document: it comes up again where it is put. */
  #comesUpAgain = false;
  /** Taken from the document, and the task is not over: put in again by its end, it was a move. */
  #isMoving = false;
  #notice = '';
  #noticeTimer: ReturnType<typeof setTimeout> | undefined;
  #hadFocus = false;
  #childrenChanged = false;

  constructor() {
    super();
    this.garment = null;
    this.size = null;
    this.noMirror = false;
    this.autostart = false;
    this.noControls = false;
    this.tracker = null;
  }

  // Lit wraps these accessors: what they throw reaches whoever assigns, and what they take brings an update.

  /** Throws `TypeError` for what no picture can be taken from. */
  get source(): SourceValue | null {
    return this.#sourceValue;
  }
  set source(value: SourceValue | null) {
    this.#sourceValue = checkSource(value);
  }

  /** Throws `RangeError` for another word, as `engine`, `model` and `segmentation` do. */
  get facing(): Facing {
    return this.#facing;
  }
  set facing(value: Facing) {
    this.#facing = checkFacing(value);
  }

  get engine(): EngineName {
    return this.#engine;
  }
  set engine(value: EngineName) {
    this.#engine = checkEngine(value);
  }

  get model(): ModelName {
    return this.#model;
  }
  set model(value: ModelName) {
    this.#model = checkModel(value);
  }

  get segmentation(): SegmentationName {
    return this.#segmentation;
  }
  set segmentation(value: SegmentationName) {
    this.#segmentation = checkSegmentation(value);
  }

  /** Throws `TypeError` for what is no URL. */
  get assets(): string | null {
    return this.#assets;
  }
  set assets(value: string | null) {
    this.#assets = checkAssets(value);
  }

  /** Throws `RangeError` for what is nobody's height in centimetres. */
  get stature(): number | null {
    return this.#stature;
  }
  set stature(value: number | null) {
    this.#stature = checkStature(value);
  }

  /** Frozen; another object after every change. */
  get state(): FittingState {
    return this.#open().state;
  }

  /** What was found in the frame on show; null before the first. */
  get tracked(): Tracked | null {
    return this.#session?.tracked ?? null;
  }

  /** The shopper's body in the frame on show; null while nobody is found. */
  get body(): Body | null {
    return this.#session?.body ?? null;
  }

  /** Medians of the last 60 frames. */
  get metrics(): FrameMetrics {
    return this.#open().metrics;
  }

  /**
   * Starts, or resumes after `pause()`. Resolves once the first frame is shown or the start has failed or was superseded:
   * `state` says which. Throws when the element is not in a document.
   */
  async start(): Promise<void> {
    if (!this.isConnected) throw new TypeError('fitting-room: put the element into the document before start().');
    const session = this.#open();
    session.configure(readSettings(this));
    await session.start();
  }

  /** Keeps the camera and lets the picture stand. */
  pause(): void {
    this.#session?.pause();
  }

  /** Gives the camera back. */
  stop(): void {
    this.#comesUpAgain = false;
    this.#session?.stop();
  }

  /** The frame on show, unmirrored, at the frame's own size. Rejects before the first. */
  snapshot(options?: SnapshotOptions | null): Promise<Blob> {
    return this.#open().snapshot(options);
  }

  /** Girths and lengths with their 90 % interval; null for each that cannot be told. Rejects before the first tracked frame. */
  measure(): Promise<Measurements> {
    return this.#open().measure();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer = new MutationObserver(() => {
      this.#childrenChanged = true;
      this.requestUpdate();
    });
    this.#observer.observe(this, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ['id', 'src', 'label', 'color', 'size'],
    });
    if (this.#isMoving) return;
    if (this.autostart || this.#comesUpAgain) {
      this.#comesUpAgain = false;
      // After the parser or framework has put the children in.
      queueMicrotask(() => {
        if (this.isConnected) void this.start();
      });
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
    this.#observer = null;
    this.#isMoving = true;
    // Only who stays away gives everything back.
    queueMicrotask(() => {
      this.#isMoving = false;
      if (this.isConnected || !this.#session) return;
      const { status } = this.#session.state;
      this.#comesUpAgain = status !== 'idle' && status !== 'error';
      this.#session.dispose();
      this.#session = null;
      this.#status = 'idle';
      this.requestUpdate();
    });
  }

  /** Moved to another document: Lit calls `connectedCallback` by itself, but its styles belong to the one before. */
  adoptedCallback(): void {
    if (this.shadowRoot) readoptStyles(this.shadowRoot, fittingRoomStyles);
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    if (this.ownerDocument === document) return super.createRenderRoot();
    const root = this.shadowRoot ?? this.attachShadow(FittingRoom.shadowRootOptions);
    readoptStyles(root, fittingRoomStyles);
    return root;
  }

  override attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (name === 'lang') this.requestUpdate();
    else super.attributeChangedCallback(name, before, now);
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.#hadFocus = this.shadowRoot?.activeElement != null;
    if (this.#childrenChanged || !this.hasUpdated || changed.has('garment')) this.#warnOfIds();
    if (!this.#session || (changed.size === 0 && !this.#childrenChanged)) return;
    this.#childrenChanged = false;
    this.#session.configure(readSettings(this));
  }

  protected override updated(): void {
    const canvas = this.#session?.canvas ?? null;
    const stage = this.renderRoot.querySelector('.stage');
    if (stage && stage.firstElementChild !== canvas) {
      if (canvas) stage.replaceChildren(canvas);
      else stage.replaceChildren();
    }
    // A button that goes away with its status leaves the keyboard where it was: on the first button there is.
    if (this.#hadFocus && !this.shadowRoot?.activeElement)
      this.renderRoot.querySelector<HTMLElement>('.layer button')?.focus();
  }

  protected override render(): TemplateResult {
    const state = this.#session?.state ?? this.#open().state;
    const words = this.#words();
    const hasPicture = this.tracked !== null;
    const stageClass = [
      'stage',
      this.#isMirrored() && 'mirrored',
      this.#source() !== 'camera' && 'whole',
      state.status === 'paused' && 'standing',
    ]
      .filter(Boolean)
      .join(' ');
    return html`
      <div class=${stageClass} part="stage" role="img" aria-label=${words.picture} ?hidden=${!hasPicture}></div>
      <div class="poster ${state.status === 'idle' ? '' : 'veiled'}" part="poster" ?hidden=${hasPicture}><slot name="poster"></slot></div>
      <p class="quiet" role="status">${statusText({ state, words, wardrobe: this.#session?.wardrobe ?? [], hasPicture, notice: this.#notice })}</p>
      ${
        this.noControls
          ? nothing
          : renderControls(
              {
                state,
                words,
                offers: readGarments(this),
                wardrobe: this.#session?.wardrobe ?? [],
                isCamera: this.#source() === 'camera',
                canFlip: this.#source() === 'camera' && matchMedia('(pointer: coarse)').matches,
                canPause: !this.#session?.isOver,
                hasActions: this.querySelector(':scope > [slot="actions"]') !== null,
                hasPicture,
                notice: this.#notice,
              },
              this.#actions,
            )
      }
      <slot hidden></slot>
    `;
  }

  readonly #actions: ControlsActions = {
    start: () => void this.start(),
    stop: () => this.stop(),
    pause: () => this.pause(),
    flip: () => {
      this.facing = this.facing === 'user' ? 'environment' : 'user';
    },
    takePicture: () => void this.#takePicture(),
    pickPhoto: () => void this.#pickPhoto(),
    useMannequin: () => this.#use('mannequin'),
    useCamera: () => this.#use('camera'),
    wear: (id) => {
      this.garment = id;
      this.#tell('garment-change', { garment: id, ...this.#choiceOf(id) });
    },
    pickSize: (id, size) => {
      const child = this.#child(id);
      if (child?.hasAttribute('size')) child.setAttribute('size', size);
      else this.size = size;
      this.#tell('size-change', { garment: id, size });
    },
    pickColor: (id, color) => {
      this.#child(id)?.setAttribute('color', color);
      this.#tell('garment-change', { garment: id, ...this.#choiceOf(id), color });
    },
  };

  /** One session per element, made when first asked for; nothing heavy is in it before its start. */
  #open(): FittingSession {
    return (this.#session ??= new FittingSession(
      readSettings(this),
      {
        onChange: () => this.#onChange(),
        onTrack: () => this.#tell('track', undefined),
        onError: ({ code, message, cause }) => this.#tell('fitting-error', { code, message, cause }),
        onProgress: (loaded, total) => this.#tell('progress', { loaded, total }),
      },
      { loadedTrackers: this.#loadedTrackers },
    ));
  }

  #onChange(): void {
    this.requestUpdate();
    const status = this.#session?.state.status ?? 'idle';
    if (status === this.#status) return;
    this.#status = status;
    this.#tell('status-change', { status });
  }

  #child(id: string): Element | null {
    return this.querySelector(`:scope > fitting-garment[id="${CSS.escape(id)}"]`);
  }

  #warnOfIds(): void {
    for (const fault of findIdFaults(
      readGarments(this).map(({ id }) => id),
      wantedIds(this.garment),
    )) {
      if (!this.#warned.has(fault)) console.warn(fault);
      this.#warned.add(fault);
    }
  }

  #source(): SourceValue {
    return this.source || 'camera';
  }

  #isMirrored(): boolean {
    return this.#source() === 'camera' && this.facing === 'user' && !this.noMirror;
  }

  #words(): Messages {
    const language =
      this.lang || this.closest('[lang]')?.getAttribute('lang') || document.documentElement.lang || navigator.language;
    return messagesFor(language);
  }

  #choiceOf(id: string): { size: string | null; color: string | null } {
    const entry = this.#session?.wardrobe.find((known) => known.id === id);
    const child = this.#child(id);
    return {
      size: entry?.size ?? child?.getAttribute('size') ?? this.size,
      color: entry?.color ?? child?.getAttribute('color') ?? null,
    };
  }

  #use(source: SourceValue): void {
    this.source = source;
    void this.start();
  }

  async #pickPhoto(): Promise<void> {
    const file = await pickFile('image/*');
    if (file) this.#use(file);
  }

  async #takePicture(): Promise<void> {
    let blob: Blob;
    try {
      blob = await this.snapshot();
    } catch (cause) {
      // The GPU went away at this moment, which the room says by itself.
      console.warn('fitting-room: the picture could not be taken.', cause);
      return;
    }
    if (this.#tell('snapshot', { blob })) saveBlob(blob, `${this.state.garment.split(' ')[0] || 'fitting'}.png`);
    this.#notice = this.#words().saved;
    clearTimeout(this.#noticeTimer);
    this.#noticeTimer = setTimeout(() => {
      this.#notice = '';
      this.requestUpdate();
    }, NOTICE_MS);
    this.requestUpdate();
  }

  /** Returns false when a handler cancelled the event. */
  #tell(type: string, detail: unknown): boolean {
    return this.dispatchEvent(
      new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: type === 'snapshot' }),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fitting-room': FittingRoom;
  }
}

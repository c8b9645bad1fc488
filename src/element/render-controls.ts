// The controls of a `<fitting-room>`, over its picture, as Lit templates. Depending on the session's status they are
//
// 1. a toolbar with round buttons and the status line (running);
// 2. a card: start (idle), progress (waiting for the first frame), or an error;
// 3. a dock to choose garments, colours and sizes (running).
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { FittingError, FittingErrorCode } from '../errors.ts';
import type { LoadedBytes } from '../session/progress.ts';
import type { FittingState, FittingStatus } from '../session/state.ts';
import type { WardrobeEntry } from '../session/wardrobe-entry.ts';
import { isAppBrowser } from './elsewhere-keeper.ts';
import { icons } from './icons.ts';
import type { Messages } from './messages.ts';

/** Everything that the controls show. */
export interface ControlsView {
  /** Status, loading progress (0..1) and error of the session. */
  state: FittingState;
  /** All texts in the shopper's language. */
  words: Messages;
  /** Every garment of the page, in its order. */
  offers: readonly { id: string; label: string }[];
  /** Names of the sizes and colours of each garment worn, which of them are worn, and whether it is loaded. */
  wardrobe: readonly WardrobeEntry[];
  /** Whether the source is the camera. */
  isCamera: boolean;
  /** Whether the device may have a second camera. */
  canFlip: boolean;
  /** Whether more frames come; false after the end of a source. */
  canPause: boolean;
  /** Whether the page has put elements into the `actions` slot; they are shown while a garment can be worn. */
  hasActions: boolean;
  /** Whether a frame is shown. */
  hasPicture: boolean;
  /** The camera's stream, shown until the first frame is drawn; null while there is none. */
  preview: MediaStream | null;
  /** Bytes loaded so far and bytes to load, and how long that still takes. */
  loading: LoadedBytes;
  /** Text to show for a moment after a picture was taken; else empty. */
  notice: string;
  /** Whether the line on privacy, and a button of the toolbar, open the privacy panel. */
  hasPrivacyPanel: boolean;
  /** The privacy panel while it is open; it is shown in place of a card. */
  privacyPanel: TemplateResult | null;
  /** The way to another browser, for the card of an error. */
  elsewhere: TemplateResult | typeof nothing;
}

/** The functions that the buttons call. */
export interface ControlsActions {
  start: () => void;
  stop: () => void;
  pause: () => void;
  /** Changes between the front and the back camera. */
  flip: () => void;
  takePicture: () => void;
  pickPhoto: () => void;
  useMannequin: () => void;
  useCamera: () => void;
  /** Opens or closes the privacy panel. */
  togglePrivacy: () => void;
  /** Wears the garment with this id, in place of the present ones. */
  wear: (id: string) => void;
  /** `id`: of the garment; `size`: the name of one of its sizes; `color`: that of one of its colours. */
  pickSize: (id: string, size: string) => void;
  pickColor: (id: string, color: string) => void;
}

/** Errors of the source itself: the controls offer other sources. */
const SOURCE_CODES: ReadonlySet<FittingErrorCode> = new Set([
  'camera-denied',
  'camera-missing',
  'camera-busy',
  'camera-lost',
  'insecure-context',
  'source-unreadable',
]);

/** Statuses in which frames are shown, once the first has come. */
const RUNNING: ReadonlySet<FittingStatus> = new Set(['searching', 'tracking', 'paused']);

/** Renders the controls. `view`: what they show; `actions`: what their buttons call. */
export function renderControls(view: ControlsView, actions: ControlsActions): TemplateResult {
  const { status, error } = view.state;
  const isRunning = view.hasPicture && RUNNING.has(status);
  const isWaiting = status === 'loading' || status === 'asking' || (!view.hasPicture && RUNNING.has(status));
  return html`
    <div class="layer" part="controls">
      ${isRunning ? renderToolbar(view, actions) : nothing}
      <div class="space"></div>
      ${view.privacyPanel ?? nothing}
      ${!view.privacyPanel && status === 'idle' ? renderStart(view, actions) : nothing}
      ${!view.privacyPanel && isWaiting ? renderWaiting(view, actions) : nothing}
      ${error && (status === 'error' || RUNNING.has(status)) ? renderError(view, error, actions) : nothing}
      ${isRunning ? renderDock(view, actions) : nothing}
    </div>
  `;
}

/** Returns the text of the status line; empty for none. Screen readers read it out when it changes. */
export function statusText({
  state,
  words,
  wardrobe,
  hasPicture,
  notice,
}: Pick<ControlsView, 'state' | 'words' | 'wardrobe' | 'hasPicture' | 'notice'>): string {
  if (notice) return notice;
  switch (state.status) {
    case 'loading':
      return state.progress < 1 ? words.loading : words.preparing;
    case 'asking':
      return words.asking;
    case 'searching':
      return hasPicture ? words.searching : words.preparing;
    case 'tracking':
      if (wardrobe.some(({ status }) => status === 'ready')) return words.tracking;
      return wardrobe.some(({ status }) => status === 'loading') ? words.preparing : '';
    case 'paused':
      return words.paused;
    default:
      return '';
  }
}

/** Part 1: the round buttons and the status line. */
function renderToolbar(
  { state, words, wardrobe, isCamera, canFlip, canPause, hasPicture, notice, hasPrivacyPanel }: ControlsView,
  actions: ControlsActions,
): TemplateResult {
  const isPaused = state.status === 'paused';
  const hasStatus = notice !== '' || state.status !== 'tracking';
  return html`
    <div class="top" part="toolbar">
      ${renderTool('stop-button', words.stop, icons.close, actions.stop)}
      <div class="space">${hasStatus ? html`<p class="status glass" part="status" aria-hidden="true">${statusText({ state, words, wardrobe, hasPicture, notice })}</p>` : nothing}</div>
      ${hasPrivacyPanel ? renderTool('privacy-button', words.privacy, icons.lock, actions.togglePrivacy) : nothing}
      ${isCamera ? nothing : renderTool('camera-button', words.useCamera, icons.video, actions.useCamera)}
      ${canFlip ? renderTool('flip-button', words.flip, icons.flip, actions.flip) : nothing}
      ${canPause ? (isPaused ? renderTool('pause-button', words.resume, icons.play, actions.start) : renderTool('pause-button', words.pause, icons.pause, actions.pause)) : nothing}
      ${renderTool('snapshot-button', words.snapshot, icons.camera, actions.takePicture)}
    </div>
  `;
}

/** One round button; `part`: its CSS part, `words`: its label. */
function renderTool(part: string, words: string, icon: TemplateResult, act: () => void): TemplateResult {
  return html`<button class="tool glass" part=${`button ${part}`} aria-label=${words} title=${words} @click=${act}>${icon}</button>`;
}

/** Part 2 while idle. */
function renderStart(view: ControlsView, actions: ControlsActions): TemplateResult {
  const { words, isCamera } = view;
  return html`
    <div class="card glass" part="card">
      <button class="primary" part="button start-button" @click=${actions.start}>${words.start}</button>
      ${
        isCamera
          ? html`
            <button class="plain" part="button photo-button" @click=${actions.pickPhoto}>${words.usePhoto}</button>
            ${renderPrivacy(view, actions)}
          `
          : nothing
      }
    </div>
  `;
}

/** The line on privacy; a button where it opens the privacy panel. */
function renderPrivacy({ words, hasPrivacyPanel }: ControlsView, actions: ControlsActions): TemplateResult {
  const line = html`${icons.lock}<span>${words.privacy}</span>`;
  return hasPrivacyPanel
    ? html`<button class="privacy" part="privacy button privacy-button" @click=${actions.togglePrivacy}>${line}</button>`
    : html`<p class="privacy" part="privacy">${line}</p>`;
}

/** Part 2 while waiting for the first frame. */
function renderWaiting(view: ControlsView, actions: ControlsActions): TemplateResult {
  const { state, words, wardrobe, isCamera, preview, loading } = view;
  return html`
    <div class=${`card glass ${preview ? 'slim' : ''}`} part="card">
      <p class="title" aria-hidden="true">${statusText({ state, words, wardrobe, hasPicture: false, notice: '' })}</p>
      <progress part="progress" max="1" .value=${state.progress} aria-label=${words.loading}></progress>
      <p class="advice" part="bytes">${state.progress < 1 ? loadingText(words, loading) : nothing}</p>
      ${isCamera ? renderPrivacy(view, actions) : nothing}
      <button class="plain" part="button cancel-button" @click=${actions.stop}>${words.cancel}</button>
    </div>
  `;
}

/** Returns how much is loaded, in megabytes, and how many seconds are left, once that can be told. */
export function loadingText(words: Messages, { loaded, total, secondsLeft }: LoadedBytes): string {
  const { format } = new Intl.NumberFormat(words.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const bytes = words.loaded.replace('{loaded}', format(loaded / 1e6)).replace('{total}', format(total / 1e6));
  return secondsLeft === null ? bytes : `${bytes}, ${words.left.replace('{seconds}', `${Math.ceil(secondsLeft)}`)}`;
}

/** Part 2 after an error. */
function renderError(
  { state, words, isCamera, elsewhere }: ControlsView,
  { code }: FittingError,
  actions: ControlsActions,
): TemplateResult {
  const { title, advice } = isAppBrowser(code) ? words.noCamera : words.errors[code];
  const isFatal = state.status === 'error';
  const offersSources = isFatal && SOURCE_CODES.has(code);
  return html`
    <div class="card glass" part="card error" role="alert">
      <slot name=${`error-${code}`}>
        <p class="title">${title}</p>
        <p class="advice">${advice}</p>
      </slot>
      ${elsewhere}
      ${code === 'garment-unreachable' && !isFatal ? html`<button class="plain" part="button retry-button" @click=${actions.start}>${words.retry}</button>` : nothing}
      ${
        isFatal
          ? html`
            <button class="primary" part="button retry-button" @click=${actions.start}>${words.retry}</button>
            <div class="row">
              ${offersSources ? html`<button class="plain" part="button photo-button" @click=${actions.pickPhoto}>${words.usePhoto}</button>` : nothing}
              ${offersSources ? html`<button class="plain" part="button mannequin-button" @click=${actions.useMannequin}>${words.useMannequin}</button>` : nothing}
              ${offersSources && !isCamera ? html`<button class="plain" part="button camera-button" @click=${actions.useCamera}>${words.useCamera}</button>` : nothing}
            </div>
          `
          : nothing
      }
    </div>
  `;
}

/** Part 3; nothing when there is nothing to choose. */
function renderDock(
  { words, offers, wardrobe, hasActions }: ControlsView,
  actions: ControlsActions,
): TemplateResult | typeof nothing {
  const worn = wardrobe[0];
  const sizes = worn && worn.sizes.length > 1 ? worn.sizes : [];
  const colors = worn && worn.colors.length > 1 ? worn.colors : [];
  // What cannot be worn cannot be put into a basket.
  const canAct = hasActions && (!worn || wardrobe.some(({ status }) => status !== 'failed'));
  if (offers.length < 2 && sizes.length + colors.length === 0 && !canAct) return nothing;
  const isWorn = (id: string): boolean => wardrobe.some((entry) => entry.id === id);
  return html`
    <div class="dock glass" part="dock">
      ${
        offers.length > 1
          ? html`<div class="group garments" part="garments" role="group" aria-label=${words.garment}>
            ${offers.map(({ id, label }) => html`<button class="chip" part="chip garment" aria-pressed=${isWorn(id)} @click=${() => actions.wear(id)}>${label}</button>`)}
          </div>`
          : nothing
      }
      ${
        colors.length > 0
          ? html`<div class="group" part="colors" role="group" aria-label=${words.color}>
            ${colors.map((color, i) => renderSwatch(color, worn.swatches[i], color === worn.color, () => actions.pickColor(worn.id, color)))}
          </div>`
          : nothing
      }
      ${
        sizes.length > 0
          ? html`<div class="group" part="sizes" role="group" aria-label=${words.size}>
            ${sizes.map((size) => html`<button class="chip" part="chip size" aria-pressed=${size === worn.size} @click=${() => actions.pickSize(worn.id, size)}>${size}</button>`)}
          </div>`
          : nothing
      }
      ${canAct ? html`<slot name="actions"></slot>` : nothing}
    </div>
  `;
}

/** One button of a colour; `css`: CSS colour to show, null: the name `color` is tried as one. */
function renderSwatch(color: string, css: string | null, isChosen: boolean, pick: () => void): TemplateResult {
  return html`
    <button class="swatch" part="swatch" aria-label=${color} title=${color} aria-pressed=${isChosen} @click=${pick}>
      ${svg`<svg viewBox="0 0 32 32" aria-hidden="true"><circle class="ring" cx="16" cy="16" r="15"/><circle class="cloth" cx="16" cy="16" r="11.5" fill=${css ?? color}/></svg>`}
    </button>
  `;
}

import { html, nothing, type TemplateResult } from 'lit';
import { outline } from './icons.ts';
import { type ControlsActions, type ControlsView, renderControls, statusText } from './render-controls.ts';

/** Everything that the shadow root of a `<fitting-room>` shows. */
export interface RoomView extends ControlsView {
  /** The picture; null before the first start. */
  canvas: HTMLCanvasElement | null;
  /** Whether the picture is shown mirrored, by a CSS transform. */
  isMirrored: boolean;
  /** Whether the room shows its own controls. */
  hasControls: boolean;
}

/**
 * Renders the contents of a room's shadow root: the picture, or before the first frame the camera's own picture or the
 * poster; an outline to step into, while nobody is found; the status line for screen readers; the controls, whose
 * buttons call `actions`.
 */
export function renderRoom(view: RoomView, actions: ControlsActions): TemplateResult {
  const { state, words, canvas, preview, hasPicture, hasControls } = view;
  const invites = hasControls && (preview !== null || (hasPicture && state.status === 'searching'));
  return html`
    <div class=${stageClass(view)} part="stage" role="img" aria-label=${words.picture} ?hidden=${!hasPicture}>${canvas ?? nothing}</div>
    <div class="poster ${state.status === 'idle' ? '' : 'veiled'}" part="poster" ?hidden=${hasPicture}><slot name="poster"></slot></div>
    ${preview ? html`<div class=${stageClass(view)} part="preview"><video aria-hidden="true" autoplay playsinline .muted=${true} .srcObject=${preview}></video></div>` : nothing}
    ${invites ? outline : nothing}
    <p class="quiet" role="status">${statusText(view)}</p>
    ${hasControls ? renderControls(view, actions) : nothing}
    <slot hidden></slot>
  `;
}

/**
 * CSS classes of the picture's box. `whole`: a photo or video is shown uncropped. `standing`: the picture is paused.
 */
function stageClass({ isMirrored, isCamera, state }: RoomView): string {
  let name = 'stage';
  if (isMirrored) name += ' mirrored';
  if (!isCamera) name += ' whole';
  if (state.status === 'paused') name += ' standing';
  return name;
}

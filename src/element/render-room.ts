import { html, nothing, type TemplateResult } from 'lit';
import { type ControlsActions, type ControlsView, renderControls, statusText } from './render-controls.ts';

/** What the shadow root of a room shows. */
export interface RoomView extends ControlsView {
  /** The picture; null before the first start. */
  canvas: HTMLCanvasElement | null;
  /** Whether the picture is shown as in a mirror. */
  isMirrored: boolean;
  hasControls: boolean;
}

/** The shadow root of a room: the picture or the poster, the status line for screen readers, and the controls. */
export function renderRoom(view: RoomView, actions: ControlsActions): TemplateResult {
  const { state, words, canvas, hasPicture, hasControls } = view;
  return html`
    <div class=${stageClass(view)} part="stage" role="img" aria-label=${words.picture} ?hidden=${!hasPicture}>${canvas ?? nothing}</div>
    <div class="poster ${state.status === 'idle' ? '' : 'veiled'}" part="poster" ?hidden=${hasPicture}><slot name="poster"></slot></div>
    <p class="quiet" role="status">${statusText(view)}</p>
    ${hasControls ? renderControls(view, actions) : nothing}
    <slot hidden></slot>
  `;
}

function stageClass({ isMirrored, isCamera, state }: RoomView): string {
  let name = 'stage';
  if (isMirrored) name += ' mirrored';
  if (!isCamera) name += ' whole';
  if (state.status === 'paused') name += ' standing';
  return name;
}

import type { LitElement, TemplateResult } from 'lit';
import type { FittingSession } from '../session/fitting-session.ts';
import { NOTHING_LOADED } from '../session/progress.ts';
import { IDLE_STATE } from '../session/state.ts';
import { messagesFor } from './messages.ts';
import { readGarments } from './read-garments.ts';
import { readLanguage } from './read-language.ts';
import type { RoomProperties } from './read-settings.ts';
import type { RoomView } from './render-room.ts';

/** The `<fitting-room>` whose view is read. */
type ViewHost = LitElement & RoomProperties & { noMirror: boolean; noControls: boolean; privacyPanel: boolean };

/** What the parts of the room show besides what its properties and its session say. */
export interface ViewParts {
  /** The session; null before it is first needed. */
  session: FittingSession | null;
  /** Text to show for a moment after a picture was taken; else empty. */
  notice: string;
  /** The privacy panel while it is open. */
  privacyPanel: TemplateResult | null;
  /** The way to another browser, for the card of an error. */
  elsewhere: RoomView['elsewhere'];
}

/** Reads everything that the room shows from its properties, its children and its session. */
export function readView(room: ViewHost, { session, notice, privacyPanel, elsewhere }: ViewParts): RoomView {
  const isCamera = (room.source ?? 'camera') === 'camera';
  return {
    state: session?.state ?? IDLE_STATE,
    words: messagesFor(readLanguage(room)),
    offers: readGarments(room),
    wardrobe: session?.wardrobe ?? [],
    isCamera,
    canFlip: isCamera && matchMedia('(pointer: coarse)').matches,
    canPause: !session?.isOver,
    hasActions: room.querySelector(':scope > [slot="actions"]') !== null,
    hasPicture: (session?.tracked ?? null) !== null,
    notice,
    canvas: session?.canvas ?? null,
    preview: session?.preview ?? null,
    loading: session?.progress ?? NOTHING_LOADED,
    isMirrored: isCamera && room.facing === 'user' && !room.noMirror,
    hasControls: !room.noControls,
    hasPrivacyPanel: room.privacyPanel,
    privacyPanel,
    elsewhere,
  };
}

import type { LitElement } from 'lit';
import type { SourceValue } from '../session/settings.ts';
import type { WardrobeEntry } from '../session/wardrobe-entry.ts';
import { pickFile } from './pick-file.ts';
import type { RoomProperties } from './read-settings.ts';
import type { ControlsActions } from './render-controls.ts';
import { sendEvent } from './send-event.ts';

/** The `<fitting-room>` that the controls act on: its settings as properties, and methods to start, pause and stop. */
export type ActionsHost = LitElement &
  RoomProperties &
  Pick<ControlsActions, 'stop' | 'pause'> & { start(): Promise<void> };

/** What the actions need besides the room. */
export interface ActionsOptions {
  /** Takes a picture of the frame that is shown and offers it to the shopper. */
  takePicture: () => void;
  /** Returns what is known of the garments worn: id, and size and colour that are worn. */
  wardrobe: () => readonly WardrobeEntry[];
  /** Opens or closes the privacy panel. */
  togglePrivacy: () => Promise<void>;
}

/**
 * Creates the functions that the buttons of the controls call. They act on `room` by its public properties and methods.
 * A choice of the shopper is written where the page can read it, into properties of the room or attributes of the
 * garment, and reported by a `garment-change` or `size-change` event of the room.
 */
export function createActions(
  room: ActionsHost,
  { takePicture, wardrobe, togglePrivacy }: ActionsOptions,
): ControlsActions {
  function use(source: SourceValue): void {
    room.source = source;
    void room.start();
  }

  async function pickPhoto(): Promise<void> {
    const file = await pickFile('image/*');
    if (file) use(file);
  }

  function findGarment(id: string): Element | null {
    return room.querySelector(`:scope > fitting-garment[id="${CSS.escape(id)}"]`);
  }

  /** Size and colour in which the garment is worn; before it is loaded, those that the page asks for. */
  function choiceOf(id: string): { size: string | null; color: string | null } {
    const entry = wardrobe().find((known) => known.id === id);
    const element = findGarment(id);
    return {
      size: entry?.size ?? element?.getAttribute('size') ?? room.size,
      color: entry?.color ?? element?.getAttribute('color') ?? null,
    };
  }

  return {
    start: () => void room.start(),
    stop: () => room.stop(),
    pause: () => room.pause(),
    flip: () => {
      room.facing = room.facing === 'user' ? 'environment' : 'user';
    },
    takePicture,
    pickPhoto: () => void pickPhoto(),
    useMannequin: () => use('mannequin'),
    useCamera: () => use('camera'),
    togglePrivacy: () => void togglePrivacy(),
    wear: (id) => {
      room.garment = id;
      sendEvent(room, 'garment-change', { garment: id, ...choiceOf(id) });
    },
    pickSize: (id, size) => {
      const element = findGarment(id);
      if (element?.hasAttribute('size')) element.setAttribute('size', size);
      else room.size = size;
      sendEvent(room, 'size-change', { garment: id, size });
    },
    pickColor: (id, color) => {
      findGarment(id)?.setAttribute('color', color);
      sendEvent(room, 'garment-change', { garment: id, ...choiceOf(id), color });
    },
  };
}

import type { FittingError } from '../errors.ts';
import type { FittingStatus } from '../session/state.ts';
import type { WardrobeEntry } from '../session/wardrobe-entry.ts';

/** The garment that a person chose, and the size and colour in which it is worn; null: the garment's own. */
export interface GarmentChoice {
  garment: string;
  size: string | null;
  color: string | null;
}

/** The events of `<fitting-room>` by name, with their data in `detail`. */
export interface FittingRoomEventMap {
  'status-change': CustomEvent<{ status: FittingStatus }>;
  /** Bytes. */
  progress: CustomEvent<{ loaded: number; total: number }>;
  /** A tracked frame was drawn: read the room's properties. */
  track: CustomEvent<null>;
  'garment-change': CustomEvent<GarmentChoice>;
  'size-change': CustomEvent<{ garment: string; size: string }>;
  'wardrobe-change': CustomEvent<{ wardrobe: readonly WardrobeEntry[] }>;
  snapshot: CustomEvent<{ blob: Blob }>;
  'fitting-error': CustomEvent<Pick<FittingError, 'code' | 'message' | 'cause'>>;
}

/**
 * The type of an element's `addEventListener` (with `AddEventListenerOptions`) or `removeEventListener` that knows the
 * events of `Events`, by name, beside those of every HTML element.
 */
export interface ListenerMethod<Events, Options> {
  <Name extends keyof Events>(
    type: Name,
    listener: (event: Events[Name]) => unknown,
    options?: boolean | Options,
  ): void;
  <Name extends keyof HTMLElementEventMap>(
    type: Name,
    listener: (event: HTMLElementEventMap[Name]) => unknown,
    options?: boolean | Options,
  ): void;
  (type: string, listener: EventListenerOrEventListenerObject, options?: boolean | Options): void;
}

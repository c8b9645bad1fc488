import { assetsBase } from '../assets-base.ts';
import type {
  EngineName,
  Facing,
  FittingSettings,
  ModelName,
  OwnClothes,
  SegmentationName,
  SourceValue,
  Tracker,
} from '../session/settings.ts';
import { readGarments } from './read-garments.ts';

/**
 * The properties of a `<fitting-room>` that become settings of its session, which loads, tracks and draws. The element
 * has checked their values.
 */
export interface RoomProperties {
  /** Null or empty for the camera. */
  source: SourceValue | null;
  /** Ids of the garments to wear, separated by spaces; null for the first child. */
  garment: string | null;
  /** Size of garments without a `size` of their own; null for each garment's base size. */
  size: string | null;
  /** The camera: `user` (towards the shopper) or `environment`. */
  facing: Facing;
  /** What finds the body (`auto`, `webgpu`, `wasm`, `mediapipe`), and with which landmark model and mask network. */
  engine: EngineName;
  model: ModelName;
  segmentation: SegmentationName;
  /** URL, absolute or relative to the document; null for the folder beside the script. */
  assets: string | null;
  /** The shopper's height, centimetres; null: unknown. */
  stature: number | null;
  /** Whether the shopper's own clothes are hidden where a garment replaces them (`hide`), or stay (`show`). */
  ownClothes: OwnClothes;
  /** A tracker (finds the person in a frame) of the page; null for the room's own. */
  tracker: Tracker | null;
}

/**
 * Reads the properties and `<fitting-garment>` children of a room and returns the settings of its session: URLs are
 * absolute, `assets` ends with a slash, `garments` are those to wear, each with its own size or that of the room: those
 * that `garment` names; the first child where it names none, or none that is there.
 */
export function readSettings(room: Element & RoomProperties): FittingSettings {
  const offers = readGarments(room);
  const named = wantedIds(room.garment)
    .map((id) => offers.find((offer) => offer.id === id))
    .filter((offer) => offer !== undefined);
  const worn = named.length > 0 ? named : offers.slice(0, 1);
  const size = textOf(room.size);
  const base = room.assets === null ? assetsBase() : new URL(room.assets, document.baseURI).href;
  return {
    source: room.source || 'camera',
    facing: room.facing,
    engine: room.engine,
    model: room.model,
    segmentation: room.segmentation,
    tracker: room.tracker,
    assets: base.endsWith('/') ? base : `${base}/`,
    stature: room.stature,
    ownClothes: room.ownClothes,
    garments: worn.map(({ request }) => ({ ...request, size: request.size ?? size })),
    garmentUrls: new Set(
      offers.flatMap(({ request: { src, files } }) => [src, ...(files ?? []).map((file) => file.src)]),
    ),
  };
}

/** Splits the room's `garment` property into ids, in order. Empty when it names none: the first child is worn then. */
export function wantedIds(garment: unknown): string[] {
  return textOf(garment)?.split(/\s+/).filter(Boolean) ?? [];
}

/** Returns `value` as text, because a script may set a number (`room.size = 38`); null when it is not set. */
function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

import { assetsBase } from '../assets-base.ts';
import type {
  EngineName,
  Facing,
  FittingSettings,
  ModelName,
  SegmentationName,
  SourceValue,
  Tracker,
} from '../session/settings.ts';
import { readGarments } from './read-garments.ts';

/** The properties of a room that become settings of its session. */
export interface RoomProperties {
  source: SourceValue | null;
  garment: string | null;
  size: string | null;
  facing: Facing;
  engine: EngineName;
  model: ModelName;
  segmentation: SegmentationName;
  assets: string | null;
  stature: number | null;
  tracker: Tracker | null;
}

/**
 * The settings that the properties and children of a room ask for: absolute URLs, the garments to wear (those of
 * `garment`, else the first child), and for each its own size or that of the room.
 */
export function readSettings(room: Element & RoomProperties): FittingSettings {
  const offers = readGarments(room);
  const ids = wantedIds(room.garment);
  const worn =
    ids.length > 0
      ? ids.map((id) => offers.find((offer) => offer.id === id)).filter((offer) => offer !== undefined)
      : offers.slice(0, 1);
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
    garments: worn.map(({ request }) => ({ ...request, size: request.size ?? size })),
    sources: new Set(offers.map(({ request }) => request.src)),
  };
}

/** Ids of the garments to wear, from the room's `garment`; empty for the first child. */
export function wantedIds(garment: unknown): string[] {
  return textOf(garment)?.split(/\s+/).filter(Boolean) ?? [];
}

/** `value` as text, because a script may set a number (`room.size = 38`); null when it is not set. */
function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

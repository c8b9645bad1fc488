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

/** The properties of a room that a session is set by. */
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

/** What the room's attributes, properties and children ask for. */
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

/** Which garments to wear; none: the first. */
export function wantedIds(garment: unknown): string[] {
  return textOf(garment)?.split(/\s+/).filter(Boolean) ?? [];
}

/** A page's script may give a number (`room.size = 38`). */
function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

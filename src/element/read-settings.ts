import { assetsBase } from '../assets-base.ts';
import { engineNames, facings, modelNames, type EngineName, type Facing, type FittingSettings, type ModelName, type SourceValue, type Tracker } from '../session/settings.ts';
import { readGarments } from './read-garments.ts';

/** The properties of a room that a session is set by. */
export interface RoomProperties {
  source: SourceValue | null;
  garment: string | null;
  size: string | null;
  facing: Facing;
  engine: EngineName;
  model: ModelName;
  assets: string | null;
  stature: number | null;
  tracker: Tracker | null;
}

/** What the room's attributes, properties and children ask for. Throws `RangeError` for a word that is none of those allowed. */
export function readSettings(room: Element & RoomProperties): FittingSettings {
  const offers = readGarments(room);
  const ids = room.garment?.split(/\s+/).filter(Boolean) ?? [];
  const worn = ids.length > 0 ? ids.map((id) => offers.find((offer) => offer.id === id)).filter((offer) => offer !== undefined) : offers.slice(0, 1);
  const base = room.assets === null ? assetsBase() : new URL(room.assets, document.baseURI).href;
  return {
    source: room.source || 'camera',
    facing: oneOf('facing', facings, room.facing),
    engine: oneOf('engine', engineNames, room.engine),
    model: oneOf('model', modelNames, room.model),
    tracker: room.tracker,
    assets: base.endsWith('/') ? base : `${base}/`,
    stature: room.stature,
    garments: worn.map(({ request }) => ({ ...request, size: request.size ?? room.size })),
    sources: new Set(offers.map(({ request }) => request.src)),
  };
}

function oneOf<T extends string>(name: string, allowed: readonly T[], value: T): T {
  if (allowed.includes(value)) return value;
  throw new RangeError(`fitting-room: ${name} must be one of ${allowed.join(', ')}, not "${value}".`);
}

import { type Facing, facings } from '../capture/facing.ts';
import type { SourceValue } from '../capture/open-source.ts';
import {
  type EngineName,
  engineNames,
  type ModelName,
  modelNames,
  type SegmentationName,
  segmentationNames,
  type Tracker,
} from '../tracking/tracker.ts';
import type { GarmentRequest } from './wardrobe.ts';

/** What a session is asked to do. A new object each time; compared member by member. */
export interface FittingSettings {
  /** `mannequin`, or what `openSource` takes. */
  source: SourceValue;
  facing: Facing;
  engine: EngineName;
  /** `auto`: `full` where nothing hurries, else what this device and connection bear. */
  model: ModelName;
  segmentation: SegmentationName;
  /** The page's own tracker, which stays the page's: loaded here, never closed here. */
  tracker: Tracker | null;
  /** Absolute base URL, with a trailing slash. */
  assets: string;
  /** Centimetres; null where unknown. */
  stature: number | null;
  /** What to wear, in the order asked for. */
  garments: readonly GarmentRequest[];
  /** Garment files that the page still names, worn or not: these stay loaded. */
  sources: ReadonlySet<string>;
}

export { checkSource, isFrameSource } from './check-source.ts';
export type { EngineName, Facing, GarmentRequest, ModelName, SegmentationName, SourceValue, Tracker };
export { engineNames, facings, modelNames, segmentationNames };

/** Whether a change asks for another source. */
export function isOtherSource(a: FittingSettings, b: FittingSettings): boolean {
  return a.source !== b.source || (a.source === 'camera' && a.facing !== b.facing);
}

/** Whether a change asks for another tracker. */
export function isOtherTracker(a: FittingSettings, b: FittingSettings): boolean {
  return (
    a.tracker !== b.tracker ||
    a.assets !== b.assets ||
    (a.tracker === null && (a.engine !== b.engine || a.model !== b.model || a.segmentation !== b.segmentation))
  );
}

/** Ids of the garments asked for, as the page writes them: separated by spaces. */
export function idsOf({ garments }: FittingSettings): string {
  return garments.map(({ id }) => id).join(' ');
}

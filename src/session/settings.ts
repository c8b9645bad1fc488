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
import type { GarmentRequest } from './garment-request.ts';

/**
 * Values of the attribute `own-clothes`: whether what the shopper wears is hidden where a garment replaces it, or
 * stays.
 */
export const ownClothesNames = ['hide', 'show'] as const;
/** One of `ownClothesNames`. */
export type OwnClothes = (typeof ownClothesNames)[number];

/** Everything that a page can set for a session. Every change is a new object. */
export interface FittingSettings {
  /**
   * `camera`, `mannequin` (the synthetic person), the URL of a photo or video, or an object with pictures: a
   * `MediaStream`, `Blob`, video, image or canvas element, or a `FrameSource`.
   */
  source: SourceValue;
  /** The camera to open for `source="camera"`: `user` (towards the shopper) or `environment`. */
  facing: Facing;
  /** Engine of the tracker: `webgpu`, `wasm`, `mediapipe`, or `auto` for the first of them that works. */
  engine: EngineName;
  /** `auto`: `full` for a source that waits, else the best that device and connection allow (see `QualityLadder`). */
  model: ModelName;
  /** Network that finds the outline of the shopper: `pose` (part of the pose model) or `selfie`. */
  segmentation: SegmentationName;
  /** A tracker of the page, used instead of the own ones. The session loads it but never closes it. */
  tracker: Tracker | null;
  /** Base URL of worker, models and mannequin: absolute, with a trailing slash. */
  assets: string;
  /** Body height of the shopper in centimetres; null when unknown. */
  stature: number | null;
  /** `hide`: the shopper's own clothes are hidden where a garment replaces them; `show`: they stay. */
  ownClothes: OwnClothes;
  /** The garments to wear, in the page's order. */
  garments: readonly GarmentRequest[];
  /**
   * Absolute URLs of all garment files of the page, worn or not. Loaded files stay in memory while they are in this
   * set.
   */
  garmentUrls: ReadonlySet<string>;
}

export { checkSource } from './check-source.ts';
export type { EngineName, Facing, GarmentRequest, ModelName, SegmentationName, SourceValue, Tracker };
export { engineNames, facings, modelNames, segmentationNames };

/** Whether `a` and `b` need different sources. */
export function isOtherSource(a: FittingSettings, b: FittingSettings): boolean {
  return a.source !== b.source || (a.source === 'camera' && a.facing !== b.facing);
}

/** Whether `a` and `b` need different trackers. */
export function isOtherTracker(a: FittingSettings, b: FittingSettings): boolean {
  return (
    a.tracker !== b.tracker ||
    a.assets !== b.assets ||
    (a.tracker === null && (a.engine !== b.engine || a.model !== b.model || a.segmentation !== b.segmentation))
  );
}

/** Ids of the garments to wear, separated by spaces, as in the `garment` attribute. */
export function idsOf({ garments }: FittingSettings): string {
  return garments.map(({ id }) => id).join(' ');
}

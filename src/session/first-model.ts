import type { Tracker } from '../tracking/tracker.ts';
import { isFrameSource } from './check-source.ts';
import type { FittingSettings } from './settings.ts';

/** Kinds of live sources. Compared by name, because an object of another document has other classes. */
const LIVE_KINDS: ReadonlySet<string> = new Set(['[object MediaStream]', '[object HTMLVideoElement]']);

/**
 * Returns the landmark model that the tracker is loaded with: `lite`, `full` or `heavy`, by rising accuracy and cost.
 * `model` is the page's choice; `auto` becomes `full` for a source that is not live (a photo, a file, the mannequin).
 * For a live source (camera, stream, video element) it becomes `lite`, whose smaller download brings the first picture
 * sooner; while frames are shown, `QualityLadder` may change it by the speed of the device.
 */
export function firstModel({ model, source }: Pick<FittingSettings, 'model' | 'source'>): Tracker['model'] {
  if (model !== 'auto') return model;
  const isLive = isFrameSource(source)
    ? source.live
    : source === 'camera' || LIVE_KINDS.has(Object.prototype.toString.call(source));
  return isLive ? 'lite' : 'full';
}

import type { Tracker } from '../tracking/tracker.ts';
import { isFrameSource } from './check-source.ts';
import type { FittingSettings } from './settings.ts';

/** What gives pictures whether or not anybody asks; told by name, since it may come from another frame. */
const liveKinds: ReadonlySet<string> = new Set(['[object MediaStream]', '[object HTMLVideoElement]']);

/**
 * The model that a tracker for `settings` is loaded with. `auto` is `full` where nothing hurries (a photo, a file, the
 * mannequin), and `lite` for what is live: a smaller download, so that the first picture comes sooner; how the frames go
 * decides from then on.
 */
export function firstModel({ model, source }: Pick<FittingSettings, 'model' | 'source'>): Tracker['model'] {
  if (model !== 'auto') return model;
  const isLive = isFrameSource(source)
    ? source.live
    : source === 'camera' || liveKinds.has(Object.prototype.toString.call(source));
  return isLive ? 'lite' : 'full';
}

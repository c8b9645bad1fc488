import type { Tracker } from '../tracking/tracker.ts';
import type { KitScene } from './ready-kit.ts';
import type { FittingSettings } from './settings.ts';

/** Sets loaded parts up as the page wants them; all of it may change between two frames. */
export function configureParts(
  { stature, ownClothes, garmentUrls }: FittingSettings,
  tracker: Tracker | null,
  { solver, stage, wardrobe }: Pick<KitScene, 'solver' | 'stage' | 'wardrobe'>,
): void {
  const isHidden = ownClothes === 'hide';
  wardrobe.keepOnly(garmentUrls);
  solver.body.setStature(stature);
  tracker?.findClasses?.(isHidden);
  stage.setOwnClothes(isHidden);
}

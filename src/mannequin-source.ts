import { assetsBase } from './assets-base.ts';
import {
  type MannequinSourceOptions as AllOptions,
  MannequinSource as AnyMannequinSource,
} from './synthetic/mannequin-source.ts';

/** Options of the synthetic person. All are optional, `assets` too. */
export type MannequinSourceOptions = Partial<AllOptions>;

/**
 * The synthetic person as a frame source for pages: the class of `synthetic/`, with two things filled in. `assets`, the
 * base URL of the mannequin's file, is the assets' folder of the script by default (`assetsBase`). The code of
 * cloth that hangs is imported only if an option names a garment or loose clothes.
 */
export class MannequinSource extends AnyMannequinSource {
  constructor(options: MannequinSourceOptions = {}) {
    super({ ...options, assets: options.assets ?? assetsBase() }, async (...wanted) =>
      (await import('./synthetic/wear-garments.ts')).wearGarments(...wanted),
    );
  }
}

import { assetsBase } from './assets-base.ts';
import {
  type MannequinSourceOptions as AllOptions,
  MannequinSource as AnyMannequinSource,
} from './synthetic/mannequin-source.ts';

export type MannequinSourceOptions = Partial<AllOptions>;

/** The synthetic person as a frame source for pages. Without `assets` it loads its files from beside the script. */
export class MannequinSource extends AnyMannequinSource {
  constructor(options: MannequinSourceOptions = {}) {
    super({ ...options, assets: options.assets ?? assetsBase() }, async (...wanted) =>
      (await import('./synthetic/wear-garments.ts')).wearGarments(...wanted),
    );
  }
}

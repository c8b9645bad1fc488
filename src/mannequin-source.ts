import { assetsBase } from './assets-base.ts';
import {
  type MannequinSourceOptions as AllOptions,
  MannequinSource as AnyMannequinSource,
} from './synthetic/mannequin-source.ts';

export type MannequinSourceOptions = Partial<AllOptions>;

/** The mannequin as a frame source, as pages make it: its assets lie beside the script unless told otherwise. */
export class MannequinSource extends AnyMannequinSource {
  constructor(options: MannequinSourceOptions = {}) {
    super({ ...options, assets: options.assets ?? assetsBase() }, async (...wanted) =>
      (await import('./synthetic/wear-garments.ts')).wearGarments(...wanted),
    );
  }
}

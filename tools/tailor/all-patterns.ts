import type { Pattern } from './pattern.ts';
import { longSleeve } from './patterns/long-sleeve.ts';
import { tee } from './patterns/tee.ts';
import { womensTank } from './patterns/womens-tank.ts';
import { womensTee } from './patterns/womens-tee.ts';

/** The garments that this project makes, and their files. The tee is the sample in the package. */
export const allPatterns: readonly { pattern: Pattern; path: string }[] = [
  { pattern: tee, path: 'assets/tee.glb' },
  { pattern: womensTee, path: 'assets/garments/womens-tee.glb' },
  { pattern: womensTank, path: 'assets/garments/womens-tank.glb' },
  { pattern: longSleeve, path: 'assets/garments/long-sleeve.glb' },
];

import type { Pattern } from './pattern.ts';
import { tee } from './patterns/tee.ts';
import { womensTee } from './patterns/womens-tee.ts';

/** The garments that this project makes, and their files. The tee is the sample in the package. */
export const allPatterns: readonly { pattern: Pattern; path: string }[] = [
  { pattern: tee, path: 'assets/tee.glb' },
  { pattern: womensTee, path: 'assets/garments/womens-tee.glb' },
];

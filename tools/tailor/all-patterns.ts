import type { Pattern } from './pattern.ts';
import { tee } from './patterns/tee.ts';

/** The garments that this project makes, by their name, and where their files are. */
export const allPatterns: readonly { pattern: Pattern; path: string }[] = [{ pattern: tee, path: 'assets/tee.glb' }];

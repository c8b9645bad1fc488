import type { ClothFigures } from './cloth-figures.ts';

/** Difference of two sizes' girths at the chest, centimetres. */
export interface SizeSpread {
  hung: number;
  skinned: number;
  /** Of the finished measures in the garment's table. */
  table: number;
}

/** The same frames with cloth that hangs and without. */
export interface ClothPair {
  hung: ClothFigures;
  skinned: ClothFigures;
}

/** The figures that `--json` writes. */
export interface ClothReport {
  machine: string;
  /** The tee alone, and the four garments together: over all bodies, and by body. */
  one: ClothPair;
  four: ClothPair;
  bodies: Record<string, { one: ClothPair; four: ClothPair; sizeSpreadCm: SizeSpread }>;
}

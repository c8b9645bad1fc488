import type { Mannequin } from '../mannequin/mannequin.ts';
import { isBoneIn } from '../mannequin/regions.ts';

/** Number of samples on both thighs, a multiple of four: some 6 cm apart. */
const SAMPLES = 64;
/** Skin belongs to a thigh where its bones have at least this share. */
const THIGH_SHARE = 0.9;

const isThigh = isBoneIn(['thigh']);

/**
 * Finds vertices spread over the skin of both thighs, in the order of their numbers: where to begin looking for the
 * point of a thigh that is nearest to a point.
 */
export function findThighSamples({ skinIndices, skinWeights }: Mannequin): Int32Array {
  const all: number[] = [];
  for (let v = 0; 4 * v < skinWeights.length; v++) {
    let share = 0;
    for (let k = 4 * v; k < 4 * v + 4; k++) if (isThigh[skinIndices[k]]) share += skinWeights[k];
    if (share >= THIGH_SHARE) all.push(v);
  }
  return Int32Array.from({ length: SAMPLES }, (_, i) => all[Math.floor((i * all.length) / SAMPLES)]);
}

import { FOLD_STRIDE } from '../math/fold-axes.ts';
import type { Garment, GarmentFit } from './garment.ts';

/**
 * Creates a target for `fitGarment`, which writes a garment's fitted geometry to it: positions (metres, rest pose) and
 * normals of each part, 3 × vertices each, all 0, and version 0 (not fitted yet).
 */
export function createGarmentFit({ parts, binding }: Garment): GarmentFit {
  return {
    drape: new Float32Array(3 * binding.weld.count),
    positions: parts.map(({ positions }) => new Float32Array(positions.length)),
    normals: parts.map(({ normals }) => new Float32Array(normals.length)),
    folds: parts.map(({ positions }) => new Uint8Array((FOLD_STRIDE * positions.length) / 3)),
    clearances: parts.map(({ positions }) => new Float32Array(positions.length / 3)),
    version: 0,
  };
}

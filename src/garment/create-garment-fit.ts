import type { Garment, GarmentFit } from './garment.ts';

/** Creates an empty target for `fitGarment`. */
export function createGarmentFit({ parts }: Garment): GarmentFit {
  return {
    positions: parts.map(({ positions }) => new Float32Array(positions.length)),
    normals: parts.map(({ normals }) => new Float32Array(normals.length)),
    version: 0,
  };
}

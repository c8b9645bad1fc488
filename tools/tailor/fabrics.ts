import type { Raster } from '../raster/encode-png.ts';
import { jerseyNormals, jerseyTile, ribNormals, ribTile } from './knit-normals.ts';

/** How a fabric looks from near. */
export interface Fabric {
  /** Paints the normal map of its repeating tile. */
  normals(): Raster;
  /** Width and height of the tile, metres of cloth. */
  tileMetres: number;
  normalScale: number;
  /** glTF's roughness, 0 to 1. */
  roughness: number;
}

/** Cotton scatters light from its fuzz and has no visible highlight. */
const COTTON_ROUGHNESS = 0.88;

/** The fabrics that garments are made of. */
export const fabrics = {
  jersey: {
    normals: () => jerseyNormals(),
    tileMetres: jerseyTile.side,
    normalScale: 0.7,
    roughness: COTTON_ROUGHNESS,
  },
  rib: { normals: () => ribNormals(), tileMetres: ribTile.side, normalScale: 1, roughness: COTTON_ROUGHNESS },
} as const satisfies Record<string, Fabric>;
/** A key of `fabrics`. */
export type FabricName = keyof typeof fabrics;

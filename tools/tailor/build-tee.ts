import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import { bakeOcclusion } from './bake-occlusion.ts';
import { bindTee } from './bind-tee.ts';
import { DistanceGrid } from './distance-grid.ts';
import { drapeTee } from './drape-tee.ts';
import { finishTee } from './finish-tee.ts';
import { paintCloth } from './paint-cloth.ts';
import { paintVertexValues } from './paint-vertex-values.ts';
import { settleSheet } from './settle-sheet.ts';
import { sewTee } from './sew-tee.ts';
import { Surface } from './surface.ts';
import { baseTeeSize, type TeeSize, teeSizes } from './tee-measures.ts';
import { writeTee } from './write-tee.ts';

/** Distance between neighbouring vertices of the pattern, metres: gives some 10,000 triangles. */
export const TEE_SPACING_METRES = 0.0145;
/** Box that a T-shirt on the mannequin can reach, metres: minimum x, y, z, then maximum; +x to its left, +y up. */
const TEE_SPACE = [-0.55, 0.55, -0.35, 0.55, 1.6, 0.4] as const;
/** Width and height of the occlusion picture, pixels: few, since shade is soft. */
const OCCLUSION_PIXELS = 512;

/** How much to make, and how carefully. */
export interface BuildOptions {
  /** Factor on the simulation's numbers of steps, above 0: 1 (default) for the shipped file, less for a quick trial. */
  effort?: number;
  /** Sizes to make, the base size among them; all by default. */
  sizes?: readonly TeeSize[];
}

/**
 * Makes the T-shirt for the mannequin (skin and bones of the rest pose, metres) and returns the bytes of a GLB file.
 * The same input gives the same bytes.
 *
 * 1. Cut: pattern pieces as meshes, for every size, and the seams between them.
 * 2. Drape each size on the base body by simulation, and tidy the sheets: the sewn cloth as a single layer of points.
 * 3. Finish: thickness at hems and rib, texture coordinates, normals.
 * 4. Bind to the mannequin's bones.
 * 5. Paint the cloth, bake the shade, and write the file.
 */
export async function buildTee(
  mannequin: Mannequin,
  { effort = 1, sizes = teeSizes }: BuildOptions = {},
): Promise<Uint8Array> {
  const surface = new Surface(mannequin.positions, mannequin.indices);
  const body = new DistanceGrid(surface, TEE_SPACE);
  const tee = sewTee(sizes, TEE_SPACING_METRES);
  const draped = drapeTee(tee, body, mannequin, sizes, { effort });
  const sheets = Object.fromEntries(sizes.map((size) => [size, settleSheet(tee, draped[size], body)])) as Record<
    TeeSize,
    Float64Array
  >;
  const finished = finishTee(tee, sheets);
  const binding = bindTee(tee, sheets[baseTeeSize], surface, mannequin);
  const indices = [...finished.jersey, ...finished.rib];
  const light = bakeOcclusion({
    positions: finished.positions[baseTeeSize],
    normals: finished.normals[baseTeeSize],
    indices,
    body: surface,
    firstInside: tee.pieceOf.length,
  });
  return writeTee({
    finished,
    binding,
    mannequin,
    pictures: {
      light: paintCloth(tee, finished.atlas, { cloth: 255, print: 70, thread: 246 }),
      dark: paintCloth(tee, finished.atlas, { cloth: 62, print: 255, thread: 70 }),
    },
    occlusion: paintVertexValues({ values: light, uvs: finished.uvs, indices }, OCCLUSION_PIXELS),
  });
}

import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import { bindTee } from './bind-tee.ts';
import { DistanceGrid } from './distance-grid.ts';
import { drapeTee } from './drape-tee.ts';
import { finishTee } from './finish-tee.ts';
import { bakeOcclusion, paintVertexValues } from './occlusion.ts';
import { settleSheet } from './settle-sheet.ts';
import { sewTee } from './sew-tee.ts';
import { Surface } from './surface.ts';
import { baseTeeSize, type TeeSize, teeSizes } from './tee-measures.ts';
import { paintCloth } from './tee-pictures.ts';
import { writeTee } from './write-tee.ts';

/** Side of a triangle, metres: gives some 10,000 triangles. */
export const teeSpacing = 0.0145;
/** What a T-shirt on the base body can reach, metres: minimum, maximum. */
const teeSpace = [-0.55, 0.55, -0.35, 0.55, 1.6, 0.4] as const;
/** Side of the occlusion picture, pixels: shade is soft. */
const occlusionSize = 512;

export interface BuildOptions {
  /** Scales the simulation's numbers of steps; 1 is what is shipped. */
  effort?: number;
  /** Sizes to make, the base size among them; all by default. */
  sizes?: readonly TeeSize[];
}

/** Makes the T-shirt from pattern to GLB: cut, sewn, draped, finished, bound, painted. Deterministic. */
export async function buildTee(
  mannequin: Mannequin,
  { effort = 1, sizes = teeSizes }: BuildOptions = {},
): Promise<Uint8Array> {
  const surface = new Surface(mannequin.positions, mannequin.indices);
  const body = new DistanceGrid(surface, teeSpace);
  const tee = sewTee(sizes, teeSpacing);
  const draped = drapeTee(tee, body, mannequin, sizes, { effort });
  const sheets = Object.fromEntries(sizes.map((size) => [size, settleSheet(tee, draped[size], body)])) as Record<
    TeeSize,
    Float64Array
  >;
  const finished = finishTee(tee, sheets);
  const binding = bindTee(tee, sheets[baseTeeSize], surface, mannequin);
  const indices = [...finished.jersey, ...finished.rib];
  const open = bakeOcclusion(
    finished.positions[baseTeeSize],
    finished.normals[baseTeeSize],
    indices,
    surface,
    tee.pieceOf.length,
  );
  return writeTee({
    finished,
    binding,
    mannequin,
    pictures: {
      light: paintCloth(tee, finished.atlas, { cloth: 255, print: 70, thread: 246 }),
      dark: paintCloth(tee, finished.atlas, { cloth: 62, print: 255, thread: 70 }),
    },
    occlusion: paintVertexValues(open, finished.uvs, indices, occlusionSize),
  });
}

import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import { bakeOcclusion } from './bake-occlusion.ts';
import { bindGarment } from './bind-garment.ts';
import { DistanceGrid } from './distance-grid.ts';
import { drapeGarment } from './drape-garment.ts';
import { finishGarment } from './finish-garment.ts';
import { makeWearer } from './make-wearer.ts';
import { paintCloth } from './paint-cloth.ts';
import { paintVertexValues } from './paint-vertex-values.ts';
import type { Pattern } from './pattern.ts';
import { settleSheet } from './settle-sheet.ts';
import { sewPattern } from './sew-pattern.ts';
import { Surface } from './surface.ts';
import { writeGarment } from './write-garment.ts';

/** Box that a top on the mannequin can reach, metres: minimum x, y, z, then maximum; +x to its left, +y up. */
const TOP_SPACE = [-0.55, 0.55, -0.35, 0.55, 1.6, 0.4] as const;
/** The same with sleeves to the wrist. */
const LONG_SLEEVE_SPACE = [-0.75, 0.5, -0.35, 0.75, 1.6, 0.4] as const;
/** Width and height of the occlusion picture, pixels: few, since shade is soft. */
const OCCLUSION_PIXELS = 512;

/** How much to make, and how carefully. */
export interface BuildOptions {
  /** Factor on the simulation's numbers of steps, above 0: 1 (default) for the shipped file, less for a quick trial. */
  effort?: number;
  /** Sizes to make, the base size among them; all by default. */
  sizes?: readonly string[];
}

/**
 * Makes a garment for the mannequin (skin and bones of the rest pose, metres) and returns the bytes of a GLB file. The
 * same input gives the same bytes.
 *
 * 1. Cut: pattern pieces as meshes, for every size, and the seams between them.
 * 2. Drape each size on its wearer by simulation, and tidy the sheets: the sewn cloth as a single layer of points.
 * 3. Finish: thickness at hems and bands, texture coordinates, normals.
 * 4. Bind to the mannequin's bones.
 * 5. Paint the cloth, bake the shade, and write the file.
 */
export async function buildGarment(
  pattern: Pattern,
  mannequin: Mannequin,
  { effort = 1, sizes = Object.keys(pattern.sizes) }: BuildOptions = {},
): Promise<Uint8Array> {
  const { mannequin: wearer, weights: madeOn } = makeWearer(pattern, mannequin, pattern.baseSize);
  const hasLongSleeves = (pattern.sizes[pattern.baseSize].sleeve ?? 0) > 0.3;
  const space = hasLongSleeves ? LONG_SLEEVE_SPACE : TOP_SPACE;
  const surface = new Surface(wearer.positions, wearer.indices);
  const baseBody = new DistanceGrid(surface, space);
  const isGraded = Object.keys(pattern.body.grading).length > 0;
  const bodyOf = (size: string): DistanceGrid => {
    if (size === pattern.baseSize || !isGraded) return baseBody;
    const { positions, indices } = makeWearer(pattern, mannequin, size).mannequin;
    return new DistanceGrid(new Surface(positions, indices), space);
  };
  const bodies = Object.fromEntries([pattern.baseSize, ...sizes].map((size) => [size, bodyOf(size)]));
  const sewn = sewPattern(pattern, sizes);
  const draped = drapeGarment(sewn, bodies, wearer, sizes, { effort });
  const sheets = Object.fromEntries(sizes.map((size) => [size, settleSheet(sewn, draped[size], bodies[size])]));
  const finished = finishGarment(sewn, sheets);
  const binding = bindGarment(sewn, sheets[pattern.baseSize], surface, wearer);
  const indices = [...finished.cloth, ...finished.bands];
  const light = bakeOcclusion({
    positions: finished.positions[pattern.baseSize],
    normals: finished.normals[pattern.baseSize],
    indices,
    body: surface,
    firstInside: sewn.pieceOf.length,
  });
  return writeGarment({
    pattern,
    finished,
    binding,
    mannequin,
    wearerJoints: wearer.joints,
    madeOn,
    pictures: {
      light: paintCloth(sewn, finished.atlas, { cloth: 255, print: 70, thread: 246 }),
      dark: paintCloth(sewn, finished.atlas, { cloth: 62, print: 255, thread: 70 }),
    },
    occlusion: paintVertexValues({ values: light, uvs: finished.uvs, indices }, OCCLUSION_PIXELS),
  });
}

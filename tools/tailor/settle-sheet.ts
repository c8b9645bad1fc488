import type { DistanceGrid } from './distance-grid.ts';
import { evenOut } from './even-out.ts';
import { innerDepth } from './inner-depth.ts';
import { levelHem } from './level-hem.ts';
import type { SewnGarment } from './sew-pattern.ts';
import { sheetMesh } from './sheet-mesh.ts';
import { smoothRipples } from './smooth-ripples.ts';
import { seamLines, straightenSeams } from './straighten-seams.ts';

/** Smallest distance of the finished garment's inside from the body, metres. */
const FINISHED_CLEARANCE_METRES = 0.0042;
/** Margin against rounding: the finished positions are stored as 32-bit numbers. Metres. */
const MARGIN_METRES = 0.0001;
/**
 * Factor on the depth of the garment's inside, so that all of the inside keeps FINISHED_CLEARANCE_METRES. Its vertices
 * need a factor of 1, those round the upper edge of the rib 1.2 (`turnIn` in `finish-sewn.ts`). The rest is a reserve.
 */
const DEPTH_RESERVE = 1.25;
/**
 * Most pushes of one particle. A push follows the direction that the grid interpolates, which is not exactly that of
 * the shortest way out, so one push may not reach far enough.
 */
const MAX_PUSHES = 4;

/**
 * Smooths the cloth of a garment after the simulation has draped it on the body.
 *
 * 1. Remove the finest ripples.
 * 2. Straighten the seams.
 * 3. Slide the particles within the cloth until its grain (its lengthwise direction, +y in the pattern) runs straight;
 *    particles on seams and at the hems stay.
 * 4. Level the hem.
 * 5. Push the cloth out of the body, where steps 1 to 4 have moved it too near.
 *
 * @param sewn The pattern pieces and their seams. A particle is a point of the cloth with all seams closed.
 * @param sheet 3 × particles: positions of the draped cloth, a single layer, metres, in the mannequin's rest pose.
 * Unchanged.
 * @param body Signed distances from the mannequin's skin in the rest pose, metres, positive outside. Its grid must hold
 * every particle.
 * @returns New positions, in the same shape, unit and pose as `sheet`.
 */
export function settleSheet(sewn: SewnGarment, sheet: Float64Array, body: DistanceGrid): Float64Array {
  const mesh = sheetMesh(sewn);
  const lines = seamLines(sewn);
  const seamParticles = new Set(lines.flatMap(({ particles }) => particles));
  const straightened = straightenSeams(smoothRipples(sheet, mesh), lines, mesh);
  return keepClear(sewn, levelHem(sewn, evenOut(sewn, straightened, seamParticles, mesh)), body);
}

/**
 * Step 5. Changes `sheet` and returns it. The finished garment has an inside layer at its hems and at the rib, the
 * knitted band round the neck; there the sheet must stay farther out, by the depth of that layer.
 */
function keepClear(sewn: SewnGarment, sheet: Float64Array, body: DistanceGrid): Float64Array {
  const insideDepths = innerDepth(sewn);
  const outwards = new Float64Array(3);
  for (let i = 0; i < sewn.particleCount; i++) {
    for (let push = 0; push < MAX_PUSHES; push++) {
      const [x, y, z] = sheet.subarray(3 * i, 3 * i + 3);
      const needed = FINISHED_CLEARANCE_METRES + insideDepths[i] * DEPTH_RESERVE + MARGIN_METRES;
      // The exact distance from the skin's triangles. It is null beyond a limit, and there is none here.
      const distance = body.surface.signedDistance(x, y, z);
      if (distance === null || distance >= needed) break;
      // The grid gives the direction out of the body, a unit vector. Its interpolated distance is not used.
      body.sample(x, y, z, outwards);
      // The push aims at one more margin than is needed, so that an inexact push still ends the loop.
      for (let k = 0; k < 3; k++) sheet[3 * i + k] += (needed - distance + MARGIN_METRES) * outwards[k];
    }
  }
  return sheet;
}

import type { DistanceGrid } from './distance-grid.ts';
import { evenOut } from './even-out.ts';
import { innerDepth } from './inner-depth.ts';
import { levelHem } from './level-hem.ts';
import type { SewnTee } from './sew-tee.ts';
import { sheetMesh } from './sheet-mesh.ts';
import { smoothRipples } from './smooth-ripples.ts';
import { seamLines, straightenSeams } from './straighten-seams.ts';

/** Least distance of the finished shirt from the body, metres. */
const FINISHED_CLEARANCE_METRES = 0.0042;
/** Margin of each push, so that rounding to 32 bits does not undo it, metres. */
const MARGIN_METRES = 0.0001;

/**
 * Smooths a draped sheet, as an iron would. `sheet`: 3 × particles, metres, in the mannequin's rest pose; `body`:
 * distances from the mannequin's skin. Returns new positions of the same shape; `sheet` is unchanged.
 *
 * 1. Remove the finest ripples.
 * 2. Straighten the seams.
 * 3. Even out the grain.
 * 4. Level the hem.
 * 5. Move the sheet outside the body again, by exact distances.
 */
export function settleSheet(tee: SewnTee, sheet: Float64Array, body: DistanceGrid): Float64Array {
  const mesh = sheetMesh(tee);
  const lines = seamLines(tee);
  const onSeam = new Set(lines.flatMap(({ particles }) => particles));
  const straightened = straightenSeams(smoothRipples(sheet, mesh), lines, mesh);
  return keepClear(tee, levelHem(tee, evenOut(tee, straightened, onSeam, mesh)), body);
}

/**
 * Step 5. Moves particles outwards until the cloth keeps its distance from the body, hems and rib also on their inside.
 * Changes `sheet` and returns it.
 */
function keepClear(tee: SewnTee, sheet: Float64Array, body: DistanceGrid): Float64Array {
  const depths = innerDepth(tee);
  const gradient = new Float64Array(3);
  for (let i = 0; i < tee.particleCount; i++) {
    for (let pass = 0; pass < 4; pass++) {
      const [x, y, z] = sheet.subarray(3 * i, 3 * i + 3);
      const needed = FINISHED_CLEARANCE_METRES + depths[i] * 1.25 + MARGIN_METRES;
      const distance = body.surface.signedDistance(x, y, z);
      if (distance === null || distance >= needed) break;
      body.sample(x, y, z, gradient);
      for (let k = 0; k < 3; k++) sheet[3 * i + k] += (needed - distance + MARGIN_METRES) * gradient[k];
    }
  }
  return sheet;
}

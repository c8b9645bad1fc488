import { Cloth } from '../../src/cloth/cloth.ts';
import { connectSheet } from '../../src/cloth/connect-sheet.ts';
import type { StepOptions } from '../../src/cloth/hang-options.ts';
import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import { clothSheet } from './cloth-sheet.ts';
import type { DistanceGrid } from './distance-grid.ts';
import { type ContactOptions, GridCollider } from './grid-collider.ts';
import { placePieces } from './place-pieces.ts';
import type { SewnGarment } from './sew-pattern.ts';

/**
 * With 14 mm triangles and one iteration each millisecond, the front of a hanging shirt is 1 % longer than its cut;
 * with one each 2 ms it is 4 % longer, and 8 % wider at the shoulders.
 */
const HANGING: StepOptions & ContactOptions = {
  step: 0.001,
  gravity: 9.81,
  damping: 3,
  friction: 0.1,
  clearance: 0.0052,
  seamCompliance: 0,
  sweep: 'alternate',
};
/** Without friction: the garment slides into place. */
const SLIDING: StepOptions & ContactOptions = { ...HANGING, damping: 6, friction: 0 };
/** With more damping: the cloth comes to rest. */
const CALMING: StepOptions & ContactOptions = { ...HANGING, damping: 12 };
/** Almost without friction: cloth that friction held askew comes loose. */
const LOOSENING: StepOptions & ContactOptions = { ...HANGING, damping: 20, friction: 0.02 };

/** Number of stages in which the rest lengths change from the base size to another. */
const GRADING_STAGES = 10;
/** Depth under the skin of a larger wearer from which the base wearer's grows, for each size, metres. */
const GROWTH_METRES = 0.007;

/** How carefully to drape. */
export interface DrapeOptions {
  /** Factor on all numbers of steps, above 0: 1 for the shipped file, less for a quick trial. */
  effort: number;
}

/**
 * Hangs the garment on the mannequin by simulation. `sewn`: pattern pieces, their seams, and the particles (points of
 * the sewn garment). `bodies`: by size, distances from the skin of its wearer in the rest pose; `mannequin`: the wearer
 * of the base size; `sizes`: those to drape. Returns by size 3 × particles, metres, in the rest pose (+x to the
 * wearer's left, +y up); the base size is always included.
 *
 * 1. Place the pieces of the base size around the body, and pull the seams closed.
 * 2. Let the sewn base size slide into place and hang until it is still.
 * 3. For every other size, start from there, change the lengths of the cloth and let it hang again, on its own wearer.
 */
export function drapeGarment(
  sewn: SewnGarment,
  bodies: Readonly<Record<string, DistanceGrid>>,
  mannequin: Mannequin,
  sizes: readonly string[],
  { effort }: DrapeOptions,
): Record<string, Float64Array> {
  const steps = (count: number): number => Math.max(1, Math.round(count * effort));
  const { baseSize, fabric } = sewn.pattern;
  const names = Object.keys(sewn.pattern.sizes);
  const body = bodies[baseSize];
  const pieces = clothSheet(sewn, baseSize, false);
  const separate = new Cloth(pieces, placePieces(sewn, body, mannequin), fabric.drape, { seams: sewn.seams });
  const around = new GridCollider(body, pieces.twins);
  around.contact = { ...HANGING, friction: 0 };
  const closing = steps(1000);
  for (let i = 0; i < closing; i++) {
    const share = i / closing;
    separate.step(around, { ...HANGING, gravity: 0, damping: 12, seamCompliance: 2 * (1 - share) ** 3 });
  }
  const whole = clothSheet(sewn, baseSize, true);
  const worn = new GridCollider(body, whole.twins);
  const base = new Cloth(whole, mergePositions(sewn, separate.readPositions()), fabric.drape);
  run(base, worn, steps(1000), SLIDING);
  run(base, worn, steps(1400), HANGING);
  run(base, worn, steps(600), CALMING);
  run(base, worn, steps(500), LOOSENING);
  const draped = { [baseSize]: base.readPositions() } as Record<string, Float64Array>;
  for (const size of sizes) {
    if (size === baseSize) continue;
    const cloth = new Cloth(whole, draped[baseSize], fabric.drape);
    const { springs } = connectSheet(clothSheet(sewn, size, true));
    const hung = new GridCollider(bodies[size], whole.twins);
    const larger = bodies[size] === body ? 0 : Math.max(0, names.indexOf(size) - names.indexOf(baseSize));
    const stages = GRADING_STAGES * (1 + larger);
    for (let i = 0; i < stages; i++) {
      cloth.regrade(springs, 1 / (stages - i));
      // A larger wearer grows with the cloth: cloth that is too loose or too tight meanwhile crumples.
      const depth = larger * GROWTH_METRES * (1 - (i + 1) / stages);
      run(cloth, hung, steps(80), { ...HANGING, clearance: HANGING.clearance - depth });
    }
    run(cloth, hung, steps(1000), HANGING);
    run(cloth, hung, steps(600), CALMING);
    run(cloth, hung, steps(400), LOOSENING);
    draped[size] = cloth.readPositions();
  }
  return draped;
}

/** Simulates `count` steps. */
function run(cloth: Cloth, body: GridCollider, count: number, options: StepOptions & ContactOptions): void {
  body.contact = options;
  for (let i = 0; i < count; i++) cloth.step(body, options);
}

/** Returns positions for the particles, 3 each: the mean of the vertices that seams join. `positions`: 3 × vertices. */
function mergePositions(sewn: SewnGarment, positions: Float64Array): Float64Array {
  const sums = new Float64Array(3 * sewn.particleCount);
  const counts = new Float64Array(sewn.particleCount);
  for (let i = 0; i < sewn.pieceOf.length; i++) {
    const p = sewn.particleOf[i];
    counts[p]++;
    for (let k = 0; k < 3; k++) sums[3 * p + k] += positions[3 * i + k];
  }
  return sums.map((value, i) => value / counts[Math.floor(i / 3)]);
}

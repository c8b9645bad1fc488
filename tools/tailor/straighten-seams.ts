/**
 * Straightens the seams of a draped sheet: the garment as a single layer of particles, which are points of the sewn
 * cloth.
 *
 * 1. Smooth the positions along each seam (Taubin's λ|μ smoothing).
 * 2. Move the cloth beside the seams along with them, less with every row of triangles.
 */
import { edgeChain } from './edge-chain.ts';
import type { SewnGarment } from './sew-pattern.ts';
import type { SheetMesh } from './sheet-mesh.ts';
import { taubinFactors } from './taubin-factors.ts';

/** Particles along a seam, in order. The ends of a line that is not closed stay in place. */
export interface SeamLine {
  particles: number[];
  isClosed: boolean;
}

/** Taubin passes. */
const PASSES_ALONG_SEAM = 14;
/** Rows of cloth beside a seam that move along with it. */
const ROWS_BESIDE_SEAM = 5;

/**
 * Returns the lines of a garment (`sewn`: pieces and seams) to straighten: shoulder, side and sleeve seams, which are
 * open, the armholes and the rows of the rib, which are closed.
 */
export function seamLines(sewn: SewnGarment): SeamLine[] {
  const { seams, rings, bands } = sewn.pattern;
  const toParticles = (vertices: readonly number[]): number[] => vertices.map((vertex) => sewn.particleOf[vertex]);
  const inRings = new Set(rings.flat().map((name) => name.replace(/^-/, '')));
  const lines: SeamLine[] = [];
  for (const { edges } of seams)
    if (!edges.some((name) => inRings.has(name.replace(/^-/, ''))))
      lines.push({ particles: toParticles(edgeChain(sewn, [edges[0]])), isClosed: false });
  // The last vertex of a ring is the first particle again.
  for (const ring of rings) lines.push({ particles: toParticles(edgeChain(sewn, ring).slice(0, -1)), isClosed: true });
  for (const { name } of bands) {
    const rows = sewn.edges[`${name}.first`].length;
    const columns = sewn.edges[`${name}.sewn`].length;
    const start = sewn.edges[`${name}.sewn`][0];
    for (let row = 0; row < rows; row++)
      lines.push({
        particles: toParticles(Array.from({ length: columns - 1 }, (_, column) => start + row * columns + column)),
        isClosed: true,
      });
  }
  return lines;
}

/** Returns new positions. `sheet`: 3 × particles, metres; `lines`: the seams; `mesh`: the particles' neighbours. */
export function straightenSeams(sheet: Float64Array, lines: readonly SeamLine[], mesh: SheetMesh): Float64Array {
  const { neighbours } = mesh;
  const straightened = smoothAlong(sheet, lines);
  const onSeam = new Set(lines.flatMap(({ particles }) => particles));
  let shift = straightened.map((value, i) => value - sheet[i]);
  for (let row = 0; row < ROWS_BESIDE_SEAM; row++) {
    const next = shift.slice();
    for (let i = 0; i < neighbours.length; i++) {
      if (onSeam.has(i)) continue;
      for (let k = 0; k < 3; k++)
        next[3 * i + k] = neighbours[i].reduce((sum, j) => sum + shift[3 * j + k], 0) / neighbours[i].length;
    }
    shift = next;
  }
  return sheet.map((value, i) => value + shift[i]);
}

/** Step 1. Returns new positions. */
function smoothAlong(sheet: Float64Array, lines: readonly SeamLine[]): Float64Array {
  const positions = sheet.slice();
  for (const { particles, isClosed } of lines) {
    for (const factor of taubinFactors(PASSES_ALONG_SEAM)) {
      const before = particles.map((p) => [positions[3 * p], positions[3 * p + 1], positions[3 * p + 2]]);
      particles.forEach((p, i) => {
        if (!isClosed && (i === 0 || i === particles.length - 1)) return;
        const a = before[(i + particles.length - 1) % particles.length];
        const b = before[(i + 1) % particles.length];
        for (let k = 0; k < 3; k++) positions[3 * p + k] += factor * ((a[k] + b[k]) / 2 - before[i][k]);
      });
    }
  }
  return positions;
}

/**
 * Straightens the seams of a draped sheet: the shirt as a single layer of particles, which are points of the sewn
 * cloth.
 *
 * 1. Smooth the positions along each seam (Taubin's λ|μ smoothing).
 * 2. Move the cloth beside the seams along with them, less with every row of triangles.
 */
import type { SewnTee } from './sew-tee.ts';
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
 * Returns the lines of a shirt (`tee`: pieces and seams) to straighten: shoulder, side and sleeve seams, which are
 * open, the armholes and the rows of the rib, which are closed.
 */
export function seamLines(tee: SewnTee): SeamLine[] {
  const toParticles = (vertices: readonly number[]): number[] => vertices.map((vertex) => tee.particleOf[vertex]);
  const lines: SeamLine[] = [];
  for (const side of ['Left', 'Right']) {
    for (const name of [`front.shoulder${side}`, `front.side${side}`, `sleeve${side}.underFront`])
      lines.push({ particles: toParticles(tee.edges[name]), isClosed: false });
    lines.push({
      particles: toParticles([
        ...tee.edges[`front.armhole${side}`],
        ...[...tee.edges[`back.armhole${side}`]].reverse().slice(1, -1),
      ]),
      isClosed: true,
    });
  }
  const rows = tee.edges['rib.first'].length;
  const columns = tee.edges['rib.sewn'].length;
  const start = tee.edges['rib.sewn'][0];
  for (let row = 0; row < rows; row++)
    lines.push({
      particles: toParticles(Array.from({ length: columns - 1 }, (_, column) => start + row * columns + column)),
      isClosed: true,
    });
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

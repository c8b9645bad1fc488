import type { SewnGarment } from './sew-pattern.ts';

/** Share of the hem's unevenness that is removed; the rest is how cloth hangs. */
const LEVELLED = 0.9;

/**
 * Levels the hems of a draped sheet that hang level. Over chest, belly and seat the cloth ends higher than at the side
 * seams. Each point of their pieces moves down or up by the difference to the hems' mean height below it: by 90 % of it
 * at the hem, fading to 0 at the height that the pattern tells (`levelHems`). `sewn`: pattern pieces, their seams, and
 * the particles (points of the sewn garment). `sheet`: their draped positions, 3 × particles, metres, +y up; changed
 * and returned.
 */
export function levelHem(sewn: SewnGarment, sheet: Float64Array): Float64Array {
  const flat = sewn.flat[sewn.pattern.baseSize];
  const { levelHems, sizes, baseSize } = sewn.pattern;
  const hems = levelHems.edges.map((name) => sewn.edges[name]);
  const hemHeights = hems.map((hem) => hem.map((i) => sheet[3 * sewn.particleOf[i] + 1]));
  const allHeights = hemHeights.flat();
  const level = allHeights.reduce((sum, y) => sum + y, 0) / allHeights.length;
  const fromY = levelHems.from(sizes[baseSize]);
  const shift = new Float64Array(sewn.particleCount);
  hems.forEach((hem, n) => {
    const piece = sewn.pieceOf[hem[0]];
    const hemY = flat[2 * hem[0] + 1];
    const hemXs = hem.map((i) => flat[2 * i]);
    for (let i = sewn.pieceStarts[piece]; i < sewn.pieceStarts[piece + 1]; i++) {
      const x = flat[2 * i];
      const firstBeyond = hemXs.findIndex((hemX) => hemX >= x);
      const next = firstBeyond < 0 ? hemXs.length - 1 : Math.max(1, firstBeyond);
      const t = Math.min(1, Math.max(0, (x - hemXs[next - 1]) / (hemXs[next] - hemXs[next - 1])));
      const missing = level - (hemHeights[n][next - 1] + t * (hemHeights[n][next] - hemHeights[n][next - 1]));
      const down = Math.min(1, Math.max(0, (fromY - flat[2 * i + 1]) / (fromY - hemY)));
      // Smoothstep written out: another order of the factors changes bytes of the committed tee.
      shift[sewn.particleOf[i]] = LEVELLED * missing * down * down * (3 - 2 * down);
    }
  });
  for (let i = 0; i < sewn.particleCount; i++) sheet[3 * i + 1] += shift[i];
  return sheet;
}

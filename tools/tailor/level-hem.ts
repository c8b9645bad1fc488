import type { SewnTee } from './sew-tee.ts';
import { baseTeeSize, teeMeasures } from './tee-measures.ts';

/** Share of the hem's unevenness that is removed; the rest is how cloth hangs. */
const LEVELLED = 0.9;

/**
 * Levels the hem of a draped sheet. Over chest, belly and seat the cloth ends higher than at the side seams. Each point
 * of front and back moves down or up by the difference to the hem's mean height below it: by 90 % of it at the hem,
 * fading to 0 at the height of the underarm. `tee`: pattern pieces, their seams, and the particles (points of the sewn
 * shirt). `sheet`: their draped positions, 3 × particles, metres, +y up; changed and returned.
 */
export function levelHem(tee: SewnTee, sheet: Float64Array): Float64Array {
  const pattern = tee.pattern[baseTeeSize];
  const hems = [tee.edges['front.hem'], tee.edges['back.hem']];
  const hemHeights = hems.map((hem) => hem.map((i) => sheet[3 * tee.particleOf[i] + 1]));
  const allHeights = hemHeights.flat();
  const level = allHeights.reduce((sum, y) => sum + y, 0) / allHeights.length;
  const armholeY = -teeMeasures(baseTeeSize).armholeDepth;
  const shift = new Float64Array(tee.particleCount);
  hems.forEach((hem, n) => {
    const piece = tee.pieceOf[hem[0]];
    const hemY = pattern[2 * hem[0] + 1];
    const hemXs = hem.map((i) => pattern[2 * i]);
    for (let i = tee.pieceStarts[piece]; i < tee.pieceStarts[piece + 1]; i++) {
      const x = pattern[2 * i];
      const firstBeyond = hemXs.findIndex((hemX) => hemX >= x);
      const next = firstBeyond < 0 ? hemXs.length - 1 : Math.max(1, firstBeyond);
      const t = Math.min(1, Math.max(0, (x - hemXs[next - 1]) / (hemXs[next] - hemXs[next - 1])));
      const missing = level - (hemHeights[n][next - 1] + t * (hemHeights[n][next] - hemHeights[n][next - 1]));
      const down = Math.min(1, Math.max(0, (armholeY - pattern[2 * i + 1]) / (armholeY - hemY)));
      // Smoothstep written out: another order of the factors changes bytes of the committed tee.
      shift[tee.particleOf[i]] = LEVELLED * missing * down * down * (3 - 2 * down);
    }
  });
  for (let i = 0; i < tee.particleCount; i++) sheet[3 * i + 1] += shift[i];
  return sheet;
}

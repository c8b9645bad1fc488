import type { SewnTee } from './sew-tee.ts';
import { baseTeeSize, teeMeasures } from './tee-measures.ts';

/** How much of its unevenness the hem loses; what is left is the hang of cloth. */
const levelled = 0.9;

/**
 * Levels the hem as a tailor does, on the body: cloth that goes over chest and belly or seat ends higher than at the
 * sides, and is given the length it lacks, all of it at the hem and ever less up to the armholes. Changes `sheet`.
 */
export function levelHem(tee: SewnTee, sheet: Float64Array): Float64Array {
  const flat = tee.pattern[baseTeeSize],
    hems = [tee.edges['front.hem'], tee.edges['back.hem']];
  const heights = hems.map((list) => list.map((i) => sheet[3 * tee.particleOf[i] + 1]));
  const all = heights.flat(),
    level = all.reduce((sum, y) => sum + y, 0) / all.length;
  const top = -teeMeasures(baseTeeSize).armholeDepth;
  const shift = new Float64Array(tee.particleCount);
  hems.forEach((list, n) => {
    const p = tee.pieceOf[list[0]];
    const bottom = flat[2 * list[0] + 1],
      places = list.map((i) => flat[2 * i]);
    for (let i = tee.pieceStarts[p]; i < tee.pieceStarts[p + 1]; i++) {
      const x = flat[2 * i],
        beyond = places.findIndex((place) => place >= x),
        next = beyond < 0 ? places.length - 1 : Math.max(1, beyond);
      const t = Math.min(1, Math.max(0, (x - places[next - 1]) / (places[next] - places[next - 1])));
      const missing = level - (heights[n][next - 1] + t * (heights[n][next] - heights[n][next - 1]));
      const down = Math.min(1, Math.max(0, (top - flat[2 * i + 1]) / (top - bottom)));
      // Smoothstep written out: another order of the factors changes bytes of the committed tee.
      shift[tee.particleOf[i]] = levelled * missing * down * down * (3 - 2 * down);
    }
  });
  for (let i = 0; i < tee.particleCount; i++) sheet[3 * i + 1] += shift[i];
  return sheet;
}

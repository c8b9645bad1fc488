/**
 * Rank of a letter size (XXS, XS, S, M, L, XL, XXL, 3XL …), which grows with the size and is 0 for M; null for others.
 */
function letterRank(size: string): number | null {
  const match = /^(?:(\d+)X|(X*))(S|M|L)$/.exec(size.trim().toUpperCase());
  if (!match) return null;
  const extra = match[1] ? Number(match[1]) : match[2].length;
  if (match[3] === 'M') return extra === 0 ? 0 : null;
  return match[3] === 'S' ? -1 - extra : 1 + extra;
}

/** Rank of a size by number (38, 42.5); null for others. */
function numberRank(size: string): number | null {
  const value = Number.parseFloat(size);
  return Number.isFinite(value) ? value : null;
}

/**
 * Chooses the size to wear. `sizes`: names of all sizes of a garment (`M`, `38`); `wanted`: the size that the page or
 * the shopper asks for, null or empty for none; `base`: the garment's base size, one of `sizes`. Returns
 *
 * 1. `base` when nothing is asked for;
 * 2. the size of the same name, in upper or lower case;
 * 3. the nearest size of the same system (letters or numbers). Of two equally near sizes the larger, since too tight is
 *    worse;
 * 4. `base` when no size is of that system.
 */
export function chooseSize(sizes: readonly string[], wanted: string | null, base: string): string {
  if (wanted === null || wanted === '') return base;
  const same = sizes.find((size) => size.toLowerCase() === wanted.trim().toLowerCase());
  if (same !== undefined) return same;
  for (const rank of [letterRank, numberRank]) {
    const wantedRank = rank(wanted);
    if (wantedRank === null) continue;
    let best: string | null = null;
    let bestDistance = Infinity;
    let bestRank = 0;
    for (const size of sizes) {
      const sizeRank = rank(size);
      if (sizeRank === null) continue;
      const distance = Math.abs(sizeRank - wantedRank);
      if (distance < bestDistance || (distance === bestDistance && sizeRank > bestRank)) {
        best = size;
        bestDistance = distance;
        bestRank = sizeRank;
      }
    }
    if (best !== null) return best;
  }
  return base;
}

/** XXS, XS, S, M, L, XL, XXL, 3XL … → a rank that grows with size; null for another system. */
function letterRank(size: string): number | null {
  const match = /^(?:(\d+)X|(X*))(S|M|L)$/.exec(size.trim().toUpperCase());
  if (!match) return null;
  const extra = match[1] ? Number(match[1]) : match[2].length;
  if (match[3] === 'M') return extra === 0 ? 0 : null;
  return match[3] === 'S' ? -1 - extra : 1 + extra;
}

function numberRank(size: string): number | null {
  const value = Number.parseFloat(size);
  return Number.isFinite(value) ? value : null;
}

/**
 * The size of `sizes` to wear when `wanted` is asked for: itself (in any case), else the nearest of the same system
 * (letters or numbers; the larger of two equally near, since too tight is worse), else `base`.
 */
export function chooseSize(sizes: readonly string[], wanted: string | null, base: string): string {
  if (wanted === null || wanted === '') return base;
  const same = sizes.find((size) => size.toLowerCase() === wanted.trim().toLowerCase());
  if (same !== undefined) return same;
  for (const rank of [letterRank, numberRank]) {
    const goal = rank(wanted);
    if (goal === null) continue;
    let best: string | null = null;
    let bestDistance = Infinity;
    let bestRank = 0;
    for (const size of sizes) {
      const at = rank(size);
      if (at === null) continue;
      const distance = Math.abs(at - goal);
      if (distance < bestDistance || (distance === bestDistance && at > bestRank)) {
        best = size;
        bestDistance = distance;
        bestRank = at;
      }
    }
    if (best !== null) return best;
  }
  return base;
}

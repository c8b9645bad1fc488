/** Weight of lightness against a and b of CIELAB: light and shade change it on one and the same surface. */
const LIGHTNESS_WEIGHT = 0.5;
/** Share of the pixels, from the top and from the bottom, whose mean colours are the first middles of the clusters. */
const FIRST_SHARE = 0.25;
/** Rounds of k-means: two clusters hardly move after a few. */
const ROUNDS = 12;

/**
 * Splits pixels of a picture into two parts by colour (k-means with two clusters, which starts with the colours of the
 * topmost and of the lowest quarter). It finds two clusters in any colours, so it belongs where there are two things.
 *
 * @param lab L, a and b of each pixel (CIELAB), rows from the top.
 * @param pixels Indices of the pixels to split, rising, so that rows go from the top.
 * @returns For each of `pixels` whether it belongs to the part that lies lower in the picture on average.
 */
export function splitByColour(lab: ArrayLike<number>, pixels: readonly number[]): boolean[] {
  const meanOf = (chosen: readonly number[]): number[] =>
    [0, 1, 2].map((k) => chosen.reduce((sum, i) => sum + lab[3 * i + k], 0) / chosen.length);
  const distance = (i: number, middle: readonly number[]): number =>
    (LIGHTNESS_WEIGHT * (lab[3 * i] - middle[0])) ** 2 +
    (lab[3 * i + 1] - middle[1]) ** 2 +
    (lab[3 * i + 2] - middle[2]) ** 2;
  const few = Math.ceil(FIRST_SHARE * pixels.length);
  let middles = [meanOf(pixels.slice(0, few)), meanOf(pixels.slice(-few))];
  let isSecond: boolean[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    isSecond = pixels.map((i) => distance(i, middles[1]) < distance(i, middles[0]));
    const parts = [false, true].map((second) => pixels.filter((_, n) => isSecond[n] === second));
    // One cluster took all: the pixels have one colour.
    if (parts.some(({ length }) => length === 0)) return isSecond;
    middles = parts.map(meanOf);
  }
  // Indices rise with rows, so their means compare heights.
  const heights = [false, true].map((second) => {
    const part = pixels.filter((_, n) => isSecond[n] === second);
    return part.reduce((sum, i) => sum + i, 0) / part.length;
  });
  return heights[1] >= heights[0] ? isSecond : isSecond.map((second) => !second);
}

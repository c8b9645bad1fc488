import type { ArmpitExcess } from './measure-armpit-excess.ts';
import { FIRST_MORPH_UNKNOWN, FIRST_SHARED_UNKNOWN, SHAPE_UNKNOWNS } from './shape-equations.ts';

/**
 * Makes cloth hang straight down from the armpits, in what is expected before anything is seen: to the thickness of the
 * cloth over chest, waist and seat comes what the body is narrower there. So a body that is slim under a straight outline
 * is as probable as it is without clothes. Changes both arguments, of SHAPE_UNKNOWNS unknowns, in place.
 *
 * @param excesses by how much the body is broader at the armpits.
 * @param mean of the unknowns.
 * @param covariance of the unknowns, row after row.
 */
export function straightenCloth(excesses: readonly ArmpitExcess[], mean: Float64Array, covariance: Float64Array): void {
  const size = SHAPE_UNKNOWNS;
  const first = FIRST_MORPH_UNKNOWN;
  // x becomes T x + offsets, and the covariance T C Tᵀ: first all rows, then all columns.
  for (const { cloth, offset, row } of excesses) {
    const to = FIRST_SHARED_UNKNOWN + cloth;
    mean[to] += offset + row.reduce((sum, slope, m) => sum + slope * mean[first + m], 0);
    for (let j = 0; j < size; j++)
      covariance[to * size + j] += row.reduce((sum, slope, m) => sum + slope * covariance[(first + m) * size + j], 0);
  }
  for (const { cloth, row } of excesses) {
    const to = FIRST_SHARED_UNKNOWN + cloth;
    for (let i = 0; i < size; i++)
      covariance[i * size + to] += row.reduce((sum, slope, m) => sum + slope * covariance[i * size + first + m], 0);
  }
}

/** Bits of a number that are reversed. */
const BITS = 16;
/** The keys are below this. */
export const SCATTERED = 2 ** BITS;

/**
 * Returns a key by which numbers are sorted so that neighbours end up far apart: the number with its bits in reverse.
 * Springs and hinges that follow on each other in a sheet share particles; a processor that calculates one after the
 * other waits for each result before the next. Numbers from 2^16 on are scattered by their last 16 bits alone.
 */
export function scatter(number: number): number {
  let reversed = 0;
  for (let bit = 0; bit < BITS; bit++) reversed = 2 * reversed + ((number >> bit) & 1);
  return reversed;
}

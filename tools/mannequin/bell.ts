/**
 * Returns a smooth bump at `place` (metres along an axis): 1 at `middle`, falling to 0 at `below` metres before it and
 * `above` metres after it.
 */
export function bell(place: number, middle: number, below: number, above: number): number {
  const x = (place - middle) / (place < middle ? below : above);
  return Math.abs(x) >= 1 ? 0 : (1 - x * x) ** 2;
}

/**
 * Creates a generator of uniform random numbers in [0, 1). Equal seeds give equal numbers on every machine, so that
 * noise and random tests are reproducible. The algorithm is mulberry32 (T. Ettinger, public domain).
 *
 * @param seed an integer; its lowest 32 bits count.
 */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

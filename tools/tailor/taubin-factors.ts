/**
 * Returns the factors of Taubin's λ|μ smoothing (1995), two for each pass: the share of the way that each point moves
 * towards the mean of its neighbours, first 0.5, then −0.52 (back). This removes fine detail without shrinking the
 * whole.
 */
export function taubinFactors(passes: number): number[] {
  return Array.from({ length: passes }, () => [0.5, -0.52]).flat();
}

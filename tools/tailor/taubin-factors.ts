/**
 * Factors of Taubin's λ|μ smoothing (1995), two a pass: move points to the mean of their neighbours, then a little
 * farther back. This removes fine detail without shrinking the whole.
 */
export function taubinFactors(passes: number): number[] {
  return Array.from({ length: passes }, () => [0.5, -0.52]).flat();
}

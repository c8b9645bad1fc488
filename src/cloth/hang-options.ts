/** How to simulate a step. */
export interface StepOptions {
  /** Time that a step simulates, seconds. */
  step: number;
  /** Downwards acceleration, m/s². */
  gravity: number;
  /** Decay rate of the velocities, 1/s. */
  damping: number;
  /** Compliance of the seams, m/N; 0 once sewn. */
  seamCompliance: number;
  /**
   * How a step goes through the springs. `alternate`: once, in turns forwards and backwards. `symmetric`: forwards and
   * then backwards. One pass is not self-adjoint: its eigenvalues may be complex, and then an irregular mesh gains
   * energy at rest. The symmetric sweep has real ones (measured on a thinned-out shirt at rest, 300 steps of 4 ms:
   * 1.7 m/s with the one, 0.001 m/s with the other).
   */
  sweep: 'alternate' | 'symmetric';
}

/** How to simulate steps of cloth that hangs on a body. */
export interface HangOptions extends StepOptions {
  /** Acceleration towards a particle's place for each metre of distance, 1/s². */
  cling: number;
  /** A particle farther from its place is pulled no harder, metres. */
  slipMetres: number;
  /** Acceleration in the direction that is up in the rest pose, m/s². */
  lift: number;
  /** Coulomb coefficient between cloth and body. */
  friction: number;
  /** Largest push out of the body in one step, metres: cloth that starts deep inside comes out without a jolt. */
  maxPushMetres: number;
  /**
   * Deceleration by friction between the cloth's own threads, m/s²; 0 if absent. Forces below it do not move cloth that
   * rests on its body, and what moves comes to rest in a finite time.
   */
  innerFriction?: number;
}

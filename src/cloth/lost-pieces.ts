import type { Cloth } from './cloth.ts';

/** A particle farther from its place starts there anew, metres: in a squat a loose hem is far from its place. */
const LOST_METRES = 1;
/**
 * A piece whose particles are farther from their places than this, as their root mean square, has left the body, metres:
 * it starts anew. (A flared skirt to the floor reaches 0.36 m in a deep squat.)
 */
const FALLEN_METRES = 0.7;
/**
 * A piece is given up at so many strikes. A frame in which it begins to lose particles is five strikes, each further
 * frame one: a piece that has nothing to hold on to falls, and begins again at its place, four times, within 1.5 s.
 */
const MOST_STRIKES = 15;
const FIRST_STRIKES = 5;
/** Strikes that a frame takes back in which the piece loses no particle: those of one loss are forgotten in 3 s. */
const FORGOTTEN = 0.05;

/**
 * Brings back the particles that are far from their places, and gives up the pieces of cloth that lose particles again
 * and again: material, lengths or form of a piece may be impossible to simulate. A piece is what triangles connect.
 */
export class LostPieces {
  /** By particle: number of its piece, which is below the number of particles. */
  readonly #pieces: Uint32Array;
  /** By piece: strikes, Infinity once it is given up; whether it has lost a particle in this frame, and in the last. */
  readonly #strikes: Float64Array;
  readonly #isLosing: Uint8Array;
  readonly #wasLosing: Uint8Array;
  /** By piece: number of its particles, and in this frame the sum of the squares of their distances, m². */
  readonly #counts: Uint32Array;
  readonly #squares: Float64Array;
  /** By particle: 1 where it is lost in this frame. */
  readonly #isLost: Uint8Array;

  /** @param pieces by particle: number of its piece. */
  constructor(pieces: ArrayLike<number>) {
    this.#pieces = Uint32Array.from(pieces);
    this.#strikes = new Float64Array(pieces.length);
    this.#isLosing = new Uint8Array(pieces.length);
    this.#wasLosing = new Uint8Array(pieces.length);
    this.#counts = new Uint32Array(pieces.length);
    for (let i = 0; i < pieces.length; i++) this.#counts[pieces[i]]++;
    this.#squares = new Float64Array(pieces.length);
    this.#isLost = new Uint8Array(pieces.length);
  }

  isGivenUp(particle: number): boolean {
    return this.#strikes[this.#pieces[particle]] === Infinity;
  }

  /**
   * Brings back lost particles, and those of fallen and of given-up pieces, to their places, at rest.
   *
   * @returns whether another piece was given up.
   */
  bringBack({ positions, velocities, places }: Pick<Cloth, 'positions' | 'velocities' | 'places'>): boolean {
    const pieces = this.#pieces;
    const isLost = this.#isLost;
    const squares = this.#squares.fill(0);
    for (let i = 0, k = 0; i < pieces.length; i++, k += 4) {
      const x = positions[k] - places[k];
      const y = positions[k + 1] - places[k + 1];
      const z = positions[k + 2] - places[k + 2];
      const square = x * x + y * y + z * z;
      // NaN counts as lost too.
      const isNear = square < LOST_METRES * LOST_METRES;
      isLost[i] = isNear ? 0 : 1;
      if (isNear) squares[pieces[i]] += square;
    }
    this.#wasLosing.set(this.#isLosing);
    this.#isLosing.fill(0);
    for (let i = 0, k = 0; i < pieces.length; i++, k += 4) {
      const piece = pieces[i];
      const hasFallen = squares[piece] > FALLEN_METRES * FALLEN_METRES * this.#counts[piece];
      if (this.#isLost[i] === 0 && !hasFallen && this.#strikes[piece] < Infinity) continue;
      this.#isLosing[piece] = 1;
      for (let axis = k; axis < k + 4; axis++) {
        positions[axis] = places[axis];
        velocities[axis] = 0;
      }
    }
    return this.#count();
  }

  /** Counts the strikes of this frame. Returns whether another piece was given up. */
  #count(): boolean {
    const strikes = this.#strikes;
    let isAnyGivenUp = false;
    for (let piece = 0; piece < strikes.length; piece++) {
      if (this.#isLosing[piece] === 0) strikes[piece] = Math.max(0, strikes[piece] - FORGOTTEN);
      else if (strikes[piece] < Infinity) {
        strikes[piece] += this.#wasLosing[piece] === 1 ? 1 : FIRST_STRIKES;
        if (strikes[piece] < MOST_STRIKES) continue;
        strikes[piece] = Infinity;
        isAnyGivenUp = true;
      }
    }
    return isAnyGivenUp;
  }
}

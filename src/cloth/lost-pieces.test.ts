import { describe, expect, it } from 'vitest';
import { LostPieces } from './lost-pieces.ts';

/** Two pieces of two particles each, which move by `moves` (metres along x, by particle) from their places in a frame. */
function makePieces() {
  const lost = new LostPieces([1, 1, 2, 2]);
  const places = Float32Array.from({ length: 16 }, (_, k) => (k % 4 === 3 ? 1 : k));
  const positions = places.slice();
  const velocities = new Float32Array(16);
  /** By particle: how far it is from its place along x, metres. */
  const offsets = (): number[] => [0, 4, 8, 12].map((k) => positions[k] - places[k]);
  const move = (...moves: number[]): boolean => {
    moves.forEach((metres, i) => {
      positions[4 * i] += metres;
      velocities[4 * i] = 30 * metres;
    });
    return lost.bringBack({ positions, velocities, places });
  };
  return { lost, velocities, offsets, move };
}

describe('LostPieces', () => {
  it('brings back a particle that is far from its place, and one that is no number, and leaves the others', () => {
    const { velocities, offsets, move } = makePieces();
    expect(move(0.5, 1.5, NaN, -0.25)).toBe(false);
    expect(offsets()).toEqual([0.5, 0, 0, -0.25]);
    expect([0, 4, 8, 12].map((k) => velocities[k])).toEqual([15, 0, 0, -7.5]);
  });

  it('brings back a piece once it is 0.7 m from its place on average, within half a second of a fall', () => {
    const { offsets, move } = makePieces();
    let frame = 0;
    do {
      frame++;
      move(0.0109 * (frame - 0.5), 0.0109 * (frame - 0.5), 0, 0.01);
    } while (offsets()[0] !== 0);
    expect(frame).toBeGreaterThan(5);
    expect(frame).toBeLessThan(15);
    expect(offsets()).toEqual([0, 0, 0, expect.closeTo(0.01 * frame)]);
  });

  it('gives up the piece that falls off again and again, not the other one; it stays at its place from then on', () => {
    const { lost, offsets, move } = makePieces();
    const givenUp: number[] = [];
    // Both particles fall 0.7 m in 11 frames.
    for (let frame = 1; frame <= 60; frame++) if (move(0.71 / 11, 0.71 / 11, 0, 0)) givenUp.push(frame);
    expect(givenUp).toHaveLength(1);
    expect(givenUp[0]).toBeGreaterThan(32);
    expect(givenUp[0]).toBeLessThan(50);
    expect([0, 1, 2, 3].map((i) => lost.isGivenUp(i))).toEqual([true, true, false, false]);
    move(0.1, 0.1, 0.1, 0.1);
    expect(offsets()).toEqual([0, 0, expect.closeTo(0.1), expect.closeTo(0.1)]);
  });

  it('gives up a piece that is no number in each frame within half a second', () => {
    const { lost, move } = makePieces();
    for (let frame = 0; frame < 15; frame++) move(NaN, 0, 0, 0);
    expect([lost.isGivenUp(1), lost.isGivenUp(2)]).toEqual([true, false]);
  });

  it('forgives a loss of five frames each 10 s', () => {
    const { lost, move } = makePieces();
    for (let frame = 0; frame < 3000; frame++) move(frame % 300 < 5 ? 2 : 0, 0, 0, 0);
    expect(lost.isGivenUp(0)).toBe(false);
  });
});

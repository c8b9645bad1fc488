import { expect, it } from 'vitest';
import { jointNames } from './judge-fit.ts';
import { type PairFilm, trunkOf } from './pair-film.ts';

it('trunkOf finds the middles of shoulders and hips and the arms of one frame', () => {
  // Two frames; the joint number j of frame f is at (100 f + j, 10 j).
  const jointsPx = Float32Array.from([0, 1].flatMap((f) => jointNames.flatMap((_, j) => [100 * f + j, 10 * j])));
  const film = { value: {}, arrays: { jointsPx, pxPerMetre: Float32Array.of(300, 400) } } as unknown as PairFilm;
  const { shoulders, hips, arms, pxPerMetre } = trunkOf(film, 1);
  // In the order of `jointNames`: shoulders 0 and 1, elbows 2 and 3, wrists 4 and 5, hips 6 and 7.
  expect(shoulders).toEqual([100.5, 5]);
  expect(hips).toEqual([106.5, 65]);
  expect(arms).toEqual([
    [
      [100, 0],
      [102, 20],
      [104, 40],
    ],
    [
      [101, 10],
      [103, 30],
      [105, 50],
    ],
  ]);
  expect(pxPerMetre).toBe(400);
});

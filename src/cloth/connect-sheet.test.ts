import { expect, it } from 'vitest';
import { connectSheet } from './connect-sheet.ts';
import { makeGrid, makeGridSheet } from './make-grid.test-helper.ts';

it('makes a spring of each side, a hinge of each side that two triangles share, and shares out the area', () => {
  const sheet = makeGridSheet(makeGrid(4, 3, 0.1));
  const { springs, hinges, areas } = connectSheet(sheet);
  // 4 × 4 along x, 5 × 3 along y and 12 diagonals; 14 of them are on the border.
  expect([springs.length, hinges.length]).toEqual([43, 29]);
  expect(areas.reduce((sum, area) => sum + area)).toBeCloseTo(0.12, 12);
  for (const { a, b, length } of springs) expect(length).toBeCloseTo(Math.abs(a - b) === 4 ? Math.SQRT2 / 10 : 0.1, 12);
});

it('gives hinges no energy while the sheet is flat, wherever it lies, and some when it is bent', () => {
  const { positions, triangles } = makeGrid(2, 2, 0.1);
  const { hinges } = connectSheet(makeGridSheet({ positions, triangles }));
  const curl = (place: (k: number) => number): number =>
    Math.max(
      ...hinges.map(({ particles, coefficients }) =>
        Math.abs(particles.reduce((sum, i, k) => sum + coefficients[k] * place(i), 0)),
      ),
    );
  expect(curl((i) => 3 * positions[3 * i] - 2 * positions[3 * i + 1] + 7)).toBeLessThan(1e-12);
  expect(curl((i) => positions[3 * i] ** 2)).toBeGreaterThan(1e-3);
});

it('takes the mean of two lengths of one side, and the larger stiffness of two triangles', () => {
  const { springs, hinges } = connectSheet({
    particleCount: 4,
    triangles: [0, 1, 2, 2, 1, 3],
    restLengths: [1, 1, 1, 1.2, 1, 1],
    stiffness: [1, 5],
  });
  expect(springs.find(({ a, b }) => a + b === 3 && a * b === 2)?.length).toBeCloseTo(1.1, 12);
  expect(hinges.map(({ stiffness }) => stiffness)).toEqual([5]);
});

it('stays finite where lengths are zero, and has no hinge there', () => {
  const { triangles } = makeGrid(2, 1, 0.1);
  const { hinges, areas } = connectSheet({ ...makeGridSheet(makeGrid(2, 1, 0)), triangles });
  expect(hinges).toEqual([]);
  expect(areas.every((area) => area > 0 && area < 1e-5)).toBe(true);
});

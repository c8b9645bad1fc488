import { expect, it } from 'vitest';
import { deltaE, toLab } from './to-lab.ts';

it('toLab gives the published coordinates of sRGB colours (Lindbloom, D65)', () => {
  const colors: [rgba: number[], lab: number[]][] = [
    [
      [255, 255, 255, 255],
      [100, 0, 0],
    ],
    [
      [0, 0, 0, 255],
      [0, 0, 0],
    ],
    [
      [255, 0, 0, 255],
      [53.24, 80.09, 67.2],
    ],
    [
      [0, 255, 0, 255],
      [87.73, -86.18, 83.18],
    ],
    [
      [0, 0, 255, 255],
      [32.3, 79.19, -107.86],
    ],
  ];
  const lab = toLab(colors.flatMap(([rgba]) => rgba));
  colors.forEach(([, expected], i) => {
    expected.forEach((value, k) => expect(lab[3 * i + k]).toBeCloseTo(value, 1));
  });
});

it('deltaE is the distance of the coordinates of one pixel', () => {
  const a = Float32Array.of(50, 0, 0, 50, 10, -20);
  const b = Float32Array.of(50, 0, 0, 52, 7, -14);
  expect(deltaE(a, b, 0)).toBe(0);
  expect(deltaE(a, b, 1)).toBe(7);
});

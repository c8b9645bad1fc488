import { expect, it } from 'vitest';
import { type CameraGains, meterExposure } from './meter-exposure.ts';

type Rgb = [number, number, number];
const SIDE = 12;
const srgb = (v: number): number => 255 * (v < 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);

/** The picture of a room by a camera with these gains. `colourAt`: linear light at a place, shares of the sides. */
function film(colourAt: (x: number, y: number) => Rgb, gains: CameraGains) {
  const data = new Uint8ClampedArray(4 * SIDE * SIDE);
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++) {
      const colour = colourAt((x + 0.5) / SIDE, (y + 0.5) / SIDE);
      data.set([...colour.map((v, k) => srgb(Math.min(1, v * gains[k]))), 255], 4 * (y * SIDE + x));
    }
  return { data, width: SIDE, height: SIDE };
}

/** Gains after some pictures of a room. */
function settle(colourAt: (x: number, y: number) => Rgb, pictures = 8): CameraGains {
  const gains: CameraGains = [1, 1, 1];
  for (let i = 0; i < pictures; i++) meterExposure(film(colourAt, gains), gains, gains);
  return gains;
}
const grey = (v: number) => (): Rgb => [v, v, v];

it('shows dark rooms brighter and bright rooms darker than they are, and keeps their order', () => {
  const [dark, pale] = [settle(grey(0.05))[1], settle(grey(0.7))[1]];
  expect(dark).toBeGreaterThan(1.4);
  expect(pale).toBeLessThan(0.8);
  expect(0.05 * dark).toBeLessThan(0.7 * pale);
});

it('settles within three pictures where nothing is clipped', () => {
  expect(settle(grey(0.1), 3)[1] / settle(grey(0.1), 20)[1]).toBeCloseTo(1, 1);
});

it('counts the middle of the picture more than its rim', () => {
  const inTheMiddle = (x: number, y: number): boolean => Math.abs(x - 0.5) < 0.25 && Math.abs(y - 0.5) < 0.25;
  const middle = settle((x, y) => grey(inTheMiddle(x, y) ? 0.6 : 0.1)())[1];
  const mean = settle(grey(0.25 * 0.6 + 0.75 * 0.1))[1];
  expect(middle).toBeLessThan(0.9 * mean);
});

it('takes out a part of the cast', () => {
  const [red, green, blue] = settle(() => [0.3, 0.2, 0.1]);
  expect(red).toBeLessThan(green);
  expect(blue).toBeGreaterThan(green);
  expect(0.3 * red).toBeGreaterThan(0.2 * green);
  expect(0.1 * blue).toBeLessThan(0.2 * green);
});

it('is at its limit in a black room', () => {
  const gains = settle(grey(0));
  for (const gain of gains) expect(gain).toBe(4);
});

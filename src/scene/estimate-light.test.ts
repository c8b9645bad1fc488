import { expect, it } from 'vitest';
import { createLightEstimate, estimateLight, type LightEstimate } from './estimate-light.ts';

const SIZE = 32;

/**
 * Estimates the light of a picture of 32 × 32 px.
 *
 * @param colour the picture's colour, 8 bits per channel, at x and y, 0..1 from the top left.
 * @param isPerson whether the pixel at x and y shows the person; omit it for an unknown person.
 */
function estimate(
  colour: (x: number, y: number) => [number, number, number],
  isPerson?: (x: number, y: number) => boolean,
): LightEstimate {
  const data = new Uint8ClampedArray(4 * SIZE * SIZE);
  for (let i = 0; i < SIZE * SIZE; i++)
    data.set([...colour((i % SIZE) / SIZE, Math.floor(i / SIZE) / SIZE), 255], 4 * i);
  const person = isPerson
    ? Uint8Array.from({ length: SIZE * SIZE }, (_, i) =>
        isPerson((i % SIZE) / SIZE, Math.floor(i / SIZE) / SIZE) ? 255 : 0,
      )
    : null;
  return estimateLight({ data, width: SIZE, height: SIZE }, person, createLightEstimate());
}

it('is (1, 1, 1), from no side, in a well-lit grey room', () => {
  const { red, green, blue, fromRight, fromTop } = estimate(() => [130, 130, 130]);
  expect([red, green, blue]).toEqual([1, 1, 1]);
  expect(fromRight).toBeCloseTo(0, 6);
  expect(fromTop).toBeCloseTo(0, 6);
});

it('is dark in a dark room, and keeps a lowest level in a black room', () => {
  const dim = estimate(() => [50, 50, 50]);
  expect(dim.green).toBeGreaterThan(0.12);
  expect(dim.green).toBeLessThan(0.25);
  expect(estimate(() => [0, 0, 0])).toMatchObject({ red: 0.12, green: 0.12, blue: 0.12 });
});

it('is bright for a well-lit person in front of a dark backdrop', () => {
  expect(estimate((x) => (Math.abs(x - 0.5) < 0.15 ? [215, 195, 185] : [12, 12, 12])).green).toBeGreaterThan(0.9);
});

it('is warm in warm light and cool in cool light, with less cast than the picture', () => {
  const warm = estimate(() => [160, 130, 100]);
  const cool = estimate(() => [110, 125, 150]);
  expect(warm.red / warm.blue).toBeGreaterThan(1.15);
  // sRGB 160 and 100 have a ratio of 2.8 in linear light.
  expect(warm.red / warm.blue).toBeLessThanOrEqual(1.81);
  expect(cool.red / cool.blue).toBeLessThan(0.9);
});

it('stays white next to a red wall', () => {
  const { red, blue } = estimate((x) => (x < 0.5 ? [170, 20, 20] : [150, 150, 150]));
  expect(red / blue).toBeLessThan(1.05);
});

it('comes from the brighter side', () => {
  const { fromRight, fromTop } = estimate((x, y) => (x > 0.5 && y < 0.5 ? [220, 220, 220] : [60, 60, 60]));
  expect(fromRight).toBeGreaterThan(0.3);
  expect(fromTop).toBeGreaterThan(0.3);
});

function isBody(x: number, y: number): boolean {
  return Math.abs(x - 0.4) < 0.15 && y > 0.2;
}

it('follows the shading of the person rather than a bright wall', () => {
  // The light on the person comes from the left; a window shines on the right.
  const colour = (x: number, y: number): [number, number, number] => {
    const level = isBody(x, y) ? (x < 0.4 ? 180 : 90) : x > 0.6 ? 230 : 110;
    return [level, level, level];
  };
  expect(estimate(colour).fromRight).toBeGreaterThan(0.2);
  expect(estimate(colour, isBody).fromRight).toBeLessThan(-0.1);
});

it('comes from no side when an arm is stretched out to one side', () => {
  const isArm = (x: number, y: number): boolean => x >= 0.4 && x < 0.9 && Math.abs(y - 0.3) < 0.05;
  const isPerson = (x: number, y: number): boolean => isBody(x, y) || isArm(x, y);
  const colour = (x: number, y: number): [number, number, number] => (isPerson(x, y) ? [150, 150, 150] : [40, 40, 40]);
  expect(Math.abs(estimate(colour, isPerson).fromRight)).toBeLessThan(0.06);
});

it('takes the side from the whole picture when the person has few pixels', () => {
  const colour = (x: number): [number, number, number] => (x > 0.5 ? [200, 200, 200] : [60, 60, 60]);
  expect(estimate(colour, (x, y) => x > 0.4 && x < 0.5 && y > 0.4 && y < 0.5).fromRight).toBe(
    estimate(colour).fromRight,
  );
});

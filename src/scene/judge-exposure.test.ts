import { expect, it } from 'vitest';
import { type Exposure, judgeExposure } from './judge-exposure.ts';
import { measurePicture, type PictureLight } from './measure-picture.ts';

/** Albedo of skin, linear: very light, olive, dark. */
const skins: Record<string, [number, number, number]> = {
  light: [0.72, 0.46, 0.34],
  olive: [0.46, 0.25, 0.15],
  dark: [0.13, 0.064, 0.045],
};
type Rgb = [number, number, number];

/** The light that is found on a person with `skin` who stands before a wall in the light `light`. `cloth`: luminance. */
function judge(
  skin: Rgb | null,
  light: Rgb,
  { wall = 0.8, againstLight = 0, cloth = null as number | null, brightest = null as number | null, grain = 0.01 } = {},
): Exposure {
  const srgb = (v: number): number => Math.round(255 * (v < 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055));
  const data = new Uint8ClampedArray(4 * 64);
  for (let i = 0; i < 64; i++) {
    const albedo = i % 8 < 5 ? wall : i % 8 < 7 ? 0.3 * wall : 0.03;
    data.set([...light.map((v) => srgb(Math.min(1, albedo * v))), 255], 4 * i);
  }
  const seen = skin?.map((v, k) => v * light[k]) as Rgb | undefined;
  const picture: PictureLight = { mean: 0, bright: 0, top: 0, redCast: 0, blueCast: 0, greyShare: 0, grain: 0.01 };
  measurePicture({ data, width: 8, height: 8 }, picture).grain = grain;
  const log = (v: number | null): number => (v === null ? -Infinity : Math.log(v));
  const person = { skin: seen ?? null, clothes: [log(cloth)], brightest: log(brightest), againstLight };
  return judgeExposure(person, picture, { light: [0, 0, 0], levelSpread: 0 });
}

it.each(Object.keys(skins))('finds the level of an ordinary room whatever the skin: %s', (skin) => {
  const { light, levelSpread } = judge(skins[skin], [0.8, 0.8, 0.8]);
  for (const value of light) expect(Math.abs(Math.log(value / 0.8))).toBeLessThan(0.25);
  // The tone of the skin is unknown, so that half the light or twice the light is improbable, but not impossible.
  expect(levelSpread).toBeLessThan(0.45);
});

// Luminances of these skins differ by a factor of 7.
it.each([0.8, 0.36])('gives dark skin about as much light as light skin before a wall of the albedo %d', (wall) => {
  const [light, dark] = [skins.light, skins.dark].map((skin) => judge(skin, [0.75, 0.75, 0.75], { wall }).light[1]);
  expect(Math.abs(Math.log(light / dark))).toBeLessThan(0.55);
});

it('is dim in a room that the camera shows dim', () => {
  const found = judge(skins.olive, [0.5, 0.5, 0.5]).light[1];
  expect(found / 0.5).toBeGreaterThan(0.7);
  expect(found / 0.5).toBeLessThan(1.5);
  // A white wall in so little light looks like a grey wall in ordinary light, and the truth may be between. A camera
  // that shows a white wall so dark is at its limit, and noisy.
  const dimmer = judge(skins.olive, [0.25, 0.25, 0.25], { grain: 0.03 }).light[1];
  expect(dimmer).toBeGreaterThan(0.25);
  expect(dimmer).toBeLessThan(0.7 * judge(skins.olive, [0.8, 0.8, 0.8]).light[1]);
});

it('is darker than the room where light comes from behind', () => {
  const before = judge(skins.olive, [0.35, 0.35, 0.35], { wall: 2 }).light[1];
  const against = judge(skins.olive, [0.35, 0.35, 0.35], { wall: 2, againstLight: 1 }).light[1];
  expect(against).toBeLessThan(0.8 * before);
  expect(against).toBeLessThan(0.55);
});

it('is at least as bright as white clothes in it, before a dark wall', () => {
  const white = 0.9 * 0.8;
  const { light } = judge(skins.dark, [0.9, 0.9, 0.9], { wall: 0.12, cloth: white });
  expect(light[1]).toBeGreaterThan(0.95 * white);
  expect(judge(skins.dark, [0.9, 0.9, 0.9], { wall: 0.12 }).light[1]).toBeLessThan(light[1]);
});

it('is about as bright as shows white matter on the person white, and never darker than matter on the person', () => {
  for (const light of [0.6, 0.8, 1]) {
    const found = judge(skins.dark, [light, light, light], { wall: 0.12, brightest: 0.8 * light });
    expect(Math.abs(Math.log(found.light[1] / light))).toBeLessThan(0.2);
    expect(found.light[1]).toBeGreaterThan(0.8 * light);
    const unseen = judge(skins.dark, [light, light, light], { wall: 0.12 });
    expect(found.levelSpread).toBeLessThan(0.7 * unseen.levelSpread);
  }
});

it('takes a noisy dark picture for one of a dark place, rather than of dark things', () => {
  const [quiet, noisy] = [0.008, 0.05].map((grain) => judge(skins.olive, [0.3, 0.3, 0.3], { grain }).light[1]);
  expect(noisy).toBeLessThan(0.9 * quiet);
});

it('is as warm as a lamp and as cool as a window', () => {
  const warm = judge(skins.olive, [1.05, 0.85, 0.6]).light;
  expect(warm[0] / warm[2]).toBeGreaterThan(1.4);
  expect(warm[0] / warm[2]).toBeLessThan(2);
  const cool = judge(skins.olive, [0.75, 0.85, 1.05]).light;
  expect(cool[0] / cool[2]).toBeLessThan(0.88);
});

it('knows less without skin, and is dark and finite in a black picture', () => {
  expect(judge(null, [0.9, 0.9, 0.9]).levelSpread).toBeGreaterThan(judge(skins.light, [0.9, 0.9, 0.9]).levelSpread);
  const { light } = judge(null, [0, 0, 0]);
  for (const value of light) {
    expect(value).toBeGreaterThan(0);
    expect(value).toBeLessThan(0.3);
  }
});

it('does not take a red wall for red light', () => {
  const data = new Uint8ClampedArray(4 * 64);
  for (let i = 0; i < 64; i++) data.set(i % 2 ? [170, 20, 20, 255] : [150, 150, 150, 255], 4 * i);
  const picture = measurePicture(
    { data, width: 8, height: 8 },
    { mean: 0, bright: 0, top: 0, redCast: 0, blueCast: 0, greyShare: 0, grain: 0.01 },
  );
  expect(Math.abs(picture.redCast)).toBeLessThan(0.05);
});

it('takes off-white paint for off-white paint in white light', () => {
  // CIELAB 90, 0, 4 in sRGB.
  const data = new Uint8ClampedArray(4 * 64);
  for (let i = 0; i < 64; i++) data.set([229, 226, 218, 255], 4 * i);
  const picture: PictureLight = { mean: 0, bright: 0, top: 0, redCast: 0, blueCast: 0, greyShare: 0, grain: 0.01 };
  measurePicture({ data, width: 8, height: 8 }, picture);
  const person = { skin: null, clothes: [], brightest: -Infinity, againstLight: 0 };
  const { light } = judgeExposure(person, picture, { light: [0, 0, 0], levelSpread: 0 });
  expect(Math.abs(Math.log(light[2] / light[1]))).toBeLessThan(0.03);
});

it('takes an underexposed picture for one: its palest thing is pale in the light on the person', () => {
  // An albedo of 0.9 beside a wall of 0.12: a white sheet before a dark wall, in ordinary and in half the light.
  const [usual, half] = [0.8, 0.4].map((level) => {
    const picture: PictureLight = {
      mean: 0.15 * level,
      bright: 0.12 * level,
      top: 0.9 * level,
      redCast: 0,
      blueCast: 0,
      greyShare: 0.5,
      grain: 0.01,
    };
    const person = {
      skin: skins.dark.map((v) => v * level) as Rgb,
      clothes: [],
      brightest: -Infinity,
      againstLight: 0,
    };
    return judgeExposure(person, picture, { light: [0, 0, 0], levelSpread: 0 }).light[1];
  });
  // So dark a picture is rare, and the truth may be between.
  expect(half / usual).toBeLessThan(0.65);
  expect(Math.abs(Math.log(usual / 0.8))).toBeLessThan(0.3);
});

import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/math/create-random.ts';
import { type ClassName, classNames } from './class-names.ts';
import { countClasses, createClassCounts, likeliestClasses, overlapsOf } from './class-overlap.ts';
import { splitByColour } from './split-by-colour.ts';
import { trueClasses } from './true-classes.ts';

const WIDTH = 90;
const HEIGHT = 120;

/** L, a, b of what is drawn. Shade changes lightness alone. */
const COLOURS: Record<ClassName, readonly [number, number, number]> = {
  hair: [18, 5, 6],
  skin: [70, 14, 22],
  upper: [45, 55, 5],
  lower: [35, 5, -40],
  background: [70, 3, 15],
};

/** The class of a pixel of a person whose bare arms hang beside the hips, beside the lower clothes. */
function classAt(x: number, y: number): ClassName {
  if (Math.hypot(x - 45, y - 18) < 10) return y < 15 ? 'hair' : 'skin';
  if (y >= 30 && y < 70 && x >= 30 && x < 60) return 'upper';
  if (y >= 70 && x >= 32 && x < 58) return 'lower';
  return y >= 45 && y < 85 && ((x >= 22 && x < 28) || (x >= 62 && x < 68)) ? 'skin' : 'background';
}

/** Draws that person with noise, and shade towards the left. */
function draw(seed: number, colours = COLOURS) {
  const random = createRandom(seed);
  const names = Array.from({ length: WIDTH * HEIGHT }, (_, i) => classAt(i % WIDTH, Math.floor(i / WIDTH)));
  const lab = names.flatMap((name, i) => {
    const shade = 0.75 + (0.4 * (i % WIDTH)) / WIDTH;
    const [l, a, b] = colours[name];
    return [l * shade, a, b].map((value) => value + 6 * (random() - 0.5));
  });
  const maskOf = (...wanted: ClassName[]): number[] => names.map((name) => (wanted.includes(name) ? 255 : 0));
  return {
    width: WIDTH,
    height: HEIGHT,
    lab,
    person: maskOf('hair', 'skin', 'upper', 'lower'),
    clothes: maskOf('upper', 'lower'),
    trunk: { shoulders: [45, 32], hips: [45, 70], pxPerMetre: 75 } as const,
    truth: Uint8Array.from(names, (name) => classNames.indexOf(name)),
  };
}

/** The overlaps of the true classes of a drawn picture, by `trueClasses`, with what was drawn. */
function overlapsWithDrawn(picture: ReturnType<typeof draw>): Record<ClassName, number> {
  const counts = createClassCounts();
  countClasses(counts, trueClasses(picture, WIDTH, HEIGHT), picture.truth);
  return overlapsOf(counts);
}

describe('trueClasses', () => {
  it('tells upper from lower clothes and hair from skin in noise and shade (seed 1)', () => {
    for (const [name, overlap] of Object.entries(overlapsWithDrawn(draw(1))))
      expect(overlap, name).toBeGreaterThan(0.97);
  });

  it('tells fair hair, and white from grey clothes (seed 2)', () => {
    const colours = { ...COLOURS, hair: [65, 5, 45], upper: [92, 0, 2], lower: [40, 0, -2] } as const;
    for (const [name, overlap] of Object.entries(overlapsWithDrawn(draw(2, colours))))
      expect(overlap, name).toBeGreaterThan(0.97);
  });

  it('gives a pixel of a smaller map what most of its part of the picture shows (seed 3)', () => {
    const picture = draw(3);
    // Three by three pixels each.
    const small = trueClasses(picture, WIDTH / 3, HEIGHT / 3);
    expect(small.length).toBe((WIDTH / 3) * (HEIGHT / 3));
    const at = (x: number, y: number): ClassName =>
      classNames[small[Math.floor(y / 3) * (WIDTH / 3) + Math.floor(x / 3)]];
    expect(at(45, 10)).toBe('hair');
    expect(at(45, 22)).toBe('skin');
    // Two of its three rows are lower clothes, then two of its three columns are the arm.
    expect(at(40, 70)).toBe('lower');
    expect(at(67, 60)).toBe('skin');
    expect(at(3, 3)).toBe('background');
  });
});

describe('splitByColour', () => {
  it('gives the part that lies lower, whichever colour it has', () => {
    const lab = [80, 0, 0, 78, 0, 0, 81, 0, 0, 20, 40, 0, 22, 41, 0, 21, 39, 0];
    expect(splitByColour(lab, [0, 1, 2, 3, 4, 5])).toEqual([false, false, false, true, true, true]);
    expect(splitByColour(lab.toReversed(), [0, 1, 2, 3, 4, 5])).toEqual([false, false, false, true, true, true]);
  });

  it('leaves one colour whole', () => {
    expect(splitByColour([50, 10, 10, 50, 10, 10], [0, 1])).toEqual([false, false]);
    expect(splitByColour([], [])).toEqual([]);
  });
});

describe('overlapsOf', () => {
  it('is the intersection over union of each class; what no class claims is background', () => {
    const found = likeliestClasses([200, 20, 0, 0, 0, 0, 200, 0, 0, 0, 100, 0, 0, 0, 90, 100]);
    expect([...found]).toEqual([0, 2, 4, 3]);
    const counts = createClassCounts();
    countClasses(counts, found, Uint8Array.of(0, 2, 2, 3));
    expect(overlapsOf(counts)).toEqual({ hair: 1, skin: NaN, upper: 0.5, lower: 1, background: 0 });
  });
});

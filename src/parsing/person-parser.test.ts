import { describe, expect, it } from 'vitest';
import { createRandom } from '../math/create-random.ts';
import { LANDMARK_COUNT, LANDMARK_VALUES } from '../math/landmark-layout.ts';
import { type ParserFrame, PersonParser } from './person-parser.ts';

/** A drawn person in a picture of 128 × 192 pixels, arms hanging: colours of each part as [red, green, blue]. */
type Rgb = readonly [number, number, number];
interface Look {
  hair: Rgb;
  skin: Rgb;
  upper: Rgb;
  lower: Rgb;
  /** Colour of every second stripe of the top; absent: plain. */
  stripes?: Rgb;
  /** Colours of a shirt in a V of the top, and of a tie on it. */
  shirt?: Rgb;
  tie?: Rgb;
  /** Row from which the trunk is bare. */
  bareFrom?: number;
  sleeves: 'short' | 'long';
  /** Standard deviation of the noise, 0..255. */
  noise?: number;
}
const WIDTH = 128;
const HEIGHT = 192;
const WALL: Rgb = [150, 160, 150];
const HAIR = 0;
const SKIN = 1;
const UPPER = 2;
const LOWER = 3;
const NOTHING = 4;
/** Landmarks that the parser reads, pixels: index, x, y. */
const POINTS: readonly (readonly [number, number, number])[] = [
  [0, 64, 32],
  [2, 68, 27],
  [5, 60, 27],
  [7, 73, 30],
  [8, 55, 30],
  [9, 66, 38],
  [10, 62, 38],
  [11, 82, 58],
  [12, 46, 58],
  [13, 90, 85],
  [14, 38, 85],
  [15, 94, 108],
  [16, 34, 108],
  [19, 95, 118],
  [20, 33, 118],
  [23, 74, 112],
  [24, 54, 112],
  [25, 75, 155],
  [26, 53, 155],
  [27, 75, 190],
  [28, 53, 190],
];
const at = (index: number): readonly [number, number] => {
  const [, x, y] = POINTS.find(([i]) => i === index) ?? [0, 0, 0];
  return [x, y];
};

/** Whether (x, y) lies within `radius` of the line from landmark `a` to `b`, and how far along it, 0..1. */
function along(x: number, y: number, [a, b]: readonly [number, number], radius: number): number | null {
  const [ax, ay] = at(a);
  const [bx, by] = at(b);
  const t = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)));
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)) < radius ? t : null;
}

/** Whether a jacket shows the shirt here: from the collar, around the neck, down to a point. */
function isInV(x: number, y: number): boolean {
  return y >= 48 && y < 84 && Math.abs(x - 64) < Math.min(7, (84 - y) / 4);
}

/** The true class of a pixel. */
function classAt(x: number, y: number, { sleeves, bareFrom = Infinity, shirt }: Look): number {
  if (((x - 64) / 8) ** 2 + ((y - 34) / 11) ** 2 < 1) return SKIN;
  if (((x - 64) / 12) ** 2 + ((y - 28) / 14) ** 2 < 1 && y < 36) return HAIR;
  for (const side of [0, 1]) {
    if (along(x, y, [15 + side, 19 + side], 4) !== null) return SKIN;
    if (along(x, y, [13 + side, 15 + side], 4.5) !== null) return sleeves === 'long' ? UPPER : SKIN;
    const arm = along(x, y, [11 + side, 13 + side], 6);
    if (arm !== null) return sleeves === 'long' || arm < 0.55 ? UPPER : SKIN;
  }
  if (shirt && isInV(x, y)) return UPPER;
  if (Math.abs(x - 64) < 4.5 && y > 40 && y < 54) return SKIN;
  if (Math.abs(x - 64) < 21 - 3 * Math.sin(((y - 52) / 62) * Math.PI) && y > 51 && y < 116)
    return y >= bareFrom && y < 108 ? SKIN : UPPER;
  for (const side of [0, 1])
    if (along(x, y, [23 + side, 25 + side], 11) !== null || along(x, y, [25 + side, 27 + side], 8) !== null)
      return LOWER;
  return NOTHING;
}

/** Draws the person. `truth`: the class of each pixel. */
function draw(look: Look, seed: number): ParserFrame & { truth: Uint8Array } {
  const random = createRandom(seed);
  const values = new Uint8ClampedArray(4 * WIDTH * HEIGHT);
  const mask = new Uint8ClampedArray(WIDTH * HEIGHT);
  const truth = new Uint8Array(WIDTH * HEIGHT);
  const { noise = 3 } = look;
  for (let i = 0; i < truth.length; i++) {
    const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
    truth[i] = classAt(x, y, look);
    mask[i] = truth[i] === NOTHING ? 0 : 255;
    let upper = look.stripes && Math.floor(y / 4) % 2 === 0 ? look.stripes : look.upper;
    if (look.shirt && isInV(x, y)) upper = look.tie && Math.abs(x - 64) < 2 ? look.tie : look.shirt;
    const color = [look.hair, look.skin, upper, look.lower, WALL][truth[i]];
    const shade = 0.8 + (0.35 * x) / WIDTH;
    for (let k = 0; k < 3; k++)
      values[4 * i + k] = color[k] * shade + noise * (random() + random() + random() + random() - 2) * Math.sqrt(3);
  }
  const landmarks = new Float32Array(LANDMARK_COUNT * LANDMARK_VALUES);
  for (const [index, x, y] of POINTS) landmarks.set([x / WIDTH, y / HEIGHT, 0, 1], LANDMARK_VALUES * index);
  return {
    width: WIDTH,
    height: HEIGHT,
    picture: { values, first: 0, pixelStep: 4, rowStep: 4 * WIDTH },
    mask,
    landmarks,
    truth,
  };
}

/** Share of the pixels of a class in truth or result that are in both; a pixel's class is its likeliest. */
function iouOf(classes: Uint8ClampedArray, truth: Uint8Array, wanted: number): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < truth.length; i++) {
    const p = [...classes.subarray(4 * i, 4 * i + 4)];
    p.push(255 - p.reduce((sum, value) => sum + value, 0));
    const found = p.indexOf(Math.max(...p));
    if (found === wanted && truth[i] === wanted) both++;
    if (found === wanted || truth[i] === wanted) either++;
  }
  return both / either;
}

/** Whether two arrays have the same numbers; `toEqual` takes seconds for a picture. */
function isEqual(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return a.length === b.length && Array.from(a).every((value, i) => value === b[i]);
}

function parseOnce(look: Look, seed: number) {
  const frame = draw(look, seed);
  const classes = new Uint8ClampedArray(4 * WIDTH * HEIGHT);
  new PersonParser().parse(frame, classes);
  return { classes, truth: frame.truth, frame };
}

const PLAIN: Look = {
  hair: [50, 35, 28],
  skin: [215, 165, 135],
  upper: [60, 110, 80],
  lower: [50, 70, 120],
  sleeves: 'short',
};
const LOOKS: Record<string, Look> = {
  'a tee and jeans': PLAIN,
  'long sleeves': { ...PLAIN, sleeves: 'long' },
  'dark skin': { ...PLAIN, skin: [95, 62, 45], hair: [25, 20, 18], upper: [200, 190, 90] },
  'trousers in the colour of the skin': { ...PLAIN, lower: [205, 165, 140] },
  'a suit of one colour': { ...PLAIN, upper: [60, 62, 70], lower: [60, 62, 70], sleeves: 'long' },
  'a striped top': { ...PLAIN, upper: [220, 220, 225], stripes: [40, 50, 110], sleeves: 'long' },
  'a jacket, a white shirt and a tie': {
    ...PLAIN,
    hair: [120, 118, 116],
    upper: [30, 36, 52],
    lower: [30, 32, 38],
    shirt: [230, 236, 244],
    tie: [40, 70, 150],
    sleeves: 'long',
  },
  'a short top over a bare waist': { ...PLAIN, upper: [120, 40, 50], bareFrom: 80 },
  'noise of the night': { ...PLAIN, noise: 18 },
};

describe('PersonParser', () => {
  for (const [name, look] of Object.entries(LOOKS)) {
    it(`finds skin, upper and lower clothes in one frame: ${name} (seed 1)`, () => {
      const { classes, truth } = parseOnce(look, 1);
      expect(iouOf(classes, truth, UPPER)).toBeGreaterThan(0.8);
      expect(iouOf(classes, truth, LOWER)).toBeGreaterThan(0.8);
      expect(iouOf(classes, truth, SKIN)).toBeGreaterThan(0.7);
      expect(iouOf(classes, truth, NOTHING)).toBeGreaterThan(0.98);
    });
  }

  it('takes collar and tie for upper clothes, not for hair (seed 6)', () => {
    const { classes } = parseOnce(LOOKS['a jacket, a white shirt and a tie'], 6);
    for (const [x, y] of [
      [59, 52],
      [69, 52],
      [64, 60],
    ])
      expect(classes[4 * (y * WIDTH + x) + UPPER]).toBeGreaterThan(127);
  });

  it('is unsure of bare arms where the top has the colour of the skin (seed 2)', () => {
    const sure = parseOnce({ ...PLAIN, sleeves: 'short' }, 2);
    const alike = parseOnce({ ...PLAIN, upper: PLAIN.skin, sleeves: 'short' }, 2);
    const certaintyOf = ({ classes }: typeof sure): number => {
      // The right forearm, which is bare.
      const i = 4 * (97 * WIDTH + 92);
      return Math.max(...classes.subarray(i, i + 4));
    };
    expect(certaintyOf(alike)).toBeLessThan(certaintyOf(sure) - 40);
  });

  it('never gives more than 255 to a pixel, and leaves its input unchanged (seed 3)', () => {
    const { classes, frame } = parseOnce(PLAIN, 3);
    const before = draw(PLAIN, 3);
    expect(isEqual(frame.picture.values, before.picture.values)).toBe(true);
    expect(isEqual(frame.mask, before.mask)).toBe(true);
    expect(isEqual(frame.landmarks, before.landmarks)).toBe(true);
    let most = 0;
    for (let i = 0; i < classes.length; i += 4)
      most = Math.max(most, classes[i] + classes[i + 1] + classes[i + 2] + classes[i + 3]);
    expect(most).toBeGreaterThan(200);
    expect(most).toBeLessThanOrEqual(255);
  });

  it('does not flicker on a still person: noise alone moves no sure pixel (seed 4)', () => {
    const parser = new PersonParser();
    const classes = new Uint8ClampedArray(4 * WIDTH * HEIGHT);
    let before = classes.slice();
    let changed = 0;
    for (let seed = 4; seed < 12; seed++) {
      parser.parse(draw(PLAIN, seed), classes);
      if (seed > 4) for (let i = 0; i < classes.length; i++) if (before[i] > 240 && classes[i] < 128) changed++;
      before = classes.slice();
    }
    expect(changed).toBe(0);
  });

  it('takes a thumbnail of floats for the same as one of bytes (seed 7)', () => {
    const frame = draw(PLAIN, 7);
    const [bytes, floats] = [new Uint8ClampedArray(4 * WIDTH * HEIGHT), new Uint8ClampedArray(4 * WIDTH * HEIGHT)];
    new PersonParser().parse(frame, bytes);
    const picture = { ...frame.picture, values: Float32Array.from(frame.picture.values) };
    new PersonParser().parse({ ...frame, picture }, floats);
    expect(isEqual(bytes, floats)).toBe(true);
  });

  it('forgets a person: after reset it gives what a new parser gives (seed 5)', () => {
    const parser = new PersonParser();
    const [first, second] = [new Uint8ClampedArray(4 * WIDTH * HEIGHT), new Uint8ClampedArray(4 * WIDTH * HEIGHT)];
    parser.parse(draw(LOOKS['dark skin'], 5), first);
    parser.reset();
    const fresh = new PersonParser();
    for (const seed of [5, 6]) {
      parser.parse(draw(PLAIN, seed), first);
      fresh.parse(draw(PLAIN, seed), second);
      expect(isEqual(first, second)).toBe(true);
    }
  });
});

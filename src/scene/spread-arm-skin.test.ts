import { expect, it } from 'vitest';
import type { PixelClasses } from '../tracking/tracker.ts';
import { bodyAreas } from './body-areas.ts';
import { BodyCapsules, capsuleStarts } from './body-capsules.ts';
import { ArmSkin } from './spread-arm-skin.ts';

const WIDTH = 120;
const HEIGHT = 160;
/** Pixels in a metre. */
const SCALE = 100;

/** Capsules whose left forearm and hand lie level across the trunk, from x = 90 to 60, at y = 80; all others far away. */
function armAcross(): BodyCapsules {
  const capsules = new BodyCapsules();
  capsules.lines.fill(-1000);
  const put = (start: number, x0: number, y0: number, x1: number, y1: number, radius: number): void =>
    void capsules.lines.set([x0, y0, x1, y1, radius, SCALE], start);
  for (const area of bodyAreas)
    for (const start of capsuleStarts[bodyAreas.indexOf(area)]) put(start, -1000, -1000, -1000, -1000, 1);
  const [, forearm, hand] = capsuleStarts[bodyAreas.indexOf('leftArm')];
  put(forearm, 90, 80, 70, 80, 4);
  put(hand, 70, 80, 60, 80, 5);
  const [neck] = capsuleStarts[bodyAreas.indexOf('neck')];
  put(neck, 60, 20, 60, 40, 8);
  return capsules;
}

/** A person in own upper clothes with bare skin where `isSkin` says so. */
function dressed(isSkin: (x: number, y: number) => boolean): PixelClasses {
  const data = new Uint8ClampedArray(4 * WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) data[4 * (y * WIDTH + x) + (isSkin(x, y) ? 1 : 2)] = 255;
  return { width: WIDTH, height: HEIGHT, data };
}

function take(isSkin: (x: number, y: number) => boolean): (x: number, y: number) => boolean {
  const skin = new ArmSkin();
  skin.take(dressed(isSkin), armAcross());
  return (x, y) => skin.data[2 * (Math.floor(y / 2) * skin.width + Math.floor(x / 2))] === 255;
}

const isForearm = (x: number, y: number): boolean => Math.abs(y - 80) < 4 && x > 60 && x < 90;

it('a finger that stands off the posed hand is the arm’s, to its tip', () => {
  const isFinger = (x: number, y: number): boolean => Math.abs(x - 62) < 2 && y > 66 && y <= 80;
  const isArm = take((x, y) => isForearm(x, y) || isFinger(x, y));
  expect(isArm(62, 67)).toBe(true);
  expect(isArm(62, 60)).toBe(false);
});

it('skin in a neckline that a hand touches stays the neck’s', () => {
  const isNeckline = (x: number, y: number): boolean => Math.abs(x - 60) < 8 && y >= 20 && y < 70;
  const isFinger = (x: number, y: number): boolean => Math.abs(x - 60) < 2 && y >= 70 && y <= 80;
  const isArm = take((x, y) => isForearm(x, y) || isFinger(x, y) || isNeckline(x, y));
  expect(isArm(60, 74)).toBe(true);
  expect(isArm(60, 50)).toBe(false);
});

it('before a bare trunk only what is next to the arm is the arm’s', () => {
  const isArm = take((x, y) => isForearm(x, y) || (x > 20 && x < 100 && y > 50 && y < 140));
  expect(isArm(75, 80)).toBe(true);
  expect(isArm(75, 100)).toBe(false);
});

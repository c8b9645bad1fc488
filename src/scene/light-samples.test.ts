import { expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { createPosedBody } from '../body/create-posed-body.ts';
import type { PixelClasses } from '../tracking/tracker.ts';
import { createLightSamples, LightSampler, SKIN_GROUP } from './light-samples.ts';

const mannequin = await committedMannequin();
const WIDTH = 72;
const HEIGHT = 96;

/** The mean body, 2.6 m before the camera, facing it. */
function stand(): ReturnType<typeof createPosedBody> {
  const body = createPosedBody();
  body.found = true;
  body.camera = { fovYDegrees: 42, width: 480, height: 640 };
  for (let i = 0; i < mannequin.joints.length; i += 3)
    body.positions.set([mannequin.joints[i], mannequin.joints[i + 1] - 0.9, mannequin.joints[i + 2] - 2.6], i);
  return body;
}

/** A picture of one colour for each pixel. */
function paint(colour: (x: number, y: number) => number[]) {
  const data = new Uint8ClampedArray(4 * WIDTH * HEIGHT);
  for (let i = 0; i < WIDTH * HEIGHT; i++) data.set([...colour(i % WIDTH, Math.floor(i / WIDTH)), 255], 4 * i);
  return { data, width: WIDTH, height: HEIGHT };
}

it('samples face, trunk and limbs where they are in the picture, with normals that face the camera', () => {
  // The picture's red grows to the right, and its green downwards.
  const picture = paint((x, y) => [2 * x, 2 * y, 100]);
  const samples = createLightSamples();
  new LightSampler(mannequin).take(stand(), picture, { person: null, classes: null }, samples);
  expect(samples.count).toBeGreaterThan(150);
  const groups = samples.groups.subarray(0, samples.count);
  expect(new Set(groups).size).toBe(6);
  let facing = 0;
  for (let i = 0; i < samples.count; i++) facing += samples.normals[3 * i + 2] / samples.count;
  expect(facing).toBeGreaterThan(0.5);
  const meanOf = (group: number, channel: number): number => {
    const own = [...groups.keys()].filter((i) => groups[i] === group);
    return own.reduce((sum, i) => sum + samples.colours[3 * i + channel], 0) / own.length;
  };
  // Calves are lower in the picture than the trunk.
  expect(meanOf(5, 1)).toBeGreaterThan(2 * meanOf(1, 1));
});

it('takes nothing beside the person, and tells what is clipped', () => {
  const samples = createLightSamples();
  const sampler = new LightSampler(mannequin);
  sampler.take(
    stand(),
    paint(() => [90, 90, 90]),
    { person: new Uint8Array(WIDTH * HEIGHT), classes: null },
    samples,
  );
  expect(samples.count).toBe(0);
  sampler.take(
    stand(),
    paint(() => [255, 255, 255]),
    { person: null, classes: null },
    samples,
  );
  expect(samples.count).toBeGreaterThan(0);
  expect([...samples.clipped.subarray(0, samples.count)].every((value) => value === 1)).toBe(true);
  sampler.take(
    stand(),
    paint(() => [250, 250, 250]),
    { person: null, classes: null },
    samples,
  );
  expect([...samples.clipped.subarray(0, samples.count)].every((value) => value === 0)).toBe(true);
});

it('tells materials by the classes of pixels where they are known', () => {
  const classes: PixelClasses = { width: 9, height: 12, data: new Uint8ClampedArray(4 * 9 * 12) };
  for (let p = 0; p < 9 * 12; p++) classes.data[4 * p + 1] = 255;
  const samples = createLightSamples();
  const sampler = new LightSampler(mannequin);
  const picture = paint(() => [90, 90, 90]);
  sampler.take(stand(), picture, { person: null, classes }, samples);
  expect(new Set(samples.groups.subarray(0, samples.count))).toEqual(new Set([SKIN_GROUP]));
  classes.data.fill(60);
  sampler.take(stand(), picture, { person: null, classes }, samples);
  expect(samples.count).toBe(0);
});

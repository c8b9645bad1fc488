import { expect, it } from 'vitest';
import type { PixelClasses } from '../tracking/tracker.ts';
import { boxClasses } from './box-classes.ts';

const OWN_CLOTHES = { firstChannel: 2, least: 10, margin: 2 } as const;

const createClasses = (): PixelClasses => ({ width: 20, height: 10, data: new Uint8ClampedArray(4 * 20 * 10) });
const createBox = () => ({ left: 1, top: 1, right: 1, bottom: 1 });

it('holds upper and lower clothes with a margin of two pixels', () => {
  const classes = createClasses();
  classes.data[4 * (4 * 20 + 6) + 2] = 200;
  classes.data[4 * (6 * 20 + 9) + 3] = 200;
  classes.data[4 * (9 * 20 + 19) + 1] = 255;
  expect(boxClasses(classes, OWN_CLOTHES, createBox())).toEqual({
    left: 4 / 20,
    top: 2 / 10,
    right: 12 / 20,
    bottom: 9 / 10,
  });
});

it('stays within the picture', () => {
  const classes = createClasses();
  classes.data[2] = 200;
  classes.data[4 * (10 * 20 - 1) + 2] = 200;
  expect(boxClasses(classes, OWN_CLOTHES, createBox())).toEqual({ left: 0, top: 0, right: 1, bottom: 1 });
});

it('is empty without clothes', () => {
  expect(boxClasses(createClasses(), OWN_CLOTHES, createBox())).toEqual({ left: 0, top: 0, right: 0, bottom: 0 });
});

it('holds the whole person, hair and skin included', () => {
  const classes = createClasses();
  classes.data[4 * (4 * 20 + 6)] = 1;
  classes.data[4 * (6 * 20 + 9) + 1] = 1;
  const person = { firstChannel: 0, least: 1, margin: 0 } as const;
  expect(boxClasses(classes, person, createBox())).toEqual({
    left: 6 / 20,
    top: 4 / 10,
    right: 10 / 20,
    bottom: 7 / 10,
  });
});

import { expect, it } from 'vitest';
import { meanFigures, sumUpPair, type WornFrame } from './worn-figures.ts';

const widthOf = (ratio: number) => ({ ratio, clearSides: 2 });

function frameOf(frame: number, iou: number, width: number | null): WornFrame {
  const naive = { iou: 0.5, width: widthOf(1.5), edge: 20 };
  return {
    frame,
    iou,
    width: width === null ? null : widthOf(width),
    edge: 3,
    naive,
    deltaE: 12,
    cameraDeltaE: 40,
    ownLeft: 0.5,
    flicker: null,
    drawing: null,
  };
}

const frames = [frameOf(5, 0.2, 3), frameOf(10, 0.8, 1.1), frameOf(15, 0.9, null), frameOf(20, 1, 1.3)];
const photos = [
  { frame: 5, iou: 0.7, width: widthOf(1), edge: 2 },
  { frame: 10, iou: 0.9, width: widthOf(1.2), edge: null },
];

it('sums up the frames from the tenth on, and all photos', () => {
  const figures = sumUpPair(frames, photos);
  expect(figures.iou).toBeCloseTo(0.9, 9);
  expect(figures.width).toBeCloseTo(1.2, 9);
  expect(figures.flicker).toBe(null);
  expect(figures.naive).toEqual({ iou: 0.5, width: 1.5, edge: 20 });
  expect(figures.camera).toEqual({ deltaE: 40 });
  expect(figures.photo).toEqual({ iou: 0.8, width: 1.1, edge: 2, iouMin: 0.7 });
});

it('finds how much of the own clothes comes back for two frames in a row', () => {
  const leftOf = (...shares: (number | null)[]) =>
    sumUpPair(
      shares.map((ownLeft, i) => ({ ...frameOf(10 + 5 * i, 1, 1), ownLeft })),
      [],
    ).ownLeftMax;
  expect(leftOf(0, 0.4, 0, 0.1, 0.2, 0)).toBe(0.1);
  expect(leftOf(0.3, null, 0.2)).toBe(0.2);
  expect(leftOf(0.3)).toBe(0.3);
  expect(leftOf(null)).toBe(null);
});

it('compares the median times of drawing', () => {
  const timed = [
    [30, 20],
    [300, 20],
    [28, 22],
  ].map(([erasing, plain], i) => ({ ...frameOf(10 + i, 1, 1), drawing: { erasing, plain } }));
  expect(sumUpPair(timed, []).drawingRatio).toBeCloseTo(1.5, 9);
  expect(sumUpPair(frames, []).drawingRatio).toBe(null);
});

it('has no figures of a film that was not judged', () => {
  expect(sumUpPair([], photos)).toMatchObject({ iou: null, width: null, photo: { iouMin: 0.7 } });
});

it('takes the mean of each figure over the pairs that have it', () => {
  const pairs = [sumUpPair(frames, photos), sumUpPair([frameOf(10, 0.7, null)], [])];
  const mean = meanFigures(pairs.map((figures) => ({ ...figures, frames, photos })));
  expect(mean.iou).toBeCloseTo(0.8, 9);
  expect(mean.width).toBeCloseTo(1.2, 9);
  expect(mean.photo.iouMin).toBe(0.7);
  expect(mean).not.toHaveProperty('frames');
});

import { expect, it } from 'vitest';
import { computeClothFigures, type SeenGarment } from './cloth-figures.ts';
import type { ClothSight } from './cloth-meter.ts';
import type { ClothMotion } from './cloth-motions.ts';

const CALM: ClothSight = {
  stretchPct: 1,
  longestPct: 2,
  pokePct: 0,
  movedMetres: 0,
  hemHeight: 0,
  hipHeight: 0,
};

/** Returns what was seen in 90 frames of a motion; `change` says what differs from calm cloth in a frame. */
function seen(motion: ClothMotion, change: (frame: number) => Partial<ClothSight>): SeenGarment {
  const sights = Array.from({ length: 90 }, (_, frame) => ({ ...CALM, ...change(frame) }));
  return { garment: 'tee', body: 'thin', motion, shoulderMetres: 0.4, sights };
}

const rest = { particles: 10, layerPokePct: null, energyGrowth: null };

it('names the worst frame of stretch and of depth in the skin', () => {
  const garments = [
    seen('still', () => ({})),
    seen('squat', (frame) => (frame === 7 ? { stretchPct: 12, longestPct: 30, pokePct: 9 } : {})),
  ];
  const figures = computeClothFigures(garments, [[100, ...new Array<number>(89).fill(2)]], rest);
  const at = { garment: 'tee', body: 'thin', motion: 'squat', frame: 7 };
  expect(figures).toMatchObject({ maxStretchPct: 12, stretchAt: at, longestPct: 30, worstPokePct: 9, pokeAt: at });
  expect(figures.pokeThroughPct).toBeCloseTo(9 / 180, 6);
});

it('times leave out the first second, and settling is the first frame', () => {
  const figures = computeClothFigures(
    [seen('still', () => ({}))],
    [
      [100, ...new Array<number>(29).fill(50), ...new Array<number>(60).fill(2)],
      [120, ...new Array<number>(89).fill(2)],
    ],
    rest,
  );
  expect(figures).toMatchObject({ msMedian: 2, msP95: 2, settleMs: 120 });
});

it('jitter is the largest movement of still cloth after the first second, by the shoulders', () => {
  const still = seen('still', (frame) => ({ movedMetres: frame === 10 ? 0.1 : frame === 60 ? 0.004 : 0.001 }));
  expect(computeClothFigures([still], [[1, 2]], rest).stillJitterPct).toBeCloseTo(1, 6);
});

it('a hem that follows the hips three frames later lags by three frames', () => {
  const height = (frame: number): number => Math.sin(frame / 4);
  const jump = seen('jump', (frame) => ({ hipHeight: height(frame), hemHeight: height(frame - 3) }));
  expect(computeClothFigures([jump, seen('still', () => ({}))], [[1, 2]], rest).lagFrames).toBeCloseTo(3, 1);
});

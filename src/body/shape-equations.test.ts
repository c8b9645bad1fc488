import { expect, it } from 'vitest';
import { MORPH_COUNT, morphIndex } from '../mannequin/mannequin.ts';
import { FIRST_MORPH_UNKNOWN, FIRST_SHARED_UNKNOWN, ShapeEquations } from './shape-equations.ts';
import { type MeasureKind, ShapeEvidence } from './shape-evidence.ts';
import { NOTHING_SHARED, POSE_ERRORS, sharesOf } from './shared-unknowns.ts';

const both: MeasureKind = {
  sharedError: 0.01,
  frameError: 0.02,
  excess: 0.03,
  shared: sharesOf({ waistCloth: 0.5 }),
  shows: [],
  place: 'waist',
};
const side: MeasureKind = { ...both, shared: NOTHING_SHARED, excess: 0 };
const unseen: MeasureKind = { ...side, place: 'thigh' };
const row = new Float64Array(MORPH_COUNT);
row[morphIndex.waist] = 0.2;
row[morphIndex.belly] = -0.1;
const shape = new Float32Array(MORPH_COUNT);

it('lists the measures that were seen, without coefficients of 0', () => {
  const evidence = new ShapeEvidence([unseen, both]);
  evidence.add(1, 1, { seen: 0.5, modelled: 0.4, row, shape });
  const equations = new ShapeEquations(evidence.kinds);
  equations.read(evidence);
  expect(equations.count).toBe(1);
  expect([equations.seen[0], equations.offsets[0], equations.excesses[0]]).toEqual([0.5, 0.4, 0.03]);
  const terms = new Map(
    Array.from(equations.unknowns.subarray(equations.starts[0], equations.starts[1]), (unknown, i) => [
      unknown,
      equations.values[i],
    ]),
  );
  expect([...terms.values()]).toEqual([0.5, 0.2, -0.1]);
  expect(terms.get(FIRST_MORPH_UNKNOWN + morphIndex.waist)).toBe(0.2);
  expect(terms.get(FIRST_MORPH_UNKNOWN + morphIndex.belly)).toBe(-0.1);
});

it('takes the share of an error of the pose from the frames that show the measure, as their mean', () => {
  const evidence = new ShapeEvidence([both]);
  const poseShares = new Float64Array(POSE_ERRORS);
  poseShares[1] = 0.06;
  evidence.add(0, 1, { seen: 0.5, modelled: 0.4, row, poseShares, shape });
  evidence.add(0, 1, { seen: 0.5, modelled: 0.4, row, shape });
  const equations = new ShapeEquations(evidence.kinds);
  equations.read(evidence);
  expect([equations.unknowns[0], equations.values[0]]).toEqual([FIRST_SHARED_UNKNOWN + 1, 0.03]);
});

it('counts alternative measures of one place as one: each by its share of the frames', () => {
  const evidence = new ShapeEvidence([both, side]);
  for (let frame = 0; frame < 4; frame++)
    evidence.add(frame === 0 ? 0 : 1, 1, { seen: 0.5, modelled: 0.4, row, shape });
  const equations = new ShapeEquations(evidence.kinds);
  equations.read(evidence);
  const [first, second] = equations.variances;
  // The error that frames share is that of the place; the error of single frames shrinks with their number.
  expect(first).toBeCloseTo(4 * 0.01 ** 2 + 0.02 ** 2, 12);
  expect(second).toBeCloseTo((4 / 3) * 0.01 ** 2 + 0.02 ** 2 / 3, 12);
  expect(1 / (first - 0.02 ** 2) + 1 / (second - 0.02 ** 2 / 3)).toBeCloseTo(1 / 0.01 ** 2, 6);
});

it('makes the errors of a place larger as it was seen in fewer of the frames, but not those of a place seen often', () => {
  const read = (rareFrames: number) => {
    const evidence = new ShapeEvidence([both, unseen]);
    for (let frame = 0; frame < 80; frame++) evidence.add(1, 1, { seen: 0.5, modelled: 0.4, row, shape });
    for (let frame = 0; frame < rareFrames; frame++) evidence.add(0, 1, { seen: 0.5, modelled: 0.4, row, shape });
    const equations = new ShapeEquations(evidence.kinds);
    equations.read(evidence);
    return { excess: equations.excesses[0], deviation: Math.sqrt(equations.variances[0]) };
  };
  const [once, often] = [read(1), read(40)];
  expect(often.excess).toBe(both.excess);
  expect(often.deviation).toBeCloseTo(Math.hypot(both.sharedError, both.frameError / Math.sqrt(40)), 12);
  // An arm that is taken for the trunk's edge in one of 80 frames is several times as far out as folds are.
  expect(once.excess).toBeGreaterThan(4 * often.excess);
  expect(once.deviation).toBeGreaterThan(2 * Math.hypot(both.sharedError, both.frameError));
});

it('makes the errors of a length seen in few frames larger too, but not those of one that is told', () => {
  const length: MeasureKind = { ...side, place: undefined, excess: 0.03 };
  const told: MeasureKind = { ...length, frameError: 0 };
  const evidence = new ShapeEvidence([length, told, unseen]);
  for (let frame = 0; frame < 80; frame++) evidence.add(2, 1, { seen: 0.5, modelled: 0.4, row, shape });
  for (const index of [0, 1]) evidence.add(index, 1, { seen: 0.5, modelled: 0.4, row, shape });
  const equations = new ShapeEquations(evidence.kinds);
  equations.read(evidence);
  expect(equations.excesses[0]).toBeCloseTo(8 * 0.03, 12);
  expect(equations.variances[0]).toBeCloseTo(8 * (0.01 ** 2 + 0.02 ** 2), 12);
  expect(equations.excesses[1]).toBe(0.03);
  expect(equations.variances[1]).toBeCloseTo(0.01 ** 2, 12);
});

import { describe, expect, it } from 'vitest';
import { createMannequinShape, shapeMannequin } from '../../src/mannequin/shape-mannequin.ts';
import { ansurTable } from './ansur-table.ts';
import { committedMannequin } from './committed-mannequin.ts';
import { measureBody } from './measure-body.ts';
import { tapeAround } from './tape.ts';

const mannequin = await committedMannequin();
const measured = (weights: ArrayLike<number>) => measureBody(mannequin, shapeMannequin(mannequin, weights, createMannequinShape(mannequin)));

describe('a tape around the mannequin', () => {
  it('lies straight over hollows: around four corners and a point inside it is the square', () => {
    expect(tapeAround([[0, 0], [1, 0], [1, 1], [0, 1], [0.5, 0.3]])).toBeCloseTo(4, 10);
  });

  it.each(['female', 'male'] as const)('%s-50 has the means of ANSUR II within 1 cm', (sex) => {
    const body = measured(mannequin.presets[`${sex}-50`]!);
    const names = ['stature', 'chestcircumference', 'waistcircumference', 'buttockcircumference', 'bideltoidbreadth', 'sleeveoutseam', 'crotchheight', 'acromialheight', 'thighcircumference', 'calfcircumference', 'neckcircumference', 'waistbreadth', 'hipbreadth'] as const;
    for (const name of names) expect(Math.abs(body[name]! - ansurTable[sex][50][name]), name).toBeLessThan(0.01);
  });

  it('finds the mean of the sexes in the base body within 1 cm', () => {
    const body = measured(new Float32Array(mannequin.morphs.length));
    for (const name of ['stature', 'chestcircumference', 'waistcircumference', 'buttockcircumference', 'bideltoidbreadth'] as const) {
      expect(Math.abs(body[name]! - (ansurTable.female[50][name] + ansurTable.male[50][name]) / 2), name).toBeLessThan(0.01);
    }
  });

  it.each(['female-5', 'female-95', 'male-5', 'male-95'])('%s has the percentile\'s stature and girths within 1.5 cm', (preset) => {
    const [sex, percentile] = preset.split('-') as ['female' | 'male', '5' | '95'];
    const body = measured(mannequin.presets[preset]!);
    for (const name of ['stature', 'chestcircumference', 'waistcircumference', 'buttockcircumference', 'bideltoidbreadth', 'crotchheight'] as const) {
      expect(Math.abs(body[name]! - ansurTable[sex][percentile][name]), name).toBeLessThan(0.015);
    }
  });
});

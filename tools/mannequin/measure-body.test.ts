import { describe, expect, it } from 'vitest';
import { createMannequinShape, shapeMannequin } from '../../src/mannequin/shape-mannequin.ts';
import { ansurTable } from './ansur-table.ts';
import { committedMannequin } from './committed-mannequin.ts';
import { measureBody } from './measure-body.ts';
import { tapeAround } from './tape.ts';

const mannequin = await committedMannequin();
function measured(weights: ArrayLike<number>) {
  return measureBody(mannequin, shapeMannequin(mannequin, weights, createMannequinShape(mannequin)));
}

describe('a tape around the mannequin', () => {
  it('lies straight over hollows: around four corners and a point inside it is as long as the square', () => {
    expect(
      tapeAround([
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
        [0.5, 0.3],
      ]),
    ).toBeCloseTo(4, 10);
  });

  it.each(['female', 'male'] as const)('measures on %s-50 the means of ANSUR II within 1 cm', (sex) => {
    const body = measured(mannequin.presets[`${sex}-50`]!);
    const names = [
      'stature',
      'chestcircumference',
      'waistcircumference',
      'buttockcircumference',
      'bideltoidbreadth',
      'sleeveoutseam',
      'crotchheight',
      'acromialheight',
      'thighcircumference',
      'calfcircumference',
      'neckcircumference',
      'waistbreadth',
      'hipbreadth',
    ] as const;
    for (const name of names) expect(Math.abs(body[name]! - ansurTable[sex][50][name]), name).toBeLessThan(0.01);
  });

  it('measures on the base body the mean of the sexes within 1 cm', () => {
    const body = measured(new Float32Array(mannequin.morphs.length));
    for (const name of [
      'stature',
      'chestcircumference',
      'waistcircumference',
      'buttockcircumference',
      'bideltoidbreadth',
    ] as const) {
      expect(Math.abs(body[name]! - (ansurTable.female[50][name] + ansurTable.male[50][name]) / 2), name).toBeLessThan(
        0.01,
      );
    }
  });

  it.each(['female-5', 'female-95', 'male-5', 'male-95'])(
    "measures on %s the percentile's stature and girths within 1.5 cm",
    (preset) => {
      const [sex, percentile] = preset.split('-') as ['female' | 'male', '5' | '95'];
      const body = measured(mannequin.presets[preset]!);
      for (const name of [
        'stature',
        'chestcircumference',
        'waistcircumference',
        'buttockcircumference',
        'bideltoidbreadth',
        'crotchheight',
      ] as const) {
        expect(Math.abs(body[name]! - ansurTable[sex][percentile][name]), name).toBeLessThan(0.015);
      }
    },
  );

  it('measures breadths and depths, which girths leave open, within 3 cm of each percentile; prints all', () => {
    const presets = Object.keys(mannequin.presets);
    const bodies = presets.map((preset) => measured(mannequin.presets[preset]!));
    const wanted = presets.map((preset) => {
      const [sex, percentile] = preset.split('-') as ['female' | 'male', '5'];
      return ansurTable[sex][percentile];
    });
    const cell = (metres: number): string => (metres * 100).toFixed(1);
    const rows = (Object.keys(bodies[0]!) as (keyof (typeof wanted)[0])[]).map((name) => {
      const cells = bodies.map((body, i) => `${cell(body[name]!)} (${cell(body[name]! - wanted[i]![name])})`);
      return name.padEnd(26) + cells.map((text) => text.padStart(16)).join('');
    });
    console.log(
      [`cm (off ANSUR II)`.padEnd(26) + presets.map((preset) => preset.padStart(16)).join(''), ...rows].join('\n'),
    );
    bodies.forEach((body, i) => {
      for (const name of ['chestdepth', 'waistbreadth', 'waistdepth', 'hipbreadth', 'buttockdepth'] as const)
        expect(Math.abs(body[name]! - wanted[i]![name]), `${presets[i]} ${name}`).toBeLessThan(0.03);
      // The plane from nape to breastbone cuts through the shoulders; a tape lies in the crease above them.
      expect(
        Math.abs(body.neckcircumferencebase! - wanted[i]!.neckcircumferencebase),
        `${presets[i]} neckcircumferencebase`,
      ).toBeLessThan(0.04);
    });
  });
});

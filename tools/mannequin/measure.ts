/**
 * Prints the measures of the mannequin's base and presets, centimetres, and in brackets their differences from those of
 * ANSUR II, the US Army's survey of bodies.
 *
 *   node tools/run.mjs tools/mannequin/measure.ts [GLB]   (default: assets/mannequin.glb)
 */
import { readFile } from 'node:fs/promises';
import { readMannequin } from '../../src/mannequin/read-mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../../src/mannequin/shape-mannequin.ts';
import { ansurTable } from './ansur-table.ts';
import { measureBody } from './measure-body.ts';
import type { AnsurMeasure } from './tabulate.ts';

const file = await readFile(process.argv[2] ?? 'assets/mannequin.glb');
const mannequin = await readMannequin(
  file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer,
);
const shape = createMannequinShape(mannequin);

/** Returns the measures of the body with the given morph weights, metres. */
function measured(weights: ArrayLike<number>): Partial<Record<AnsurMeasure, number>> {
  return measureBody(mannequin, shapeMannequin(mannequin, weights, shape));
}
const presets = Object.keys(mannequin.presets);
const base = measured(new Float32Array(mannequin.morphs.length));
const rows = presets.map((name) => measured(mannequin.presets[name]!));
console.log(['cm'.padEnd(28), 'base (mean)'.padEnd(16), ...presets.map((p) => p.padEnd(16))].join(''));
for (const name of Object.keys(base) as AnsurMeasure[]) {
  const cell = (value: number | undefined, truth: number): string =>
    `${((value ?? 0) * 100).toFixed(1)} (${(((value ?? 0) - truth) * 100).toFixed(1)})`.padEnd(16);
  const mean = (ansurTable.female[50][name] + ansurTable.male[50][name]) / 2;
  console.log(
    name.padEnd(28) +
      cell(base[name], mean) +
      presets
        .map((preset, i) => {
          const [sex, p] = preset.split('-') as ['female' | 'male', '5' | '50' | '95'];
          return cell(rows[i]![name], ansurTable[sex][p][name]);
        })
        .join(''),
  );
}

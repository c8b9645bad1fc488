import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ansurTable } from './ansur-table.ts';
import { readAnsur } from './read-ansur.ts';
import { tabulate } from './tabulate.ts';

const folder = `${process.env.FITTING_DATA ?? '../shared/data'}/anthropometry`;

describe('the committed table', () => {
  it.skipIf(!existsSync(folder)).each(['female', 'male'] as const)(
    'holds what the records of ANSUR II give for %s (skipped without FITTING_DATA)',
    async (sex) => {
      const table = tabulate(await readAnsur(`${folder}/ANSUR_II_${sex.toUpperCase()}_Public.csv.gz`));
      expect(ansurTable[sex]).toEqual(table);
      expect(table[50].stature).toBeCloseTo(sex === 'female' ? 1.628 : 1.756, 2);
    },
  );
});

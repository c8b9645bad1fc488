import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';

/**
 * Reads the records of one sex of ANSUR II, the US Army's survey of bodies, from a gzipped CSV file in Latin-1, in
 * millimetres. Returns by lower-case column name the values of all people in the file's order, metres; NaN in columns
 * that are not numeric (divided by 1000 like all others: weights and ages are not metres).
 */
export async function readAnsur(path: string): Promise<Map<string, number[]>> {
  const text = gunzipSync(await readFile(path)).toString('latin1');
  const [header, ...rows] = text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => line.replaceAll('"', '').split(','));
  return new Map(header!.map((name, i) => [name.toLowerCase(), rows.map((row) => Number(row[i]) / 1000)]));
}

import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';

/**
 * The records of one sex of ANSUR II by column: values of all people in metres; NaN for a column that is not numeric.
 * The file is a gzipped CSV in Latin-1, in millimetres.
 */
export async function readAnsur(path: string): Promise<Map<string, number[]>> {
  const text = gunzipSync(await readFile(path)).toString('latin1');
  const [header, ...rows] = text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => line.replaceAll('"', '').split(','));
  return new Map(header!.map((name, i) => [name.toLowerCase(), rows.map((row) => Number(row[i]) / 1000)]));
}

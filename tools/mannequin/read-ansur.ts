import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';

/** One sex of ANSUR II as columns: name → values in metres (the file has millimetres, latin-1, gzipped CSV). */
export async function readAnsur(path: string): Promise<Map<string, number[]>> {
  const text = gunzipSync(await readFile(path)).toString('latin1');
  const [header, ...rows] = text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => line.replaceAll('"', '').split(','));
  return new Map(header!.map((name, i) => [name.toLowerCase(), rows.map((row) => Number(row[i]) / 1000)]));
}

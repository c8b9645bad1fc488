import { readFile, writeFile } from 'node:fs/promises';
import { readMannequin } from '../../src/mannequin/read-mannequin.ts';
import { buildGarment } from './build-garment.ts';
import { checkPattern } from './check-pattern.ts';
import type { Pattern } from './pattern.ts';

/**
 * Makes a garment for the mannequin of `assets/mannequin.glb`, writes it to the file `output` as GLB, and returns the
 * number of bytes. Rejects, and writes nothing, if the pattern has faults: the message has one line for each.
 */
export async function writeGarmentFile(pattern: Pattern, output: string): Promise<number> {
  const faults = checkPattern(pattern);
  if (faults.length > 0) throw new Error(faults.map((fault) => `${pattern.id}: ${fault}`).join('\n'));
  const path = new URL('../../assets/mannequin.glb', import.meta.url);
  const mannequin = await readMannequin(Uint8Array.from(await readFile(path)).buffer);
  const glb = await buildGarment(pattern, mannequin);
  await writeFile(output, glb);
  return glb.length;
}

// Makes a garment by its pattern, in all sizes and colours, for the mannequin of `assets/mannequin.glb`, and writes it
// as GLB:
//   node tools/run.mjs tools/make-garment.ts NAME [OUTPUT.glb]   (NAME: of a pattern in tools/tailor/patterns)
import { readFile, writeFile } from 'node:fs/promises';
import { readMannequin } from '../src/mannequin/read-mannequin.ts';
import { allPatterns } from './tailor/all-patterns.ts';
import { buildGarment } from './tailor/build-garment.ts';

const [name, wanted] = process.argv.slice(2);
const entry = allPatterns.find(({ pattern }) => pattern.id === name);
if (!entry) throw new Error(`There is no pattern ${name}, only: ${allPatterns.map(({ pattern }) => pattern.id)}.`);
const output = wanted ?? entry.path;
const mannequin = await readMannequin(Uint8Array.from(await readFile('assets/mannequin.glb')).buffer);
const glb = await buildGarment(entry.pattern, mannequin);
await writeFile(output, glb);
console.log(`${output}: ${glb.length} bytes`);

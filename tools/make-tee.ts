// Makes the T-shirt of the demo, in all sizes and colours, for the mannequin of `assets/mannequin.glb`, and writes it
// as GLB:
//   node tools/run.mjs tools/make-tee.ts [OUTPUT.glb]   (default: assets/tee.glb)
import { readFile, writeFile } from 'node:fs/promises';
import { readMannequin } from '../src/mannequin/read-mannequin.ts';
import { buildTee } from './tailor/build-tee.ts';

const output = process.argv[2] ?? 'assets/tee.glb';
const mannequin = await readMannequin(Uint8Array.from(await readFile('assets/mannequin.glb')).buffer);
const glb = await buildTee(mannequin);
await writeFile(output, glb);
console.log(`${output}: ${glb.length} bytes`);

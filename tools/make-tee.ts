import { readFile, writeFile } from 'node:fs/promises';
import { readMannequin } from '../src/mannequin/read-mannequin.ts';
import { buildTee } from './tailor/build-tee.ts';

/** Writes `assets/tee.glb` (or the file named as argument) from `assets/mannequin.glb`. */
const bytes = await readFile('assets/mannequin.glb');
const glb = await buildTee(await readMannequin(Uint8Array.from(bytes).buffer));
const target = process.argv[2] ?? 'assets/tee.glb';
await writeFile(target, glb);
console.log(`${target}: ${glb.length} bytes`);

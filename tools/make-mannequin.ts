// Makes the mannequin, the adult body whose shape and pose the fitting room changes, and writes it as GLB:
//   node tools/run.mjs tools/make-mannequin.ts [OUTPUT.glb]   (default: assets/mannequin.glb)
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { buildMannequin } from './mannequin/build-mannequin.ts';
import { writeMannequinGlb } from './mannequin/write-mannequin-glb.ts';

const output = process.argv[2] ?? 'assets/mannequin.glb';
const mannequin = buildMannequin();
const bytes = writeMannequinGlb(mannequin);
await mkdir(dirname(output), { recursive: true });
await writeFile(output, bytes);
const vertices = mannequin.positions.length / 3;
const triangles = mannequin.indices.length / 3;
console.log(`${output}: ${vertices} vertices, ${triangles} triangles, ${(bytes.byteLength / 1024).toFixed(0)} KiB`);

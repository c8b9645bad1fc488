// Makes a garment by its pattern, in all sizes and colours, for the mannequin of `assets/mannequin.glb`, and writes it
// as GLB:
//   node tools/run.mjs tools/make-garment.ts NAME [OUTPUT.glb]   (NAME: of a pattern in tools/tailor/patterns)
// If the pattern has faults, it prints them and writes nothing.
import { allPatterns } from './tailor/all-patterns.ts';
import { writeGarmentFile } from './tailor/write-garment-file.ts';

const [name, output] = process.argv.slice(2);
const entry = allPatterns.find(({ pattern }) => pattern.id === name);
if (entry) {
  const path = output ?? entry.path;
  try {
    console.log(`${path}: ${await writeGarmentFile(entry.pattern, path)} bytes`);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
} else {
  console.error(`There is no pattern ${name}, only: ${allPatterns.map(({ pattern }) => pattern.id).join(', ')}.`);
  process.exitCode = 1;
}

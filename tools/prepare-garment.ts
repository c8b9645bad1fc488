// Converts a garment file (GLB) to a prepared garment, which the fitting room loads without further work:
//   npm run prepare-garment -- IN.glb [OUT.glb]   (default: IN-prepared.glb)
// Reads the mannequin from assets/mannequin.glb. Prints what it changed or guessed, and both sizes in bytes. If the
// garment cannot be prepared, it prints what to change and exits with code 1.
import { readFile, writeFile } from 'node:fs/promises';
import { prepareGarment } from '../src/adopt/prepare-garment.ts';
import { toGarmentInvalid } from '../src/garment/garment-invalid.ts';
import { readMannequin } from '../src/mannequin/read-mannequin.ts';

async function main([source, target = source?.replace(/(\.glb)?$/i, '-prepared.glb')]: string[]): Promise<void> {
  if (!source) throw new Error('which file? npm run prepare-garment -- IN.glb [OUT.glb]');
  const mannequin = await readMannequin(Uint8Array.from(await readFile('assets/mannequin.glb')).buffer);
  const bytes = Uint8Array.from(await readFile(source));
  const { file, warnings } = await prepareGarment(bytes, mannequin).catch((error: unknown) => {
    throw new Error(`${source}: ${toGarmentInvalid(error).message}`, { cause: error });
  });
  await writeFile(target, file);
  for (const warning of warnings) console.warn(`${source}: ${warning}`);
  if (file === bytes) console.log(`${source} is prepared already`);
  console.log(`${source}: ${bytes.byteLength} bytes, ${target}: ${file.byteLength} bytes`);
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

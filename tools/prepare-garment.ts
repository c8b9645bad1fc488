// Converts a garment file (GLB) to a prepared garment (bones mapped, cloth bound to the mannequin), which the fitting
// room loads without further work:
//   npm run prepare-garment -- IN.glb [OUT.glb]   (default: IN-prepared.glb)
// Reads the mannequin from assets/mannequin.glb. Prints what it changed or guessed, and the bytes of both files. If the
// garment cannot be prepared, it prints what to change and exits with code 1. IN.glb is never written to, and
// OUT.glb is replaced only by a complete file.
import { fileURLToPath } from 'node:url';
import { prepareFile } from './cli/prepare-file.ts';

await prepareFile(process.argv.slice(2), console, {
  assetsFolder: fileURLToPath(new URL('../assets', import.meta.url)),
  usage: 'npm run prepare-garment -- IN.glb [OUT.glb]',
}).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

// The command `fitting-room` of the published package: `npx fitting-room assets DIR`. It is bundled to
// `dist/cli/main.js`.
import { fileURLToPath } from 'node:url';
import { runCommand } from './run-command.ts';

await runCommand(process.argv.slice(2), console, {
  packageFolder: fileURLToPath(new URL('..', import.meta.url)),
  folder: process.cwd(),
}).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

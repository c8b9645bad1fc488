// The command `fitting-room` of the published package: `npx fitting-room assets DIR`. It is bundled to `dist/cli.js`.
import { fileURLToPath } from 'node:url';
import { runCommand } from './run-command.ts';

try {
  const lines = await runCommand(process.argv.slice(2), fileURLToPath(new URL('.', import.meta.url)), process.cwd());
  console.log(lines.join('\n'));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

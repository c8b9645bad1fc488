// The command `fitting-room` of the published package: `npx fitting-room assets DIR`. It is bundled to
// `dist/cli/main.js`.
import { fileURLToPath } from 'node:url';
import { runCommand } from './run-command.ts';
import { showProgress } from './show-progress.ts';

/** The argument with which this program starts itself to prepare garments: see `createPreparers`. */
const CHILD = 'answer-preparations';
const [command] = process.argv.slice(2);

if (command === CHILD) (await import('./prepare/answer-preparations.ts')).answerPreparations();
else {
  const { log, warn } = console;
  await runCommand(
    process.argv.slice(2),
    { log, warn, progress: showProgress },
    {
      packageFolder: fileURLToPath(new URL('..', import.meta.url)),
      folder: process.cwd(),
      program: [fileURLToPath(import.meta.url), CHILD],
    },
  ).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}

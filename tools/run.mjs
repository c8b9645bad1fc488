// Runs a TypeScript program of this folder in Node:
//   node tools/run.mjs tools/make-mannequin.ts [arguments]
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const [file, ...args] = process.argv.slice(2);
// The program reads its arguments from `process.argv`, as it would without this runner.
process.argv.splice(1, process.argv.length, file, ...args);
await runnerImport(resolve(file), { configFile: false });

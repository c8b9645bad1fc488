// `npm test`, step after step (two cores are enough):
// 1. Install missing packages and find or install a browser.
// 2. Run side by side, so that no core waits: the browser tests, the unit tests, and the checks of format, lint
//    (Biome), dead code (knip) and types. Each check counts as one case.
// 3. Print the ten slowest cases, the skipped and the failed ones, and in the last line the sum.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { installPackages } from './setup/install-packages.mjs';

const OUTPUT = 'e2e/output';
const UNIT_REPORT = `${OUTPUT}/unit.json`;
const BROWSER_REPORT = `${OUTPUT}/browser.json`;
const SLOWEST_COUNT = 10;

/** Cases passed and failed, and the names of those that failed or were skipped. */
const total = { passed: 0, failed: 0, failures: [], skipped: [] };

/** Name and duration (milliseconds) of each case, of unit and browser tests. */
const durations = [];

/** Prints `title`, runs a program whose output is printed at once, and resolves to whether it passes. */
function run(title, command, args, env = {}) {
  console.log(`\n— ${title}`);
  const child = spawn(process.execPath, [command, ...args], { stdio: 'inherit', env: { ...process.env, ...env } });
  return new Promise((resolve) => child.on('error', () => resolve(false)).on('exit', (code) => resolve(code === 0)));
}

/** Does the same with a program that runs beside `run`: its output is printed as a whole at the end. */
async function runBeside(title, command, args = []) {
  const child = spawn(process.execPath, [command, ...args]);
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => output.push(bytes));
  const ok = await new Promise((resolve) =>
    child.on('error', () => resolve(false)).on('close', (code) => resolve(code === 0)),
  );
  console.log(`\n— ${title}: ${ok ? 'passed' : 'failed'}\n${Buffer.concat(output)}`);
  return ok;
}

/** Returns the JSON report of a test runner; null if it has written none. */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** Runs a program that passes or fails as a whole, and counts it as one case. */
async function check(title, command, args) {
  if (await runBeside(title, command, args)) total.passed++;
  else {
    total.failed++;
    total.failures.push(title);
  }
}

/** Runs the unit tests, and adds their cases to `total` and `durations`. */
async function unitTests() {
  const ok = await runBeside('Units', 'node_modules/vitest/vitest.mjs', [
    'run',
    // The browser tests use two processes already.
    '--maxWorkers=1',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${UNIT_REPORT}`,
  ]);
  const failedBefore = total.failed;
  for (const file of readReport(UNIT_REPORT)?.testResults ?? []) {
    // A file that could not even be loaded has no cases to fail.
    if (file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed')) total.failed++;
    for (const { status, fullName, duration } of file.assertionResults) {
      durations.push({ name: fullName, milliseconds: duration ?? 0 });
      if (status === 'passed') total.passed++;
      else if (status === 'failed') {
        total.failed++;
        total.failures.push(fullName);
      } else total.skipped.push(fullName);
    }
  }
  if (!ok && total.failed === failedBefore) total.failed++;
}

/**
 * Adds the cases of a suite of Playwright's report to `total` and `durations`. Suites are nested: files, then
 * `describe` blocks. `path`: titles of the suites around the cases.
 */
function countSuite(suite, path) {
  for (const spec of suite.specs ?? []) {
    for (const { status, annotations, results } of spec.tests) {
      durations.push({
        name: [...path, spec.title].join(' › '),
        milliseconds: results.reduce((sum, { duration }) => sum + duration, 0),
      });
      const reason = annotations.find(({ type }) => type === 'skip')?.description;
      if (status === 'skipped') total.skipped.push([...path, spec.title].join(' › ') + (reason ? ` (${reason})` : ''));
      else if (status === 'expected') total.passed++;
      else {
        total.failed++;
        total.failures.push([...path, spec.title].join(' › '));
      }
    }
  }
  for (const inner of suite.suites ?? []) countSuite(inner, [...path, inner.title]);
}

/** Runs the browser tests and adds their cases likewise. `browser`: path of Chrome or Chromium. */
async function browserTests(browser) {
  const ok = await run('Browser', 'node_modules/playwright/cli.js', ['test', '--config', 'e2e/playwright.config.ts'], {
    CHROME_PATH: browser,
  });
  const failedBefore = total.failed;
  const report = readReport(BROWSER_REPORT);
  for (const suite of report?.suites ?? []) countSuite(suite, [suite.title]);
  total.failed += report?.errors?.length ?? 0;
  if (!ok && total.failed === failedBefore) total.failed++;
}

try {
  installPackages();
  const { provideBrowser } = await import('./setup/find-browser.mjs');
  const browser = await provideBrowser();
  const { layOutAssets } = await import('./lay-out-assets.mjs');
  await layOutAssets({ log: console.log });
  mkdirSync(OUTPUT, { recursive: true });
  // What the benchmarks filmed and tracked stays.
  for (const name of readdirSync(OUTPUT)) if (name !== 'cache') rmSync(`${OUTPUT}/${name}`, { recursive: true });
  await Promise.all([
    check('Lint', 'node_modules/@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']),
    check('Dead code', 'node_modules/knip/bin/knip.js'),
    check('Types', 'node_modules/typescript/bin/tsc', ['--noEmit']),
    unitTests(),
    browserTests(browser),
  ]);
} catch (error) {
  console.error(`\nCannot test: ${error.message}`);
  total.failed++;
}

console.log(`\nThe ${SLOWEST_COUNT} slowest:`);
for (const { name, milliseconds } of durations
  .sort((a, b) => b.milliseconds - a.milliseconds)
  .slice(0, SLOWEST_COUNT)) {
  console.log(`${(milliseconds / 1000).toFixed(1).padStart(6)} s  ${name}`);
}
console.log();
for (const name of total.skipped) console.log(`skipped: ${name}`);
for (const name of total.failures) console.log(`failed: ${name}`);
console.log(`${total.skipped.length} skipped`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

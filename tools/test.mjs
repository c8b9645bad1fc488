// `npm test`: installs what is missing, then type-check, unit tests and browser tests, one after the other (two cores are
// enough), and their sum in the last line.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { installPackages } from './setup/install-packages.mjs';

const unitReport = 'e2e/output/unit.json';
const browserReport = 'e2e/output/browser.json';

/** Cases passed and failed, and the names of those skipped. */
const total = { passed: 0, failed: 0, skipped: [] };

function run(title, command, args, env = {}) {
  console.log(`\n— ${title}`);
  const { status } = spawnSync(process.execPath, [command, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return status === 0;
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function typeCheck() {
  if (run('Types', 'node_modules/typescript/bin/tsc', ['--noEmit'])) total.passed++;
  else total.failed++;
}

function unitTests() {
  const ok = run('Units', 'node_modules/vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${unitReport}`,
  ]);
  const failedBefore = total.failed;
  for (const file of readReport(unitReport)?.testResults ?? []) {
    // A file that could not even be loaded has no cases to fail.
    if (file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed')) total.failed++;
    for (const { status, fullName } of file.assertionResults) {
      if (status === 'passed') total.passed++;
      else if (status === 'failed') total.failed++;
      else total.skipped.push(fullName);
    }
  }
  if (!ok && total.failed === failedBefore) total.failed++;
}

/** Playwright nests its suites: files, then `describe` blocks. */
function countSuite(suite, path) {
  for (const spec of suite.specs ?? []) {
    for (const { status, annotations } of spec.tests) {
      const reason = annotations.find(({ type }) => type === 'skip')?.description;
      if (status === 'skipped') total.skipped.push([...path, spec.title].join(' › ') + (reason ? ` (${reason})` : ''));
      else if (status === 'expected') total.passed++;
      else total.failed++;
    }
  }
  for (const inner of suite.suites ?? []) countSuite(inner, [...path, inner.title]);
}

function browserTests(browser) {
  const ok = run('Browser', 'node_modules/playwright/cli.js', ['test', '--config', 'e2e/playwright.config.ts'], {
    CHROME_PATH: browser,
  });
  const failedBefore = total.failed;
  const report = readReport(browserReport);
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
  rmSync('e2e/output', { recursive: true, force: true });
  mkdirSync('e2e/output', { recursive: true });
  typeCheck();
  unitTests();
  browserTests(browser);
} catch (error) {
  console.error(`\nCannot test: ${error.message}`);
  total.failed++;
}

console.log();
for (const name of total.skipped) console.log(`skipped: ${name}`);
console.log(`${total.skipped.length} skipped`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

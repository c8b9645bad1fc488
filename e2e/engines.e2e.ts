// Runs the page that tests itself (`engines.html`) in Chromium, Firefox and WebKit, those that this machine has.
import { mkdirSync, writeFileSync } from 'node:fs';
import { engines } from './engines.ts';
import { bareTest, expect, keepPicture, siteUrl } from './fixtures.ts';
import { runEngine } from './run-engine.ts';

/** Maximum duration of one engine, milliseconds; a quiet machine takes less than a minute. */
const TIMEOUT_MS = 400_000;

for (const engine of engines) {
  bareTest(`${engine.name}: the page that tests itself passes`, async () => {
    bareTest.setTimeout(TIMEOUT_MS + 20_000);
    const outcome = await runEngine(engine, siteUrl(), TIMEOUT_MS);
    bareTest.skip(typeof outcome === 'string', String(outcome));
    if (typeof outcome === 'string') return;
    const { report, log } = outcome;
    mkdirSync('e2e/output', { recursive: true });
    for (const [name, picture] of Object.entries(report.pictures)) {
      await keepPicture(`engines-${engine.name}-${name}.png`, picture);
    }
    const lines = report.steps.map(
      ({ name, outcome, details, milliseconds }) => `${outcome}: ${name} (${milliseconds} ms): ${details}`,
    );
    console.log([`${engine.name}:`, ...lines].join('\n  '));
    writeFileSync(bareTest.info().outputPath('browser.log'), log);
    expect(report.steps.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(report.isDone, `the last step: ${lines.at(-1) ?? 'none'}`).toBe(true);
  });
}

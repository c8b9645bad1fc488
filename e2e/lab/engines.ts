/**
 * Script of the page that tests itself (`e2e/engines.html`), in any browser and with no tool in it:
 *
 * 1. collects the page's complaints;
 * 2. runs the steps of `selfTestSteps` one after the other; a step that throws has failed, and the next one still runs;
 * 3. sends the report so far to the server after each step, under the name that the page's address gives.
 */
import '../../src/define.ts';
import { type Bench, type SelfTestReport, Skipped } from './self-test.ts';
import { selfTestSteps } from './self-test-steps.ts';
import { toBase64 } from './to-base64.ts';

/** Maximum duration of a step, milliseconds: software draws slowly, and the machine may be busy. */
const STEP_TIMEOUT_MS = 120_000;

const query = new URLSearchParams(location.search);
const report: SelfTestReport = { steps: [], pictures: {}, isDone: false };
const complaints: string[] = [];

addEventListener('error', ({ message }) => void complaints.push(`exception: ${message}`));
addEventListener('unhandledrejection', ({ reason }) => void complaints.push(`rejection: ${String(reason)}`));
addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
  complaints.push(`policy: ${violatedDirective} ${blockedURI}`);
});
const printError = console.error;
console.error = (...words: unknown[]) => {
  complaints.push(`console: ${words.map(String).join(' ')}`);
  printError(...words);
};

/** Sends the report so far to the server. */
async function send(): Promise<void> {
  await fetch(`/e2e/reports/${query.get('name') ?? 'page'}`, { method: 'POST', body: JSON.stringify(report) });
}

const room = document.createElement('fitting-room');
room.model = 'lite';
room.innerHTML = '<fitting-garment id="tee" src="/assets/tee.glb" label="Tee"></fitting-garment>';
document.querySelector('main')?.append(room);
const bench: Bench = {
  room,
  hasFakeCamera: query.has('camera'),
  complaints,
  async keep(name, picture) {
    report.pictures[name] = await toBase64(picture);
  },
};
await send();
const only = query.get('only') ?? '';
for (const [name, step] of Object.entries(selfTestSteps).filter(([name]) => name.includes(only))) {
  const startMs = performance.now();
  let outcome: SelfTestReport['steps'][number]['outcome'] = 'passed';
  let details: string;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () =>
          reject(
            new Error(`takes more than ${STEP_TIMEOUT_MS} ms; the room's state: ${JSON.stringify(bench.room.state)}`),
          ),
        STEP_TIMEOUT_MS,
      );
    });
    details = await Promise.race([step(bench), timeout]);
  } catch (error) {
    outcome = error instanceof Skipped ? 'skipped' : 'failed';
    details = error instanceof Error ? error.message : String(error);
  }
  clearTimeout(timer);
  report.steps.push({ name, outcome, details, milliseconds: Math.round(performance.now() - startMs) });
  await send();
}
report.isDone = true;
await send();

import type { Browser } from 'playwright';

/** What a page is asked to prove. */
export interface TryOptions {
  /** Address of the page. */
  url: string;
  /** Whether the server's HTML must already contain the elements. */
  isServerRendered: boolean;
  /** Ends of the addresses of files that the page must load. */
  loads: readonly string[];
}

/** Properties of `<fitting-room>` that are used here. */
interface Room extends HTMLElement {
  source: string;
  readonly state: { status: string; error: { code: string; message: string } | null };
  start(): Promise<void>;
  snapshot(options: { layers: 'garment' }): Promise<Blob>;
}

/** Least share of the snapshot's pixels that a worn T-shirt covers. On the mannequin it covers a tenth. */
const MIN_COVERAGE = 0.02;
/** Time limit for the first worn garment, ms. Without a GPU, on a busy machine, it takes a minute. */
const WEAR_MS = 240_000;

/**
 * Lets the room wear its garment on the mannequin. Runs in the page. Returns the share of the snapshot's pixels that
 * the garment covers, 0..1.
 */
async function wear(): Promise<number> {
  await customElements.whenDefined('fitting-room');
  const room = document.querySelector('fitting-room') as Room;
  room.source = 'mannequin';
  await room.start();
  const { status, error } = room.state;
  if (error) throw new Error(`${error.code}: ${error.message}`);
  if (status !== 'tracking') throw new Error(`the room is ${status}, not tracking`);
  const picture = await createImageBitmap(await room.snapshot({ layers: 'garment' }));
  const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d')!;
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, picture.width, picture.height);
  let covered = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i] > 127) covered++;
  return covered / (data.length / 4);
}

/**
 * Opens a shop's page and looks for faults:
 *
 * 1. where the server renders, its HTML contains the elements;
 * 2. the elements are defined, and the room wears its garment on the mannequin;
 * 3. the page shows the status, so its listener gets the room's events;
 * 4. every file answers, and the page has no error on the console, no exception, and no violation of its policy.
 *
 * Resolves to the faults, none for a page that works.
 */
export async function tryShop(browser: Browser, { url, isServerRendered, loads }: TryOptions): Promise<string[]> {
  const faults: string[] = [];
  if (isServerRendered && !/<fitting-garment[^>]+id="tee"/.test(await (await fetch(url)).text()))
    faults.push("the server's HTML does not contain the elements");
  const context = await browser.newContext({ viewport: { width: 480, height: 640 }, reducedMotion: 'reduce' });
  try {
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
    const loaded: string[] = [];
    // A context's requests are those of its workers, too.
    context.on('response', (response) => {
      loaded.push(response.url());
      if (response.status() >= 400) faults.push(`${response.url()} answers ${response.status()}`);
    });
    page.on('requestfailed', (request) => {
      if (request.failure()?.errorText !== 'net::ERR_ABORTED') faults.push(`${request.url()} cannot be fetched`);
    });
    page.setDefaultTimeout(WEAR_MS);
    await page.goto(url);
    const late = new Promise<never>((_, reject) =>
      setTimeout(() => reject(new Error(`no garment is worn after ${WEAR_MS / 1000} s`)), WEAR_MS).unref(),
    );
    const coverage = await Promise.race([page.evaluate(wear), late]);
    if (coverage < MIN_COVERAGE) faults.push(`the garment covers only ${(100 * coverage).toFixed(1)} % of the picture`);
    for (const end of loads) if (!loaded.some((address) => address.endsWith(end))) faults.push(`${end} was not loaded`);
    const shown = await page.textContent('output');
    if (shown !== 'tracking') faults.push(`the page shows the status "${shown}", not "tracking": it gets no events`);
  } catch (error) {
    faults.push(error instanceof Error ? error.message : String(error));
  } finally {
    await context.close();
  }
  return faults;
}

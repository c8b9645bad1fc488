// Checks the room (`<fitting-room>`) in every state that a shopper can see, and in windows from a phone's to a large
// desktop's:
// 1. axe finds nothing; nor on a phone on its side, in other languages, in a dark theme, in forced colours;
// 2. every button lies wholly inside the room, and the Tab key reaches it, with a visible ring;
// 3. screen readers hear of the state.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { audit } from './audit.ts';
import { expect, openLab, test } from './fixtures.ts';

/** Widths of the window, pixels: small and usual phones, a tablet, a laptop, a desktop. */
const WIDTHS = [320, 390, 768, 1280, 1920];
const HEIGHT = 800;

/** The dark theme that the guide shows. */
const DARK_THEME = /fitting-room\.dark \{([^}]+)\}/.exec(
  readFileSync(new URL('../docs/theming.md', import.meta.url), 'utf8'),
)?.[1];

/** Other ways to see each state: the window, the language, the colours of the page or of the system. */
const VIEWS: readonly {
  name: string;
  size: [width: number, height: number];
  lang?: string;
  style?: string;
  forced?: boolean;
}[] = [
  { name: 'a phone on its side', size: [740, 360] },
  { name: 'German', size: [320, HEIGHT], lang: 'de' },
  { name: 'French', size: [320, HEIGHT], lang: 'fr' },
  { name: 'dark', size: [390, HEIGHT], style: DARK_THEME },
  { name: 'forced colours', size: [390, HEIGHT], forced: true },
];

/** Returns the buttons of the room, by their parts or labels, that stick out of it or are covered by another element. */
function hiddenButtons(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const room = document.querySelector('fitting-room');
    const root = room?.shadowRoot;
    if (!room || !root) throw new Error('no room');
    const frame = room.getBoundingClientRect();
    const buttons = [
      ...root.querySelectorAll<HTMLElement>('.layer :is(button, input)'),
      ...room.querySelectorAll('button'),
    ];
    return buttons
      .filter((button) => button.checkVisibility())
      .filter((button) => {
        // A garment in the scrolled row is reached by scrolling.
        button.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        const { left, top, right, bottom } = button.getBoundingClientRect();
        const sticksOut =
          left < frame.left - 1 || top < frame.top - 1 || right > frame.right + 1 || bottom > frame.bottom + 1;
        const hit = root.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return sticksOut || !(hit && (button === hit || button.contains(hit)));
      })
      .map((button) => button.getAttribute('part') ?? button.textContent ?? '');
  });
}

/** Sets the room's language and the custom properties of its theme; null: none. */
function dress(page: Page, lang: string | null, style: string | null): Promise<void> {
  return page.evaluate(
    async ([lang, style]) => {
      const room = document.querySelector('fitting-room');
      if (!room) throw new Error('no room');
      if (lang === null) room.removeAttribute('lang');
      else room.lang = lang;
      for (const name of [...room.style].filter((name) => name.startsWith('--'))) room.style.removeProperty(name);
      for (const [, name, value] of (style ?? '').matchAll(/(--[\w-]+):\s*([^;]+);/g))
        room.style.setProperty(name, value);
      await room.updateComplete;
    },
    [lang, style] as const,
  );
}

/**
 * Presses Tab from the start of the page until the focus leaves the room. Returns how many controls are shown, how many
 * of them had the focus, and the parts of those without a visible ring.
 */
async function tabThrough(page: Page): Promise<{ shown: number; reached: number; withoutRing: string[] }> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const shown = await page.evaluate(() => {
    const room = document.querySelector('fitting-room');
    const own = [...(room?.shadowRoot?.querySelectorAll<HTMLElement>('.layer :is(button, input)') ?? [])];
    return [...own, ...(room?.querySelectorAll<HTMLElement>('button') ?? [])].filter((each) => each.checkVisibility())
      .length;
  });
  await page.locator('#before').focus();
  let reached = 0;
  const withoutRing: string[] = [];
  for (let i = 0; i <= shown; i++) {
    await page.keyboard.press('Tab');
    const focus = await page.evaluate(() => {
      const outer = document.activeElement;
      if (!outer?.closest('fitting-room')) return null;
      const element = outer.shadowRoot?.activeElement ?? outer;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      return {
        name: element.getAttribute('part') ?? element.textContent ?? '',
        hasRing: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1,
      };
    });
    if (!focus) break;
    reached++;
    if (!focus.hasRing) withoutRing.push(focus.name);
  }
  return { shown, reached, withoutRing };
}

test('every state, in every width: axe finds nothing, every button is reached, and screen readers are told', async ({
  page,
  watch,
}) => {
  test.setTimeout(900_000);
  expect(DARK_THEME, 'the guide has a dark theme').toContain('--fitting-room-paper');
  // Files that are missing on purpose, and a context that is lost on purpose.
  watch.expect(/Failed to load resource|Context Lost/);
  await openLab(page);
  const names = await page.evaluate(async () => {
    const main = document.querySelector('main');
    if (!main) throw new Error('no place for the room');
    const before = Object.assign(document.createElement('button'), { id: 'before', textContent: 'Before the room' });
    main.append(before);
    const states = await window.lab.openRoomStates(main);
    Object.assign(window, { states });
    const room = document.querySelector('fitting-room');
    if (room) Object.assign(room.style, { width: 'auto', height: 'auto', maxHeight: '90vh' });
    return Object.keys(states);
  });
  const faults: string[] = [];
  const heard = new Set<string>();
  for (const name of names) {
    await page.evaluate(
      (name) => (window as unknown as { states: Record<string, () => Promise<void>> }).states[name](),
      name,
    );
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: HEIGHT });
      const where = `${name}, ${width} px`;
      const found = await audit(page, { selector: 'fitting-room', isResized: width !== WIDTHS[0] });
      for (const fault of found) faults.push(`${where}: ${fault}`);
      for (const part of await hiddenButtons(page)) faults.push(`${where}: hidden: ${part}`);
    }
    for (const { name: view, size, lang, style, forced } of VIEWS) {
      await page.setViewportSize({ width: size[0], height: size[1] });
      if (forced) await page.emulateMedia({ reducedMotion: 'no-preference', forcedColors: 'active' });
      await dress(page, lang ?? null, style ?? null);
      for (const fault of await audit(page, { selector: 'fitting-room', isResized: lang !== undefined }))
        faults.push(`${name}, ${view}: ${fault}`);
      for (const part of await hiddenButtons(page)) faults.push(`${name}, ${view}: hidden: ${part}`);
      if (forced) await page.emulateMedia({ reducedMotion: 'reduce', forcedColors: 'none' });
    }
    await dress(page, null, null);
    if (name === 'privacy panel') {
      await expect(page.locator('#privacy-title'), 'the opened panel has the focus').toBeFocused();
    }
    const { shown, reached, withoutRing } = await tabThrough(page);
    if (reached !== shown) faults.push(`${name}: Tab reaches ${reached} of ${shown} buttons`);
    if (withoutRing.length > 0) faults.push(`${name}: no ring: ${withoutRing.join(', ')}`);
    const said = await page.evaluate(() =>
      [...(document.querySelector('fitting-room')?.shadowRoot?.querySelectorAll('.quiet, [role="alert"]') ?? [])]
        .map((element) => element.textContent?.trim())
        .join(' '),
    );
    if (said.trim() !== '') heard.add(name);
    if (name === 'privacy panel') {
      await page.locator('[part~="close-button"]').focus();
      await page.keyboard.press('Escape');
      await expect(page.locator('[part~="start-button"]'), 'Escape closes the panel and keeps the focus').toBeFocused();
    }
  }
  expect(faults).toEqual([]);
  expect(
    names.filter((name) => !heard.has(name)),
    'states of which a screen reader is told nothing',
  ).toEqual(['idle', 'privacy panel']);
});

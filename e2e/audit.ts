import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright/test';

const AXE_SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Rules whose outcome depends on the size of what is shown. */
const SIZE_RULES = ['color-contrast', 'target-size', 'scrollable-region-focusable'];

/** What to audit; everything by every rule if absent. */
interface AuditOptions {
  /** CSS selector: only what is inside of the elements that match. */
  selector?: string;
  /** Only by the rules whose outcome depends on size: the others have been tried in another size. */
  isResized?: boolean;
}

/** Returns everything that axe finds on `page`: the rule and the elements that break it. */
export async function audit(
  page: Page,
  { selector = 'html', isResized = false }: AuditOptions = {},
): Promise<string[]> {
  // Evaluated by the debugger, which the page's own policy does not bind.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE_SOURCE);
  return page.evaluate(
    async ({ selector, rules }) => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      const { violations } = await axe.run(selector, {
        runOnly: rules ?? ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        resultTypes: ['violations'],
      });
      return violations.map(
        ({ id, help, nodes }) => `${id}: ${help} — ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
      );
    },
    { selector, rules: isResized ? SIZE_RULES : null },
  );
}

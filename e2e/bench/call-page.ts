import type { Page } from 'playwright';

/** A function of the page, as `callPage` calls it. */
type Method = (...args: never[]) => Promise<unknown>;

/**
 * Calls a function of a benchmark's page from Node: the method `name` of the page's `window.bench`, whose type is
 * `Api`, with `args`. Resolves to its result. JSON must be able to write arguments and result. `page`: Playwright's.
 */
export function callPage<Api extends Record<Name, Method>, Name extends keyof Api & string>(
  page: Page,
  name: Name,
  ...args: Parameters<Api[Name]>
): Promise<Awaited<ReturnType<Api[Name]>>> {
  return page.evaluate(
    ([name, args]) =>
      (window as unknown as { bench: Record<string, (...args: unknown[]) => unknown> }).bench[name](...args),
    [name, args as unknown[]] as const,
  ) as Promise<Awaited<ReturnType<Api[Name]>>>;
}

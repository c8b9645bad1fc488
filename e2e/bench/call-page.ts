import type { Page } from 'playwright';

type Method = (...given: never[]) => Promise<unknown>;

/** Calls a method of what the page put at `window.bench`. */
export function callPage<Api extends Record<Name, Method>, Name extends keyof Api & string>(
  page: Page,
  name: Name,
  ...given: Parameters<Api[Name]>
): Promise<Awaited<ReturnType<Api[Name]>>> {
  return page.evaluate(
    ([name, given]) =>
      (window as unknown as { bench: Record<string, (...given: unknown[]) => unknown> }).bench[name](...given),
    [name, given as unknown[]] as const,
  ) as Promise<Awaited<ReturnType<Api[Name]>>>;
}

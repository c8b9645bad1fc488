import type { Browser, LaunchOptions } from 'playwright/test';
import { chromium, test } from 'playwright/test';

/** Changes of the command line flags that `playwright.config.ts` sets. */
export interface LaunchChange {
  /** Flags to add to the configured ones. */
  add?: readonly string[];
  /** Configured flags to leave out. */
  without?: readonly string[];
}

/**
 * Starts, for a browser test, another Chromium with changed command line flags, because some settings (the fake
 * cameras) are fixed when the browser starts. Call it inside a test; the caller closes the browser.
 */
export function launch({ add = [], without = [] }: LaunchChange): Promise<Browser> {
  const options = test.info().project.use.launchOptions as LaunchOptions;
  return chromium.launch({
    ...options,
    args: [...(options.args ?? []).filter((flag) => !without.includes(flag)), ...add],
  });
}

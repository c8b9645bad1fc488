import type { Browser, LaunchOptions } from 'playwright/test';
import { chromium, test } from 'playwright/test';

/** A browser of its own, with further flags: a camera, for one, is chosen when the browser starts. */
export const launch = (...flags: string[]): Promise<Browser> => {
  const options = test.info().project.use.launchOptions as LaunchOptions;
  return chromium.launch({ ...options, args: [...(options.args ?? []), ...flags] });
};

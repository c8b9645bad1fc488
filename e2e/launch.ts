import type { Browser, LaunchOptions } from 'playwright/test';
import { chromium, test } from 'playwright/test';

export interface LaunchChange {
  /** Flags added to the configured ones. */
  add?: readonly string[];
  /** Configured flags to leave out. */
  without?: readonly string[];
}

/** Starts another browser, with other flags. Its cameras, for example, are settled when it starts. */
export function launch({ add = [], without = [] }: LaunchChange): Promise<Browser> {
  const options = test.info().project.use.launchOptions as LaunchOptions;
  return chromium.launch({
    ...options,
    args: [...(options.args ?? []).filter((flag) => !without.includes(flag)), ...add],
  });
}

import type { Browser, LaunchOptions } from 'playwright/test';
import { chromium, test } from 'playwright/test';

export interface LaunchChange {
  /** Flags beside the configured ones. */
  add?: readonly string[];
  /** Configured flags to leave out. */
  without?: readonly string[];
}

/** A browser of its own, by other flags: which cameras there are, for one, is settled when the browser starts. */
export function launch({ add = [], without = [] }: LaunchChange): Promise<Browser> {
  const options = test.info().project.use.launchOptions as LaunchOptions;
  return chromium.launch({
    ...options,
    args: [...(options.args ?? []).filter((flag) => !without.includes(flag)), ...add],
  });
}

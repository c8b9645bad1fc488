import { afterEach, expect, it, vi } from 'vitest';
import { createStubs, open, StubSource, settings, until } from './open-session.test-helper.ts';
import { prefersReducedMotion } from './prefers-reduced-motion.ts';

/** Whether the shopper prefers reduced motion, for `matchMedia`, which knows that one query. */
let isReduced = false;
const matchMedia = (query: string): { matches: boolean } => ({
  matches: query === '(prefers-reduced-motion: reduce)' && isReduced,
});

afterEach(() => vi.unstubAllGlobals());

it('prefersReducedMotion asks the browser, and is false where there is none', () => {
  expect(prefersReducedMotion()).toBe(false);
  vi.stubGlobal('matchMedia', matchMedia);
  for (isReduced of [true, false]) expect(prefersReducedMotion()).toBe(isReduced);
});

it('each run of a session asks anew: cloth swings or settles', async () => {
  vi.stubGlobal('matchMedia', matchMedia);
  const stubs = createStubs();
  isReduced = true;
  const { session } = open({}, stubs);
  await session.start();
  await until(() => session.state.status === 'tracking');
  expect(stubs.outfit.swings).toBe(false);
  isReduced = false;
  session.configure(settings({ source: new StubSource() }));
  await until(() => stubs.outfit.swings);
  session.dispose();
});

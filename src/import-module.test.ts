import { afterEach, describe, expect, it, vi } from 'vitest';
import { importModule } from './import-module.ts';
import { Pulse } from './pulse.ts';

const OPTIONS = { code: 'model-unreachable', what: 'The module' } as const;

/** Resolves to the message of the error, with its code in front. */
function failing(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'resolved',
    ({ code, message }: { code: string; message: string }) => `${code}: ${message}`,
  );
}

describe('importModule', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('resolves to the module', async () => {
    expect(await importModule(import('./errors.ts'), OPTIONS)).toHaveProperty('FittingError');
  });

  it('a module that cannot be had: names the way out, or the network that is missing', async () => {
    const missing = (): Promise<unknown> => importModule(import(`./missing-${Math.random()}.ts`), OPTIONS);
    expect(await failing(missing())).toBe(
      'model-unreachable: The module could not be loaded. Serve all files of the package, beside each other.',
    );
    vi.stubGlobal('navigator', { onLine: false });
    expect(await failing(missing())).toContain('The device has no network');
  });

  it('a module that does not come is given up after 20 s, but not while bytes of other files come', async () => {
    vi.useFakeTimers();
    const pulse = new Pulse();
    const settled = vi.fn();
    const never = new Promise<never>(() => undefined);
    const message = failing(importModule(never, { ...OPTIONS, pulse }));
    void message.then(settled);
    await vi.advanceTimersByTimeAsync(15_000);
    pulse.beat();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(6000);
    expect(await message).toBe('model-unreachable: The module could not be loaded: no byte has come for 20 s.');
  });
});

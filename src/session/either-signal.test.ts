import { describe, expect, it } from 'vitest';
import { eitherSignal } from './either-signal.ts';

describe('eitherSignal', () => {
  it.each([0, 1])('aborts with signal %i, with its reason, and not again with the other', (first) => {
    const controllers = [new AbortController(), new AbortController()];
    const either = eitherSignal(controllers[0].signal, controllers[1].signal);
    let count = 0;
    either.addEventListener('abort', () => count++);
    expect(either.aborted).toBe(false);
    controllers[first].abort('first');
    controllers[1 - first].abort('second');
    expect(either.reason).toBe('first');
    expect(count).toBe(1);
  });

  it.each([0, 1])('is aborted at once when signal %i is', (first) => {
    const signals = [new AbortController().signal, new AbortController().signal];
    signals[first] = AbortSignal.abort('before');
    expect(eitherSignal(signals[0], signals[1]).reason).toBe('before');
  });
});

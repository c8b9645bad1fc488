import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { tryPart } from './try-part.ts';

describe('tryPart', () => {
  const print = vi.spyOn(console, 'error').mockImplementation(() => {});
  const exitCode = process.exitCode;
  beforeEach(() => {
    print.mockClear();
    process.exitCode = undefined;
  });
  afterEach(() => {
    process.exitCode = exitCode;
  });

  it('returns the result, and prints nothing', async () => {
    expect(await tryPart('lock', async () => [0, 0])).toEqual([0, 0]);
    expect(process.exitCode).toBeUndefined();
    expect(print).not.toHaveBeenCalled();
  });

  it('makes the program end with an error, and says why in one line', async () => {
    const fail = async (): Promise<number[]> => {
      throw new Error('page.evaluate: Error: frame 3: the body is elsewhere\n    at checkBody (page.js:1:2)');
    };
    expect(await tryPart('lock', fail)).toBeNull();
    expect(process.exitCode).toBe(1);
    expect(print.mock.calls).toEqual([['lock FAILED: page.evaluate: Error: frame 3: the body is elsewhere']]);
  });
});

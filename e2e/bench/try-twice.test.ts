import { beforeEach, describe, expect, it, vi } from 'vitest';
import { tryTwice } from './try-twice.ts';

describe('tryTwice', () => {
  const print = vi.spyOn(console, 'error').mockImplementation(() => {});
  beforeEach(() => {
    print.mockClear();
  });

  it('runs once what succeeds, and mends nothing', async () => {
    const calls: string[] = [];
    const result = await tryTwice(
      'film',
      async () => calls.push('work'),
      async () => {
        calls.push('mend');
      },
    );
    expect(result).toBe(1);
    expect(calls).toEqual(['work']);
    expect(print).not.toHaveBeenCalled();
  });

  it('mends what failed, runs it once more, and says why in one line', async () => {
    const calls: string[] = [];
    const work = async (): Promise<number> => {
      if (calls.push('work') === 1) throw new Error('frame 3 was lost\n    at add (page.js:1:2)');
      return 7;
    };
    const mend = async (): Promise<void> => {
      calls.push('mend');
    };
    expect(await tryTwice('film', work, mend)).toBe(7);
    expect(calls).toEqual(['work', 'mend', 'work']);
    expect(print.mock.calls).toEqual([['film: once more, since frame 3 was lost']]);
  });

  it('rejects what fails twice', async () => {
    const fail = async (): Promise<void> => {
      throw new Error('no tracker');
    };
    await expect(tryTwice('film', fail, async () => {})).rejects.toThrow('no tracker');
  });
});

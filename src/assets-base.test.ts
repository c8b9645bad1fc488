import { describe, expect, it } from 'vitest';
import { assetsBase } from './assets-base.ts';

describe('assetsBase', () => {
  it('is the folder `assets` beside `src` while nothing is built, absolute and with a slash at its end', () => {
    expect(assetsBase()).toBe(new URL('../assets/', import.meta.url).href);
  });
});

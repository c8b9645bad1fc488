import { describe, expect, it } from 'vitest';
import { chooseSize } from './choose-size.ts';

const letters = ['XS', 'S', 'M', 'L', 'XL'];

describe('chooseSize', () => {
  for (const [wanted, expected] of [
    ['L', 'L'],
    ['l', 'L'],
    ['XXL', 'XL'],
    ['3XL', 'XL'],
    ['XXS', 'XS'],
    [null, 'M'],
    ['', 'M'],
    ['42', 'M'],
    ['one', 'M'],
  ] as const) {
    it(`letters, wanted ${wanted}: ${expected}`, () => expect(chooseSize(letters, wanted, 'M')).toBe(expected));
  }
  for (const [wanted, expected] of [
    ['38', '38'],
    ['39', '40'],
    ['50', '42'],
    ['M', '38'],
  ] as const) {
    it(`numbers, wanted ${wanted}: ${expected}`, () =>
      expect(chooseSize(['36', '38', '40', '42'], wanted, '38')).toBe(expected));
  }
  it('of two equally near sizes the larger is chosen', () => expect(chooseSize(['S', 'L'], 'M', 'S')).toBe('L'));
});

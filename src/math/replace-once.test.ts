import { expect, it } from 'vitest';
import { replaceOnce } from './replace-once.ts';

it('replaces the only occurrence, and keeps dollar signs of the replacement', () => {
  expect(replaceOnce('one two three', 'two', "$& $1 $'")).toBe("one $& $1 $' three");
});

it('throws an error with the search text if the text does not contain it', () => {
  expect(() => replaceOnce('void main() {}', '#include <common>', '')).toThrow('"#include <common>"');
  expect(() => replaceOnce('void main() {}', '', 'x')).toThrow('""');
});

it('throws an error with the search text if the text contains it twice, also overlapping', () => {
  expect(() => replaceOnce('a b a', 'a', 'c')).toThrow('"a" more than once');
  expect(() => replaceOnce('aaa', 'aa', 'c')).toThrow('"aa" more than once');
});

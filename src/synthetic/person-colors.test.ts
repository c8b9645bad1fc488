import { expect, it } from 'vitest';
import { isSkin, personColors } from './person-colors.ts';

it.each([
  ['#abc', '#aabbcc'],
  ['Tan', '#d2b48c'],
  ['rgb(210, 180, 140)', '#d2b48c'],
  ['#D2B48C', '#d2b48c'],
  ['dark', '#6b432d'],
])('a skin of %s becomes %s, to which an alpha can be appended', (skin, hex) => {
  expect(isSkin(skin)).toBe(true);
  const colors = personColors(1, skin);
  expect(colors.skin).toBe(hex);
  for (const color of Object.values(colors)) expect(color).toMatch(/^#[0-9a-f]{6}$/);
});

it('refuses what is no colour', () => {
  expect(['#abcd', 'purplish', '', 7].filter(isSkin)).toEqual([]);
});

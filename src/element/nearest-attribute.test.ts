import { describe, expect, it } from 'vitest';
import { nearestAttribute } from './nearest-attribute.ts';

const known = ['source', 'garment', 'size', 'no-mirror', 'no-controls', 'color'];

describe('nearestAttribute', () => {
  for (const [name, expected] of [
    ['sise', 'size'],
    ['sizes', 'size'],
    ['nomirror', 'no-mirror'],
    ['no_mirror', 'no-mirror'],
    ['mirror', 'no-mirror'],
    ['colour', 'color'],
    ['src', 'source'],
    ['garmnet', 'garment'],
  ]) {
    it(`${name} → ${expected}`, () => expect(nearestAttribute(name, known)).toBe(expected));
  }

  it('names an attribute even for a name that is like none', () => {
    expect(known).toContain(nearestAttribute('wobble', known));
  });

  for (const name of [
    ...known,
    ...['class', 'id', 'style', 'slot', 'part', 'hidden', 'lang', 'dir', 'title', 'role', 'tabindex'],
    ...['aria-label', 'data-size', 'onclick', '_ngcontent-abc', '@click', ':key', 'wire:model', 'v-if', 'x-data'],
  ]) {
    it(`${name} is no mistake`, () => expect(nearestAttribute(name, known)).toBe(null));
  }
});

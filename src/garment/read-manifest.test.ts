import { expect, it } from 'vitest';
import { readManifest } from './read-manifest.ts';

const good = {
  kind: 'top',
  layer: 2,
  sizes: { S: { chest: 96, length: 66 }, M: { chest: 104 }, L: {} },
  baseSize: 'M',
  fabric: { stretch: 20, weight: 180 },
};

it("reads a complete manifest unchanged, without unknown keys, sizes in the file's order", () => {
  const manifest = readManifest({ ...good, maker: 'ignored' });
  expect(manifest).toEqual(good);
  expect(Object.keys(manifest.sizes)).toEqual(['S', 'M', 'L']);
});

it('fills in the keys that may be left out', () => {
  const { kind, sizes } = good;
  expect(readManifest({ kind, sizes })).toEqual({
    kind,
    sizes,
    layer: 1,
    baseSize: 'M',
    fabric: { stretch: 15, weight: 160 },
  });
});

it('reads the flat pattern, its steps for sizes of the table alone', () => {
  const pattern = { textureMetres: 1.4, steps: { S: -1, M: 0, toString: 3, XXL: 2 } };
  expect(readManifest({ ...good, pattern }).pattern).toEqual({ textureMetres: 1.4, steps: { S: -1, M: 0 } });
});

const bad: [string, unknown, RegExp][] = [
  ['nothing', null, /not an object/],
  ['a list', [], /not an object/],
  ['a word', 'top', /not an object/],
  ['an unknown kind', { ...good, kind: 'hat' }, /kind is "hat", not one of top/],
  ['a kind that is an object', { ...good, kind: { toString: () => 'top' } }, /kind/],
  ['a layer of 0', { ...good, layer: 0 }, /layer/],
  ['a layer that is no number', { ...good, layer: NaN }, /layer/],
  ['no sizes', { ...good, sizes: {} }, /sizes is empty/],
  ['sizes in a list', { ...good, sizes: ['S'] }, /sizes is not an object/],
  [
    '101 sizes',
    { ...good, sizes: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`s${i}`, {}])) },
    /more than 100/,
  ],
  ['a size name with markup', { ...good, sizes: { '<b>': {} } }, /not a size name/],
  ['a size name of 500 letters', { ...good, sizes: { ['x'.repeat(500)]: {} } }, /not a size name/],
  ['a size called __proto__', { ...good, sizes: JSON.parse('{"__proto__": {"chest": 100}}') }, /not a size name/],
  ['a size that is a number', { ...good, sizes: { M: 104 } }, /size M is not an object/],
  ['a chest that is a string', { ...good, sizes: { M: { chest: '104' } } }, /chest of size M/],
  ['an infinite chest', { ...good, sizes: { M: { chest: Infinity } } }, /chest of size M/],
  ['a base size that is not among the sizes', { ...good, baseSize: 'XXL' }, /baseSize/],
  ['a base size called toString', { ...good, baseSize: 'toString' }, /baseSize/],
  ['a fabric that is a string', { ...good, fabric: 'wool' }, /fabric/],
  ['negative stretch', { ...good, fabric: { stretch: -1 } }, /stretch/],
  ['a pattern without steps', { ...good, pattern: { textureMetres: 1 } }, /pattern/],
  ['a texture of no size', { ...good, pattern: { textureMetres: 0, steps: {} } }, /textureMetres/],
  ['a step that is a string', { ...good, pattern: { textureMetres: 1, steps: { S: '1' } } }, /steps of size S/],
  ['cloth without weight', { ...good, fabric: { weight: 0 } }, /weight/],
];
for (const [what, input, reason] of bad) {
  it(`refuses ${what}, and says what is wrong`, () => {
    expect(() => readManifest(input)).toThrow(
      expect.objectContaining({
        code: 'garment-invalid',
        message: expect.stringMatching(new RegExp(`${reason.source}.*: correct extras.garment`)),
      }),
    );
    expect(({} as Record<string, unknown>).chest).toBeUndefined();
  });
}

it('tells all faults of a table at once, each with the value that was found', () => {
  const sizes = { S: { chest: 96 }, M: { chest: 1020 }, L: { chest: 108 } };
  expect(() => readManifest({ kind: 'shirt', sizes, baseSize: 'Medium' })).toThrow(
    /^the garment's kind is "shirt", not one of .*; chest of size M is 1020, not a number from 1 to 400 cm; baseSize is "Medium", not one of the sizes S, M, L: correct/,
  );
});

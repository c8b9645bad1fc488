import { expect, it } from 'vitest';
import { readManifest } from './read-manifest.ts';

const good = {
  kind: 'top',
  layer: 2,
  sizes: { S: { chest: 96, length: 66 }, M: { chest: 104 }, L: {} },
  baseSize: 'M',
  fabric: { stretch: 20, weight: 180 },
};

it("takes a good manifest as it is, sizes in the file's order", () => {
  const manifest = readManifest({ ...good, maker: 'ignored' });
  expect(manifest).toEqual(good);
  expect(Object.keys(manifest.sizes)).toEqual(['S', 'M', 'L']);
});

it('fills in what may be left out', () => {
  const { kind, sizes } = good;
  expect(readManifest({ kind, sizes })).toEqual({
    kind,
    sizes,
    layer: 1,
    baseSize: 'M',
    fabric: { stretch: 15, weight: 160 },
  });
});

const bad: [string, unknown, RegExp][] = [
  ['nothing', null, /not an object/],
  ['a list', [], /not an object/],
  ['a word', 'top', /not an object/],
  ['an unknown kind', { ...good, kind: 'hat' }, /kind must be one of top/],
  ['a kind that is an object', { ...good, kind: { toString: () => 'top' } }, /kind/],
  ['a layer of 0', { ...good, layer: 0 }, /layer/],
  ['a layer that is no number', { ...good, layer: NaN }, /layer/],
  ['no sizes', { ...good, sizes: {} }, /sizes is empty/],
  ['sizes in a list', { ...good, sizes: ['S'] }, /sizes is not an object/],
  [
    'a hundred and one sizes',
    { ...good, sizes: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`s${i}`, {}])) },
    /more than 100/,
  ],
  ['a size named by markup', { ...good, sizes: { '<b>': {} } }, /not a size name/],
  ['a size with a name of a book', { ...good, sizes: { ['x'.repeat(500)]: {} } }, /not a size name/],
  [
    'a size that reaches for the prototype',
    { ...good, sizes: JSON.parse('{"__proto__": {"chest": 100}}') },
    /not a size name/,
  ],
  ['a size that is a number', { ...good, sizes: { M: 104 } }, /size M is not an object/],
  ['a chest in words', { ...good, sizes: { M: { chest: '104' } } }, /chest of size M/],
  ['a chest without end', { ...good, sizes: { M: { chest: Infinity } } }, /chest of size M/],
  ['a base size that is not there', { ...good, baseSize: 'XXL' }, /baseSize/],
  ['a base size from the prototype', { ...good, baseSize: 'toString' }, /baseSize/],
  ['fabric in words', { ...good, fabric: 'wool' }, /fabric/],
  ['negative stretch', { ...good, fabric: { stretch: -1 } }, /stretch/],
  ['weightless cloth', { ...good, fabric: { weight: 0 } }, /weight/],
];
for (const [what, input, reason] of bad) {
  it(`refuses ${what}, and says why`, () => {
    expect(() => readManifest(input)).toThrow(
      expect.objectContaining({
        code: 'garment-invalid',
        message: expect.stringMatching(new RegExp(`${reason.source}.*: correct extras.garment`)),
      }),
    );
    expect(({} as Record<string, unknown>).chest).toBeUndefined();
  });
}

import { expect, it } from 'vitest';
import { readImageSize } from './read-image-size.ts';

function bytes(hex: string): ArrayBuffer {
  return Uint8Array.from(hex.replaceAll(' ', '').match(/../g)!, (pair) => parseInt(pair, 16)).buffer;
}
const headers: [string, string, string, number, number][] = [
  ['a PNG', '89504e470d0a1a0a 0000000d 49484452 00002710 00004e20 0100000000', 'image/png', 10000, 20000],
  [
    'a JPEG behind its tables and a thumbnail',
    'ffd8 ffe1 000a ffc0001108ffffff ffdb0004 0000 ff ffc4 0003 00 ffc2 0011 08 0123 0456 03',
    'image/jpeg',
    0x456,
    0x123,
  ],
  ['a lossy WebP', '52494646 00000000 57454250 56503820 00000000 300100 9d012a 4001 f000', 'image/webp', 320, 240],
  ['a lossless WebP', '52494646 00000000 57454250 5650384c 00000000 2f 3fc13b00 00', 'image/webp', 320, 240],
  [
    'an extended WebP',
    '52494646 00000000 57454250 56503858 0a000000 00000000 0f2700 1f4e00',
    'image/webp',
    10000,
    20000,
  ],
];
for (const [what, hex, type, width, height] of headers) {
  it(`reads the size of ${what}, and null when its header is cut off`, () => {
    expect(readImageSize(bytes(hex))).toEqual({ type, width, height });
    for (let length = 0; length < 20; length++) expect(readImageSize(bytes(hex).slice(0, length))).toBeNull();
  });
}

it('returns null for other formats', () => {
  expect(
    readImageSize(new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>').buffer),
  ).toBeNull();
  expect(readImageSize(new ArrayBuffer(0))).toBeNull();
  // A segment of length 0 must end the search.
  expect(readImageSize(bytes('ffd8 ffe0 0000 ffe0 0000'))).toBeNull();
});

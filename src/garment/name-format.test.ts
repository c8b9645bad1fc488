import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { nameFormat } from './name-format.ts';
import { readGlb } from './read-glb.ts';

const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text, 'latin1'));

describe('nameFormat', () => {
  it.each([
    ['packed with gzip', Uint8Array.from(gzipSync('glTF'))],
    ['a ZIP archive or USDZ', bytes('PK\x03\x04\x14\x00coat.usdc')],
    ['FBX', bytes('Kaydara FBX Binary  \x00\x1a\x00')],
    ['FBX', bytes('; FBX 7.4.0 project file')],
    ['USD', bytes('PXR-USDC\x00\x08')],
    ['a Blender file', bytes('BLENDER-v402')],
    ['OBJ', bytes('# Blender 4.2\n# www.blender.org\nmtllib coat.mtl\no coat\n')],
    ['OBJ', bytes('v 0.1 0.2 0.3\nv 0.1 0.2 0.4\n')],
    ['a web page or XML', bytes('\xef\xbb\xbf\n<!doctype html><title>Not found</title>')],
    ['empty', new Uint8Array(0)],
  ])('knows %s', (name, file) => {
    expect(nameFormat(file)?.name).toBe(name);
    expect(() => readGlb(file)).toThrow(`the file is not a GLB (binary glTF) but ${name}: `);
  });

  it('knows nothing of other bytes', () => {
    expect(nameFormat(bytes('garment'))).toBe(null);
    expect(() => readGlb(bytes('garment'))).toThrow('the file is not a GLB (binary glTF): export as');
  });
});

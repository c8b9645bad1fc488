import jsQr from 'jsqr';
import { describe, expect, it } from 'vitest';
import { qrCodePath } from './qr-code-path.ts';

/** Pixels of a module when the code is drawn to be read. */
const SCALE = 4;
const QUIET = 4;

/** Draws a path of straight horizontal and vertical edges, filled even-odd, and reads the code in it. */
function read({ path, size }: { path: string; size: number }): string | undefined {
  const side = (size + 2 * QUIET) * SCALE;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  // Each closed outline begins with `M`; its corners follow, `L` between them.
  const outlines = path
    .split('M')
    .slice(1)
    .map((text) =>
      text
        .replace('Z', '')
        .split('L')
        .map((corner) => corner.split(' ').map(Number)),
    );
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      // Edges to the right of the module's centre that its row crosses.
      let crossings = 0;
      for (const points of outlines)
        for (let i = 0; i < points.length; i++) {
          const [x0, y0] = points[i];
          const [x1, y1] = points[(i + 1) % points.length];
          if (x0 === x1 && x0 > column + 0.5 && y0 < row + 0.5 !== y1 < row + 0.5) crossings++;
        }
      if (crossings % 2 === 0) continue;
      for (let y = 0; y < SCALE; y++)
        for (let x = 0; x < SCALE; x++) {
          const at = ((row + QUIET) * SCALE + y) * side + (column + QUIET) * SCALE + x;
          pixels.fill(0, at * 4, at * 4 + 3);
        }
    }
  return jsQr(pixels, side, side)?.data;
}

describe('qrCodePath', () => {
  for (const url of ['https://shop.example/tee', new URL(`https://shop.example/größe?utm=${'x'.repeat(300)}#M`).href])
    it(`a reader finds the text in the picture: ${url.slice(0, 32)}…`, () => {
      const code = qrCodePath(url);
      expect(code && read(code)).toBe(url);
    });

  it('a text that no phone would read from a small picture has no code', () =>
    expect(qrCodePath(`https://shop.example/?${'x'.repeat(600)}`)).toBe(null));
});

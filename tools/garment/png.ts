import { deflateSync } from 'node:zlib';

/** A picture of 8 bit channels: 1 (grey) or 3 (RGB). */
export interface Raster {
  width: number;
  height: number;
  channels: 1 | 3;
  data: Uint8Array;
}

export function createRaster(width: number, height: number, channels: 1 | 3, fill = 255): Raster {
  return { width, height, channels, data: new Uint8Array(width * height * channels).fill(fill) };
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

function chunk(type: string, body: Uint8Array): Buffer {
  const out = Buffer.alloc(12 + body.length);
  out.writeUInt32BE(body.length, 0);
  out.write(type, 4, 'latin1');
  out.set(body, 8);
  let crc = 0xffffffff;
  for (let i = 4; i < 8 + body.length; i++) crc = crcTable[(crc ^ out[i]) & 255] ^ (crc >>> 8);
  out.writeUInt32BE((crc ^ 0xffffffff) >>> 0, 8 + body.length);
  return out;
}

/** Encodes as PNG (ISO/IEC 15948). Every row takes the filter whose result has the smallest sum of magnitudes, as the standard advises. */
export function encodePng({ width, height, channels, data }: Raster): Uint8Array {
  const stride = width * channels,
    raw = Buffer.alloc((stride + 1) * height);
  const tries = [0, 1, 2, 4].map(() => new Uint8Array(stride));
  for (let y = 0; y < height; y++) {
    let best = 0,
      bestSum = Infinity;
    [0, 1, 2, 4].forEach((filter, f) => {
      let sum = 0;
      for (let x = 0; x < stride; x++) {
        const left = x >= channels ? data[y * stride + x - channels] : 0,
          up = y > 0 ? data[(y - 1) * stride + x] : 0;
        const corner = x >= channels && y > 0 ? data[(y - 1) * stride + x - channels] : 0;
        const guess = filter === 0 ? 0 : filter === 1 ? left : filter === 2 ? up : paeth(left, up, corner);
        const value = (data[y * stride + x] - guess) & 255;
        tries[f][x] = value;
        sum += value < 128 ? value : 256 - value;
      }
      if (sum < bestSum) [best, bestSum] = [f, sum];
    });
    raw[y * (stride + 1)] = [0, 1, 2, 4][best];
    raw.set(tries[best], y * (stride + 1) + 1);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = channels === 1 ? 0 : 2;
  return Uint8Array.from(
    Buffer.concat([
      Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
      chunk('IHDR', header),
      chunk('IDAT', deflateSync(raw, { level: 9 })),
      chunk('IEND', new Uint8Array()),
    ]),
  );
}

function paeth(left: number, up: number, corner: number): number {
  const p = left + up - corner,
    a = Math.abs(p - left),
    b = Math.abs(p - up),
    c = Math.abs(p - corner);
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

import { deflateSync } from 'node:zlib';

/** A picture in memory, RGB 8 bit. */
export interface Picture {
  width: number;
  height: number;
  pixels: Uint8Array;
}

export function createPicture(width: number, height: number): Picture {
  return { width, height, pixels: new Uint8Array(width * height * 3).fill(236) };
}

/** What one view of a mesh needs. */
export interface View {
  /** Turn about y, degrees: 0 sees the front, 90 its left side. */
  turn: number;
  /** Metres: what stands in the middle of the tile, and the tile's height. */
  centre: readonly [number, number, number];
  height: number;
}

interface Mesh {
  positions: ArrayLike<number>;
  normals: ArrayLike<number>;
  indices: ArrayLike<number>;
}

/** Draws a mesh orthographically into a tile of the picture, lit from the upper left; z-buffered, smooth-shaded. */
export function drawMesh(
  picture: Picture,
  mesh: Mesh,
  view: View,
  left: number,
  top: number,
  width: number,
  height: number,
  wire = false,
): void {
  const depth = new Float32Array(width * height).fill(-Infinity);
  const c = Math.cos((view.turn * Math.PI) / 180);
  const s = Math.sin((view.turn * Math.PI) / 180);
  const scale = height / view.height;
  const n = mesh.positions.length / 3;
  const px = new Float32Array(n);
  const py = new Float32Array(n);
  const pz = new Float32Array(n);
  const light = new Float32Array(n);
  for (let v = 0; v < n; v++) {
    const x = mesh.positions[3 * v]! - view.centre[0];
    const y = mesh.positions[3 * v + 1]! - view.centre[1];
    const z = mesh.positions[3 * v + 2]! - view.centre[2];
    px[v] = width / 2 + (c * x - s * z) * scale;
    py[v] = height / 2 - y * scale;
    pz[v] = s * x + c * z;
    const nx = c * mesh.normals[3 * v]! - s * mesh.normals[3 * v + 2]!;
    const ny = mesh.normals[3 * v + 1]!;
    const nz = s * mesh.normals[3 * v]! + c * mesh.normals[3 * v + 2]!;
    const key = Math.max(0, -0.5 * nx + 0.6 * ny + 0.62 * nz);
    light[v] = 0.24 + 0.16 * (0.5 + 0.5 * ny) + 0.5 * key + 0.1 * Math.max(0, 0.9 * nx + 0.3 * nz);
  }
  for (let f = 0; f < mesh.indices.length; f += 3) {
    const i = mesh.indices[f]!;
    const j = mesh.indices[f + 1]!;
    const k = mesh.indices[f + 2]!;
    const area = (px[j]! - px[i]!) * (py[k]! - py[i]!) - (px[k]! - px[i]!) * (py[j]! - py[i]!);
    const back = area >= 0;
    const x0 = Math.max(0, Math.floor(Math.min(px[i]!, px[j]!, px[k]!)));
    const x1 = Math.min(width - 1, Math.ceil(Math.max(px[i]!, px[j]!, px[k]!)));
    const y0 = Math.max(0, Math.floor(Math.min(py[i]!, py[j]!, py[k]!)));
    const y1 = Math.min(height - 1, Math.ceil(Math.max(py[i]!, py[j]!, py[k]!)));
    for (let y = y0; y <= y1; y++)
      for (let x = x0; x <= x1; x++) {
        const a = ((px[j]! - x) * (py[k]! - y) - (px[k]! - x) * (py[j]! - y)) / area;
        const b = ((px[k]! - x) * (py[i]! - y) - (px[i]! - x) * (py[k]! - y)) / area;
        const g = 1 - a - b;
        if (a < 0 || b < 0 || g < 0) continue;
        const z = a * pz[i]! + b * pz[j]! + g * pz[k]!;
        if (z <= depth[y * width + x]!) continue;
        depth[y * width + x] = z;
        let l = a * light[i]! + b * light[j]! + g * light[k]!;
        if (wire && Math.min(a, b, g) < 0.06) l *= 0.6;
        const at = 3 * ((top + y) * picture.width + left + x);
        const shade = Math.min(1, l);
        // A face seen from behind is a hole in the skin: red.
        picture.pixels[at] = back ? 220 : 245 * shade;
        picture.pixels[at + 1] = back ? 30 : 236 * shade;
        picture.pixels[at + 2] = back ? 30 : 226 * shade;
      }
  }
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  let crc = 0xffffffff;
  for (const byte of body) crc = crcTable[(crc ^ byte) & 255]! ^ (crc >>> 8);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE((crc ^ 0xffffffff) >>> 0, body.length + 4);
  return out;
}

/** The picture as PNG. */
export function encodePng(picture: Picture): Buffer {
  const rows = Buffer.alloc((picture.width * 3 + 1) * picture.height);
  for (let y = 0; y < picture.height; y++)
    rows.set(
      picture.pixels.subarray(y * picture.width * 3, (y + 1) * picture.width * 3),
      y * (picture.width * 3 + 1) + 1,
    );
  const header = Buffer.alloc(13);
  header.writeUInt32BE(picture.width, 0);
  header.writeUInt32BE(picture.height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows)),
    pngChunk('IEND', new Uint8Array(0)),
  ]);
}

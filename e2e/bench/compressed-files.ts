// Sends files compressed by brotli, as shops do that compress in advance, and notes their sizes.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { Routes } from './serve-bench.ts';

/** Where compressed files are kept between runs, by the hash of their content: the runtime takes half a minute. */
const KEPT = 'e2e/output/brotli';
/** Hexadecimal digits of the hash in a kept file's name. */
const HASH_DIGITS = 24;

const TYPES: Record<string, string> = {
  js: 'text/javascript',
  cjs: 'text/javascript',
  wasm: 'application/wasm',
  glb: 'model/gltf-binary',
};

/** Resolves to a file's content after brotli of the highest quality, as servers send it that compress in advance. */
export async function compressFile(path: string): Promise<Buffer> {
  const content = await readFile(path);
  const kept = join(KEPT, `${createHash('sha256').update(content).digest('hex').slice(0, HASH_DIGITS)}.br`);
  if (existsSync(kept)) return readFile(kept);
  // Not the synchronous one: it would stop this process, which serves the page, for seconds.
  const packed = await promisify(brotliCompress)(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
  });
  await mkdir(KEPT, { recursive: true });
  await writeFile(kept, packed);
  return packed;
}

/** Sends the files of folders compressed, and notes which were asked for. */
export class CompressedFiles {
  /** Bytes after compression of the files that were asked for, by path. */
  readonly bytes = new Map<string, number>();
  readonly #packed = new Map<string, Promise<Buffer>>();

  /** Compresses a file, so that it has not to be waited for later. */
  async prepare(path: string): Promise<void> {
    await this.#pack(path);
  }

  /** A request handler for the files of `folder`. */
  serve(folder: string): Routes[string] {
    return ({ url = '' }, response) => {
      const path = join(folder, url);
      this.#pack(path).then(
        (packed) => {
          this.bytes.set(path, packed.length);
          response.setHeader('Content-Type', TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream');
          response.setHeader('Cache-Control', 'max-age=3600');
          response.writeHead(200, { 'Content-Encoding': 'br', 'Content-Length': packed.length }).end(packed);
        },
        () => response.writeHead(404).end(),
      );
    };
  }

  #pack(path: string): Promise<Buffer> {
    const packed = this.#packed.get(path) ?? compressFile(path);
    this.#packed.set(path, packed);
    return packed;
  }
}

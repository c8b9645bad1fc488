import { readFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

/**
 * Names of the kernels: loops over the pixels of pictures, written in AssemblyScript (`NAME.as.ts`) for src/tracking.
 */
export const kernels = ['sample-planes', 'lay-mask'] as const;

/** Compiles a kernel, and resolves to the bytes of its WebAssembly module. Rejects with the compiler's message. */
export async function compileKernel(name: (typeof kernels)[number]): Promise<Uint8Array> {
  const source = await readFile(new URL(`./${name}.as.ts`, import.meta.url), 'utf8');
  let bytes: Uint8Array | null = null;
  const { error, stderr } = await asc.main(
    [`${name}.ts`, '--outFile', 'kernel.wasm', '-O3', '--enable', 'simd', '--runtime', 'stub'],
    {
      readFile: (file) => (file === `${name}.ts` ? source : null),
      writeFile: (file, contents) => {
        if (file === 'kernel.wasm' && typeof contents !== 'string') bytes = contents;
      },
      listFiles: () => [],
    },
  );
  if (error || !bytes) throw new Error(`${name}.as.ts: ${stderr.toString() || String(error)}`);
  return bytes;
}

/** Returns the source text of the module that exports a kernel's WebAssembly (`bytes`) as a string in base64. */
export function kernelModule(name: string, bytes: Uint8Array): string {
  const source = `tools/kernels/${name}.as.ts`;
  return (
    `// Made by \`node tools/run.mjs tools/make-kernels.ts\` from ${source}.\n` +
    `export default '${Buffer.from(bytes).toString('base64')}';\n`
  );
}

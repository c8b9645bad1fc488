import { readFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

/** Kernels by the names of their sources, `NAME.as.ts`. */
export const kernels = ['sample-planes', 'lay-mask'] as const;

/** The WebAssembly of a kernel. Throws with the compiler's words. */
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

/** What is committed of a kernel. */
export function kernelModule(name: string, bytes: Uint8Array): string {
  return `// Made by \`node tools/run.mjs tools/make-kernels.ts\` from tools/kernels/${name}.as.ts.\nexport default '${Buffer.from(bytes).toString('base64')}';\n`;
}

import { readFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

/** The kernels: loops over many numbers, written in AssemblyScript (`NAME.as.ts`), and the folder of src that has each. */
export const kernels = {
  'sample-planes': 'tracking',
  'lay-mask': 'tracking',
  cloth: 'cloth',
  skin: 'cloth',
  surface: 'cloth',
  folds: 'cloth',
  frame: 'cloth',
  parse: 'parsing',
} as const;
type KernelName = keyof typeof kernels;
export const kernelNames = Object.keys(kernels) as KernelName[];

/** Compiles a kernel, and resolves to the bytes of its WebAssembly module. Rejects with the compiler's message. */
export async function compileKernel(name: KernelName): Promise<Uint8Array> {
  let bytes: Uint8Array | null = null;
  const { error, stderr } = await asc.main(
    [`${name}.as.ts`, '--outFile', 'kernel.wasm', '-O3', '--enable', 'simd', '--runtime', 'stub'],
    {
      // Null for a file that is not there: the compiler asks for several where an import may lead.
      readFile: (file) => readFile(new URL(file, import.meta.url), 'utf8').catch(() => null),
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

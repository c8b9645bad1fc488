// Compiles the kernels (`tools/kernels/*.as.ts`: loops over the pixels of pictures, in AssemblyScript) into modules of
// `src/tracking` that export the WebAssembly:
//   node tools/run.mjs tools/make-kernels.ts
import { writeFile } from 'node:fs/promises';
import { compileKernel, kernelModule, kernels } from './kernels/compile-kernel.ts';

for (const name of kernels) {
  const bytes = await compileKernel(name);
  const output = `src/tracking/${name}-wasm.ts`;
  await writeFile(output, kernelModule(name, bytes));
  console.log(`${output}: ${bytes.byteLength} bytes of WebAssembly`);
}

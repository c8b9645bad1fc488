// Compiles the kernels (`tools/kernels/*.as.ts`: loops over pixels and particles, in AssemblyScript) into modules of
// `src` that export the WebAssembly:
//   node tools/run.mjs tools/make-kernels.ts
import { writeFile } from 'node:fs/promises';
import { compileKernel, kernelModule, kernelNames, kernels } from './kernels/compile-kernel.ts';

for (const name of kernelNames) {
  const bytes = await compileKernel(name);
  const output = `src/${kernels[name]}/${name}-wasm.ts`;
  await writeFile(output, kernelModule(name, bytes));
  console.log(`${output}: ${bytes.byteLength} bytes of WebAssembly`);
}

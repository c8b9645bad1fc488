// Simulates cloth, four floats at a time (SIMD). AssemblyScript, compiled by `node tools/run.mjs tools/make-kernels.ts`.
// src/cloth/cloth.ts describes the method; it owns an instance of this kernel, with memory of its own, for each cloth.
export * from './cloth-hanging.as';
export * from './cloth-step.as';

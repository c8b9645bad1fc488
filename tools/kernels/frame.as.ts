// What happens to the particles of a cloth once in a frame, between the steps of its simulation. AssemblyScript, compiled
// by `node tools/run.mjs tools/make-kernels.ts`. Three parts, each for one class of src/cloth, which has an instance of
// the kernel, with memory of its own, and describes the method:
//
// frame-carry.as.ts: cloth-carrier.ts. frame-contacts.as.ts: body-contacts.ts. frame-cover.as.ts: cloth-cover.ts.
export * from './frame-carry.as';
export * from './frame-contacts.as';
export * from './frame-cover.as';

/** Matches the names of renderers and adapters that run on the CPU. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|software/i;

/** Whether a WebGL renderer or WebGPU adapter of this name runs on the CPU. An empty name counts as a GPU. */
export function isSoftware(name: string): boolean {
  return SOFTWARE.test(name);
}

/** Names of renderers and adapters that run on the CPU. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|software/i;

/** Whether a renderer or adapter of this name runs on the CPU instead of a GPU. */
export function isSoftware(name: string): boolean {
  return SOFTWARE.test(name);
}

/** What renderers and adapters that imitate a GPU on the CPU call themselves. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|software/i;

/** Whether a renderer's or adapter's name is that of an imitation. */
export function isSoftware(name: string): boolean {
  return SOFTWARE.test(name);
}

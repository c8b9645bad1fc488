import { isSoftware } from './is-software.ts';

/** An adapter is there within a blink, or a driver hangs. */
const PATIENCE_MS = 2000;

interface AdapterLike {
  isFallbackAdapter?: boolean;
  info?: { isFallbackAdapter?: boolean; vendor?: string; architecture?: string; device?: string; description?: string };
}

/** Whether an adapter is a GPU. Names that a browser keeps to itself count as one. */
function isHardware({ isFallbackAdapter, info = {} }: AdapterLike): boolean {
  return (
    !isFallbackAdapter &&
    !info.isFallbackAdapter &&
    ![info.vendor, info.architecture, info.device, info.description].some((name) => isSoftware(name ?? ''))
  );
}

/** Whether WebGPU reaches a real GPU here. Software adapters never count: the same work on plain WebAssembly is many times faster. */
export async function hasGpu(): Promise<boolean> {
  const { gpu } = globalThis.navigator as { gpu?: { requestAdapter(): Promise<AdapterLike | null> } };
  if (!gpu) return false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS, null)));
  try {
    const adapter = await Promise.race([gpu.requestAdapter(), late]);
    return adapter !== null && isHardware(adapter);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

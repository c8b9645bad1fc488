import { isSoftware } from './is-software.ts';

/** Without an answer after this time the driver hangs. */
const TIMEOUT_MS = 2000;

interface AdapterLike {
  isFallbackAdapter?: boolean;
  info?: { isFallbackAdapter?: boolean; vendor?: string; architecture?: string; device?: string; description?: string };
}

/** Whether an adapter is a real GPU. Browsers may hide the names; an adapter without names counts as a GPU. */
function isHardware({ isFallbackAdapter, info = {} }: AdapterLike): boolean {
  return (
    !isFallbackAdapter &&
    !info.isFallbackAdapter &&
    ![info.vendor, info.architecture, info.device, info.description].some((name) => isSoftware(name ?? ''))
  );
}

/** Whether WebGPU runs on a real GPU here. Software adapters do not count: plain WebAssembly is many times faster. */
export async function hasGpu(): Promise<boolean> {
  const { gpu } = globalThis.navigator as { gpu?: { requestAdapter(): Promise<AdapterLike | null> } };
  if (!gpu) return false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<null>((resolve) => (timer = setTimeout(resolve, TIMEOUT_MS, null)));
  try {
    const adapter = await Promise.race([gpu.requestAdapter(), timeout]);
    return adapter !== null && isHardware(adapter);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

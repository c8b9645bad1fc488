import { isSoftware } from './is-software.ts';

/** Time without an answer after which the driver counts as hung, ms. */
const TIMEOUT_MS = 2000;

/** What `isHardware` reads of a `GPUAdapter`; names may be empty. */
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

/**
 * Resolves to whether WebGPU runs on a real GPU in this browser; to false if there is no answer within 2 s. Software
 * adapters do not count: plain WebAssembly is many times faster. Never rejects.
 */
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

import { cpus, loadavg } from 'node:os';
import type { Browser, Page } from 'playwright';

/**
 * Returns a line about the machine of a benchmark: processor, load, WebGL, WebGPU, browser (Playwright's, with any of
 * its pages). Times can be compared only where the line agrees.
 */
export async function describeMachine(browser: Browser, page: Page): Promise<string> {
  const gpu = await page.evaluate(async () => {
    const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
    const info = gl?.getExtension('WEBGL_debug_renderer_info');
    const webgl = gl ? String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER)) : 'none';
    gl?.getExtension('WEBGL_lose_context')?.loseContext();
    const adapter = await navigator.gpu?.requestAdapter();
    const webgpu = adapter
      ? [adapter.info.vendor, adapter.info.architecture, adapter.info.description].filter(Boolean).join(' ')
      : 'none';
    return `WebGL ${webgl}; WebGPU ${webgpu}`;
  });
  const cores = cpus();
  return `${cores.length} × ${cores[0]?.model ?? 'unknown processor'} (load ${loadavg()[0].toFixed(1)}), ${gpu}, Chromium ${browser.version()}`;
}

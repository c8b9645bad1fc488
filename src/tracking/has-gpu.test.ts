import { afterEach, describe, expect, it, vi } from 'vitest';
import { hasGpu } from './has-gpu.ts';

function withGpu(gpu: unknown): void {
  vi.stubGlobal('navigator', { gpu });
}
function withAdapter(adapter: unknown): void {
  withGpu({ requestAdapter: async () => adapter });
}

describe('hasGpu', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  // Adapters as Chrome, Firefox and Safari describe them.
  for (const info of [
    { vendor: 'nvidia', architecture: 'ampere', device: '', description: '' },
    { vendor: 'apple', architecture: 'common-3' },
    { vendor: 'qualcomm', architecture: 'adreno-7xx', isFallbackAdapter: false },
    { vendor: '', architecture: '', device: '', description: '' },
    undefined,
  ]) {
    it(`is true for ${JSON.stringify(info)}`, async () => {
      withAdapter({ info });
      expect(await hasGpu()).toBe(true);
    });
  }

  for (const [name, adapter] of [
    ['SwiftShader', { info: { vendor: 'google', architecture: 'swiftshader' } }],
    ['SwiftShader by description', { info: { vendor: '', description: 'SwiftShader Device (LLVM 10.0.0)' } }],
    ['llvmpipe', { info: { vendor: 'mesa', device: 'llvmpipe (LLVM 15.0.6, 256 bits)' } }],
    ['lavapipe', { info: { description: 'Lavapipe' } }],
    ['softpipe', { info: { device: 'softpipe' } }],
    ['WARP', { info: { vendor: 'microsoft', description: 'Microsoft Basic Render Driver' } }],
    ['Apple Software Renderer', { info: { description: 'Apple Software Renderer' } }],
    ['a fallback adapter', { isFallbackAdapter: true, info: { vendor: 'nvidia' } }],
    ['a fallback adapter that says so in its info', { info: { vendor: 'nvidia', isFallbackAdapter: true } }],
    ['no adapter', null],
  ] as const) {
    it(`is false for ${name}`, async () => {
      withAdapter(adapter);
      expect(await hasGpu()).toBe(false);
    });
  }

  it('is false without WebGPU, and when the request for an adapter throws or rejects', async () => {
    withGpu(undefined);
    expect(await hasGpu()).toBe(false);
    withGpu({ requestAdapter: () => Promise.reject(new Error('on purpose')) });
    expect(await hasGpu()).toBe(false);
    withGpu({
      requestAdapter: () => {
        throw new Error('on purpose');
      },
    });
    expect(await hasGpu()).toBe(false);
  });

  it('is false after two seconds without an answer', async () => {
    vi.useFakeTimers();
    withGpu({ requestAdapter: () => new Promise(() => undefined) });
    let answer: boolean | null = null;
    void hasGpu().then((found) => (answer = found));
    await vi.advanceTimersByTimeAsync(1900);
    expect(answer).toBe(null);
    await vi.advanceTimersByTimeAsync(200);
    expect(answer).toBe(false);
  });
});

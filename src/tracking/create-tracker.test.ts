import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTracker } from './create-tracker.ts';
import type { TrackingReply, TrackingRequest } from './tracking-protocol.ts';

/** A stub of `Worker` that loads at once, unless its script is missing. */
class QuickWorker {
  static started: string[] = [];
  static missing: string[] = [];
  static requests: TrackingRequest[] = [];
  onmessage: ((event: { data: TrackingReply }) => void) | null = null;
  onerror: ((event: { message: string; preventDefault: () => void }) => void) | null = null;

  constructor(url: string) {
    const name = url.split('/').at(-1) ?? '';
    QuickWorker.started.push(name);
    setTimeout(() => {
      if (QuickWorker.missing.includes(name)) this.onerror?.({ message: '', preventDefault: () => {} });
      else this.onmessage?.({ data: { type: 'awake' } });
    });
  }

  postMessage(request: TrackingRequest): void {
    QuickWorker.requests.push(request);
    if (request.type === 'load') setTimeout(() => this.onmessage?.({ data: { type: 'loaded' } }));
  }

  terminate(): void {}
}

function withAdapter(architecture: string): void {
  return void vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => ({ info: { architecture } }) } });
}

describe('createTracker', () => {
  beforeEach(() => {
    Object.assign(QuickWorker, { started: [], missing: [], requests: [] });
    vi.stubGlobal('Worker', QuickWorker);
    vi.stubGlobal('OffscreenCanvas', class {});
    vi.stubGlobal('createImageBitmap', () => {});
    vi.stubGlobal('document', Object.assign(new EventTarget(), { baseURI: 'https://shop.example/' }));
    vi.stubGlobal('location', { origin: 'https://shop.example' });
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  for (const [architecture, engine, script] of [
    ['ampere', 'webgpu', 'tracking-worker-webgpu.js'],
    ['swiftshader', 'wasm', 'tracking-worker.js'],
  ] as const) {
    it(`auto on ${architecture} is ${engine}, and no other worker is started`, async () => {
      withAdapter(architecture);
      const tracker = await createTracker({ engine: 'auto', model: 'lite', segmentation: 'selfie' });
      await tracker.load({ assets: '/assets/' });
      expect([tracker.engine, tracker.model, QuickWorker.started]).toEqual([engine, 'lite', [script]]);
      expect(QuickWorker.requests).toEqual([
        { type: 'load', assets: 'https://shop.example/assets/', model: 'lite', segmentation: 'selfie', isWhole: false },
      ]);
      expect(console.warn).not.toHaveBeenCalled();
      tracker.close();
    });
  }

  it('when the worker of webgpu is missing, wasm is used with the same settings, with one warning', async () => {
    withAdapter('ampere');
    QuickWorker.missing = ['tracking-worker-webgpu.js'];
    const tracker = await createTracker({ engine: 'auto', model: 'auto', segmentation: 'selfie' });
    await tracker.load({ assets: '/assets/' });
    expect([tracker.engine, tracker.model]).toEqual(['wasm', 'full']);
    expect(QuickWorker.started).toEqual(['tracking-worker-webgpu.js', 'tracking-worker.js']);
    expect(QuickWorker.requests).toMatchObject([{ model: 'full', segmentation: 'selfie' }]);
    expect(console.warn).toHaveBeenCalledOnce();
    tracker.close();
  });
});

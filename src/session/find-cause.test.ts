import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FittingError, type FittingErrorCode } from '../errors.ts';
import { findCause } from './find-cause.ts';

let server: Server;
let base = '';
/** Paths that were asked for. */
let asked: string[] = [];

beforeAll(async () => {
  // Test files share a worker, and another one may have left its own `fetch`.
  vi.unstubAllGlobals();
  server = createServer(({ url = '' }, response) => {
    asked.push(url);
    response.setHeader('Content-Type', 'text/javascript');
    response.end(url.startsWith('/fallback/') ? '<!doctype html>' : 'content');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
afterEach(() => {
  vi.unstubAllGlobals();
  asked = [];
});

/** The message for an error, with its code in front. */
async function explained(code: FittingErrorCode, message: string, assets = `${base}/assets/`): Promise<string> {
  const error = await findCause(new FittingError(code, message), assets);
  return `${error.code}: ${error.message}`;
}

describe('findCause', () => {
  it('asks for the file that the message names, and adds what its server answers', async () => {
    const message = `${base}/fallback/tee.glb could not be read.`;
    expect(await explained('garment-invalid', message)).toMatch(
      /^garment-invalid: .*tee\.glb could not be read\. .*web page/,
    );
    expect(asked).toEqual(['/fallback/tee.glb']);
  });

  it('an address with parentheses is asked for whole, in parentheses too', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', (url: string) => {
      asked.push(url);
      return Promise.resolve(new Response('', { status: 404 }));
    });
    const message = 'The garment "coat" is broken (http://shop.test/coat%20(1).glb).';
    await findCause(new FittingError('garment-invalid', message), 'http://shop.test/assets/');
    vi.unstubAllGlobals();
    expect(asked).toEqual(['http://shop.test/coat%20(1).glb']);
  });

  it('asks for the mannequin when an error of the models names no file', async () => {
    expect(await explained('model-unreachable', 'No mannequin.', `${base}/fallback/`)).toMatch(
      /^model-unreachable: No mannequin\. http.*\/fallback\/mannequin\.glb: .*web page/,
    );
  });

  it('returns the error itself where every file is fine, and asks for none about a garment without address', async () => {
    const error = new FittingError('engine-failed', `${base}/worker.js failed`);
    expect(await findCause(error, `${base}/assets/`)).toBe(error);
    asked = [];
    const other = new FittingError('garment-invalid', 'no address');
    expect(await findCause(other, `${base}/fallback/`)).toBe(other);
    expect(asked).toEqual([]);
  });

  it('the address of the files is one of the disk: says that a bundler has moved the script, and requests nothing', async () => {
    const message = await explained('model-unreachable', 'No mannequin.', 'file:///home/shop/src/assets/');
    expect(message).toContain('A bundler has moved the script');
    expect(message).toContain('set the attribute `assets`');
    expect(asked).toEqual([]);
  });

  /** A document with these policies, in an iframe or not, whose permission has this state. */
  function stubPage(page: { framed?: boolean; policy?: boolean; state?: string; secure?: boolean }): void {
    const self = {};
    vi.stubGlobal('self', self);
    vi.stubGlobal('top', page.framed ? {} : self);
    vi.stubGlobal('isSecureContext', page.secure ?? true);
    vi.stubGlobal('document', page.policy === undefined ? {} : { featurePolicy: { allowsFeature: () => page.policy } });
    vi.stubGlobal('navigator', { permissions: { query: async () => ({ state: page.state ?? 'prompt' }) } });
  }

  for (const [name, code, page, meaning] of [
    ['an iframe', 'camera-denied', { framed: true, policy: false }, /<iframe allow="camera"/],
    ['a header', 'camera-denied', { policy: false }, /Permissions-Policy forbids.*camera=\(self\)/],
    ['blocked before', 'camera-denied', { policy: true, state: 'denied' }, /has blocked the camera/],
    ['refused now', 'camera-denied', { policy: true }, /has not allowed/],
    ['an iframe where the policy is unknown', 'camera-denied', { framed: true }, /has refused, or the iframe/],
    ['the browser of an app', 'insecure-context', { secure: true }, /browser of an app/],
    ['a page without https', 'insecure-context', { secure: false }, /No camera\.$/],
    ['no camera', 'camera-missing', {}, /No camera\.$/],
  ] as const)
    it(`${code}, ${name}: ${meaning.source}`, async () => {
      stubPage(page);
      expect(await explained(code, 'No camera.')).toMatch(meaning);
    });
});

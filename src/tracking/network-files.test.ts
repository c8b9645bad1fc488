import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FileFault } from './file-fault.ts';
import { compileModel } from './network-files.ts';

const content = new Uint8Array([1, 2, 3]);

describe('compileModel', () => {
  beforeAll(() => vi.stubGlobal('MODEL_HASHES', { 'x.tflite': createHash('sha256').update(content).digest('hex') }));
  afterAll(() => void vi.unstubAllGlobals());

  /** The error where LiteRT throws `cause` for a file of these bytes. */
  const failWith = async (bytes: Uint8Array<ArrayBuffer>, cause: Error): Promise<unknown> =>
    compileModel(Promise.resolve({ url: '/runtime/x.tflite', bytes }), () => Promise.reject(cause)).catch(
      (error: unknown) => error,
    );

  it('resolves to what is made of the bytes', async () => {
    const file = Promise.resolve({ url: '/runtime/x.tflite', bytes: content });
    expect(await compileModel(file, async (bytes) => bytes.length)).toBe(3);
  });

  it('a file with other content is at fault, for every engine', async () => {
    const fault = await failWith(new Uint8Array([1, 2, 4]), new Error('no FlatBuffer'));
    expect(fault).toBeInstanceOf(FileFault);
    expect(fault).toMatchObject({ code: 'model-unreachable', isShared: true });
    expect(String(fault)).toMatch(/\/runtime\/x\.tflite is not the model of this version.*fitting-room verify/);
  });

  it('with the published file the engine is at fault: the message names both, the cause stays', async () => {
    const cause = new WebAssembly.RuntimeError('unreachable');
    expect(await failWith(content, cause)).toMatchObject({
      code: 'engine-failed',
      message: '/runtime/x.tflite cannot be run: unreachable',
      cause,
    });
  });
});

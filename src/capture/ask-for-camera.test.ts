import { afterEach, describe, expect, it, vi } from 'vitest';
import { FittingError } from '../errors.ts';
import { askForCamera } from './ask-for-camera.ts';
import { installStream } from './stub-browser.test-helper.ts';

afterEach(() => vi.unstubAllGlobals());

function stubCamera(
  getUserMedia: (constraints: MediaStreamConstraints) => Promise<MediaStream>,
  isSecureContext = true,
): void {
  vi.stubGlobal('isSecureContext', isSecureContext);
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
  vi.stubGlobal('innerWidth', 400);
  vi.stubGlobal('innerHeight', 800);
}

function codeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'opened',
    (error: unknown) => (error instanceof FittingError ? error.code : error),
  );
}

describe('askForCamera', () => {
  for (const [name, code] of [
    ['NotAllowedError', 'camera-denied'],
    ['SecurityError', 'camera-denied'],
    ['NotFoundError', 'camera-missing'],
    ['OverconstrainedError', 'camera-missing'],
    ['NotReadableError', 'camera-busy'],
    ['AbortError', 'camera-busy'],
  ]) {
    it(`${name} of the browser is ${code}`, async () => {
      stubCamera(() => Promise.reject(new DOMException('no', name)));
      expect(await codeOf(askForCamera('user'))).toBe(code);
    });
  }

  it('an insecure page, or one without media devices, is insecure-context, and the shopper is not asked', async () => {
    const getUserMedia = vi.fn();
    stubCamera(getUserMedia, false);
    expect(await codeOf(askForCamera('user'))).toBe('insecure-context');
    stubCamera(getUserMedia);
    vi.stubGlobal('navigator', {});
    expect(await codeOf(askForCamera('user'))).toBe('insecure-context');
    expect(getUserMedia).not.toHaveBeenCalled();
  });

  it('asks for the facing and for 720p, in portrait on a portrait screen', async () => {
    const { stream } = installStream();
    const getUserMedia = vi.fn(async (_constraints: MediaStreamConstraints) => stream);
    stubCamera(getUserMedia);
    expect(await askForCamera('environment')).toBe(stream);
    expect(getUserMedia.mock.calls[0][0]).toEqual({
      audio: false,
      video: {
        facingMode: { ideal: 'environment' },
        width: { ideal: 720 },
        height: { ideal: 1280 },
        frameRate: { ideal: 30 },
      },
    });
  });
});

import { describe, expect, it, vi } from 'vitest';
import { CameraLease } from './camera-lease.ts';

/** A stream of one track, which records whether it was stopped. */
function createStream(): { stream: MediaStream; track: { stopped: boolean } } {
  const track = { stopped: false, stop: () => void (track.stopped = true) };
  return { stream: { getTracks: () => [track] } as unknown as MediaStream, track };
}

/** A lease whose browser gives a new stream each time; `answer` lets it answer by hand. */
function createLease(ask?: () => Promise<MediaStream>) {
  const given: ReturnType<typeof createStream>[] = [];
  const abort = new AbortController();
  const hooks = { onAsk: vi.fn(), onOpen: vi.fn() };
  const give = async (): Promise<MediaStream> => {
    given.push(createStream());
    return given[given.length - 1].stream;
  };
  const lease = new CameraLease({ facing: 'user', signal: abort.signal, ...hooks, ask: ask ?? give });
  return { lease, given, abort, ...hooks };
}

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1));

describe('CameraLease', () => {
  it('asks once, however often it is opened, and stops the camera when the start ends', async () => {
    const { lease, given, abort, onAsk, onOpen } = createLease();
    const streams = await Promise.all([lease.open(), lease.open()]);
    expect(streams).toEqual([given[0].stream, given[0].stream]);
    expect(lease.stream).toBe(given[0].stream);
    expect([onAsk, onOpen].map((hook) => hook.mock.calls.length)).toEqual([1, 1]);
    abort.abort();
    expect(given[0].track.stopped).toBe(true);
    expect(lease.stream).toBe(null);
  });

  it('while it is released nobody is asked; a camera that ran before is opened again on resume', async () => {
    const { lease, given, onAsk } = createLease();
    const released = vi.fn();
    lease.onRelease = released;
    await lease.open();
    lease.release();
    expect(given[0].track.stopped).toBe(true);
    expect(released).toHaveBeenCalledOnce();
    const opened = lease.open();
    await soon();
    expect(onAsk).toHaveBeenCalledOnce();
    lease.resume();
    expect(await opened).toBe(given[1].stream);
    lease.release();
    lease.resume();
    await soon();
    expect(lease.stream).toBe(given[2].stream);
  });

  it('a camera that is allowed while it is released is stopped, and asked for again on resume', async () => {
    const answers: ((stream: MediaStream) => void)[] = [];
    const { lease } = createLease(() => new Promise((resolve) => answers.push(resolve)));
    const opened = lease.open();
    await soon();
    lease.release();
    const [late, next] = [createStream(), createStream()];
    answers[0](late.stream);
    await soon();
    expect(late.track.stopped).toBe(true);
    expect(answers.length).toBe(1);
    lease.resume();
    await soon();
    answers[1](next.stream);
    expect(await opened).toBe(next.stream);
    expect(next.track.stopped).toBe(false);
  });

  it('a camera that is allowed after the end of the start is stopped', async () => {
    let answer = (_stream: MediaStream): void => {};
    const { lease, abort } = createLease(() => new Promise((resolve) => (answer = resolve)));
    const opened = lease.open();
    await soon();
    abort.abort(new Error('on purpose'));
    await expect(opened).rejects.toThrow('on purpose');
    const late = createStream();
    answer(late.stream);
    await soon();
    expect(late.track.stopped).toBe(true);
    await expect(lease.open()).rejects.toThrow();
  });

  it('after a refusal it asks again', async () => {
    let isAllowed = false;
    const { stream } = createStream();
    const { lease } = createLease(() => (isAllowed ? Promise.resolve(stream) : Promise.reject(new Error('no'))));
    await expect(lease.open()).rejects.toThrow('no');
    isAllowed = true;
    expect(await lease.open()).toBe(stream);
  });
});

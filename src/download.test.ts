import { describe, expect, it, vi } from 'vitest';
import { countBytes, readBytes, totalBytes } from './download.ts';

/** A stream of three pieces of 2, 3 and 4 bytes, each filled with its own number. */
function createPieces(onCancel = (): void => {}): ReadableStream<Uint8Array<ArrayBuffer>> {
  let piece = 0;
  return new ReadableStream({
    pull(controller) {
      if (piece === 3) controller.close();
      else controller.enqueue(new Uint8Array(piece++ + 2).fill(piece));
    },
    cancel: onCancel,
  });
}

describe('download', () => {
  it('countBytes reports every piece and hands on every byte, in order', async () => {
    const reports: number[][] = [];
    const counted = countBytes(createPieces(), (...report) => reports.push(report));
    expect([...(await readBytes(counted))]).toEqual([1, 1, 2, 2, 2, 3, 3, 3, 3]);
    expect(reports).toEqual([
      [2, 2],
      [5, 3],
      [9, 4],
    ]);
  });

  it('an error that the callback throws reaches the reader as it is, and the download is cancelled', async () => {
    const onCancel = vi.fn();
    const tooMuch = new Error('too much');
    const counted = countBytes(createPieces(onCancel), (loaded) => {
      if (loaded > 4) throw tooMuch;
    });
    await expect(readBytes(counted)).rejects.toBe(tooMuch);
    await vi.waitFor(() => expect(onCancel).toHaveBeenCalledOnce());
  });

  it('totalBytes is the content length, and 0 where that is missing or counts packed bytes', () => {
    const total = (headers: Record<string, string>): number => totalBytes(new Response(null, { headers }));
    expect(total({ 'content-length': '123' })).toBe(123);
    expect(total({})).toBe(0);
    expect(total({ 'content-length': '123', 'content-encoding': 'gzip' })).toBe(0);
  });
});

import type { FittingRoom, Frame, FrameSource } from '../../src/index.ts';

export interface ShowOptions {
  /** Number of frames at the start of the source that are left out: the room does not get them. */
  from?: number;
  /** Numbers of the frames, from 0 in the source, for which `onFrame` is called. The run ends after the largest. */
  show: readonly number[];
}

/**
 * Starts `room` with `source`, one frame at a time. When a frame of `show` is drawn, it calls `onFrame` with the
 * frame's number and gives the room no other frame until that resolves, so that `onFrame` can take snapshots of it.
 * `source` must not be live; the room closes it. Resolves after the last frame of `show`; rejects with the room's first
 * error.
 */
export function showFrames(
  room: FittingRoom,
  source: FrameSource,
  { from = 0, show }: ShowOptions,
  onFrame: (index: number) => Promise<void>,
): Promise<void> {
  const listening = new AbortController();
  return new Promise<void>((resolve, reject) => {
    let index = -1;
    const last = Math.max(...show);
    let drawn: () => void = () => {};
    const wait = (): Promise<void> => new Promise((done) => (drawn = done));
    let pending: Promise<void> | null = null;
    const { signal } = listening;
    room.addEventListener('track', () => drawn(), { signal });
    room.addEventListener(
      'fitting-error',
      (event) => reject(new Error((event as CustomEvent<{ message: string }>).detail.message)),
      { signal },
    );
    room.source = {
      get width() {
        return source.width;
      },
      get height() {
        return source.height;
      },
      live: false,
      async next(target: Frame) {
        await pending;
        for (; index + 1 < from; index++) (await source.next(target))?.image?.close();
        if (index >= last) {
          resolve();
          return null;
        }
        const frame = await source.next(target);
        index++;
        const now = index;
        // The room asks for the next frame while this one is tracked; `next` waits until it is drawn and shown.
        pending = wait().then(() => (show.includes(now) ? onFrame(now) : undefined));
        pending.catch(reject);
        return frame;
      },
      close: () => source.close(),
    };
    void room.start();
  }).finally(() => listening.abort());
}

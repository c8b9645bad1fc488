import type { FittingRoom, Frame, FrameSource } from '../../src/index.ts';

export interface ShowOptions {
  /** Number of frames of the source that are skipped first. */
  from?: number;
  /** Which frames, by their number in the source, are shown to `onFrame`, in order. */
  show: readonly number[];
}

/**
 * Runs `room` through `source`, one frame at a time, and calls `onFrame` after each frame of `show`. The next frame is given
 * when `onFrame` has resolved, so that the room still shows the frame meanwhile. Resolves after the last of `show`.
 */
export function showFrames(
  room: FittingRoom,
  source: FrameSource,
  { from = 0, show }: ShowOptions,
  onFrame: (index: number) => Promise<void>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let index = -1;
    const last = Math.max(...show);
    let drawn: () => void = () => {};
    const wait = (): Promise<void> => new Promise((done) => (drawn = done));
    let pending: Promise<void> | null = null;
    room.addEventListener('track', () => drawn());
    room.addEventListener('fitting-error', (event) =>
      reject(new Error((event as CustomEvent<{ message: string }>).detail.message)),
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
        // One frame at a time: the next is asked for while this one is still on its way.
        pending = wait().then(() => (show.includes(now) ? onFrame(now) : undefined));
        pending.catch(reject);
        return frame;
      },
      close: () => source.close(),
    };
    void room.start();
  });
}

import type { FittingRoom, Frame, FrameSource } from '../../src/index.ts';

/** Which frames of a source are used. Frames are numbered from 0 in the source. */
export interface ShowOptions {
  /** Number of the first frame that the room gets; the frames before it are read and dropped. Default 0. */
  from?: number;
  /**
   * Numbers of the frames for which `onFrame` is called; at least one. Numbers below `from` are ignored. The room gets
   * no frame after the largest number.
   */
  show: readonly number[];
}

/**
 * Starts `room` (a `<fitting-room>`) with the frames of `source`, and calls `onFrame` with the number of each frame of
 * `show` while that frame is on the room's canvas. The room gets no further frame until the promise of `onFrame`
 * resolves, so `onFrame` can take snapshots of the frame. `source` must not be live; the room closes it.
 *
 * Resolves after `onFrame` for the last frame of `show`. Rejects with the room's first error, with the error of
 * `onFrame`, and when `source` ends before the last frame of `show`.
 */
export function showFrames(
  room: FittingRoom,
  source: FrameSource,
  { from = 0, show }: ShowOptions,
  onFrame: (index: number) => Promise<void>,
): Promise<void> {
  const listening = new AbortController();
  return new Promise<void>((resolve, reject) => {
    /** Number of the frame that was read last. */
    let index = -1;
    const last = Math.max(...show);
    let resolveDrawn: () => void = () => {};
    const untilDrawn = (): Promise<void> => new Promise((done) => (resolveDrawn = done));
    /** Resolves when the frame that the room got last is drawn and `onFrame` is done with it. */
    let handled: Promise<void> | null = null;
    const { signal } = listening;
    // The room sends `track` after it has drawn a frame.
    room.addEventListener('track', () => resolveDrawn(), { signal });
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
        // The room asks for a frame while it still tracks the frame before. It gets none until `onFrame` is done.
        await handled;
        for (; index + 1 < from; index++) (await source.next(target))?.image?.close();
        if (index >= last) {
          resolve();
          return null;
        }
        const frame = await source.next(target);
        if (frame === null) {
          reject(new Error(`the source ended before frame ${last}`));
          return null;
        }
        index++;
        const given = index;
        handled = untilDrawn().then(() => (show.includes(given) ? onFrame(given) : undefined));
        handled.catch(reject);
        return frame;
      },
      close: () => source.close(),
    };
    room.start().catch(reject);
  }).finally(() => listening.abort());
}

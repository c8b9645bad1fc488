import { createFrame, type Frame, type FrameSource } from '../../../src/capture/frame-source.ts';
import { createTrackedFrame } from '../../../src/tracking/create-tracked-frame.ts';
import type { Tracker } from '../../../src/tracking/tracker.ts';
import type { ClipRecorder } from './clip-recorder.ts';

/**
 * Resets the loaded `tracker`, tracks all frames of `source`, records them in `recorder`, and closes the source. While
 * a frame is tracked, the next is filmed. `truthOf` returns the true joints of the frame with the given number: x, y
 * and z of each, in the order of `jointNames`, camera space (+x right, +y up, −z away), metres.
 */
export async function filmFrames(
  source: FrameSource,
  tracker: Tracker,
  recorder: ClipRecorder,
  truthOf: (frame: number) => readonly (readonly number[])[],
): Promise<void> {
  tracker.reset();
  const slots = [createFrame(), createFrame()];
  const tracked = createTrackedFrame();
  let next: Promise<Frame | null> = source.next(slots[0]);
  for (let i = 0; ; i++) {
    const frame = await next;
    if (!frame) break;
    const tracking = tracker.track(frame, tracked);
    next = source.next(slots[(i + 1) % 2]);
    await tracking;
    await recorder.add(frame, tracked, truthOf(i));
    frame.image?.close();
    frame.image = null;
  }
  source.close();
}

import { createFrame, type Frame, type FrameSource } from '../capture/frame-source.ts';
import { createTrackedFrame, type TrackedFrame, type Tracker } from '../tracking/tracker.ts';

/** A frame on its way, with what was found in it and when (`performance.now()`). */
export interface FrameSlot {
  readonly frame: Frame;
  readonly tracked: TrackedFrame;
  receivedAt: number;
  sentAt: number;
  trackedAt: number;
}

export interface FrameLoop {
  source: FrameSource;
  tracker: Tracker;
  signal: AbortSignal;
  /** Awaited before a frame is shown: the pause. */
  gate: () => Promise<void> | undefined;
  /** Solves, fits and draws: at the end the picture is on the canvas, and its image is closed. */
  show: (slot: FrameSlot) => void;
}

const createSlot = (): FrameSlot => ({ frame: createFrame(), tracked: createTrackedFrame(), receivedAt: 0, sentAt: 0, trackedAt: 0 });

/**
 * Pulls, tracks and shows frames until the source ends or `signal` aborts. While frame n is solved and drawn here, n + 1 is
 * with the tracker; what is drawn is always the very frame that was tracked. A live source is asked when the tracker is
 * free, so that it gives the newest; another is asked ahead, since nothing of it gets old.
 *
 * Rejects with what source, tracker or `show` threw. By the end the source and every image are closed.
 */
export async function runFrames({ source, tracker, signal, gate, show }: FrameLoop): Promise<void> {
  const slots = [createSlot(), createSlot()];
  const breath = new Breath();
  const track = async (asked: Promise<Frame | null>, slot: FrameSlot): Promise<boolean> => {
    if (!(await asked) || signal.aborted) return false;
    slot.receivedAt = slot.sentAt = performance.now();
    await tracker.track(slot.frame, slot.tracked);
    slot.trackedAt = performance.now();
    return true;
  };
  let asked = source.next(slots[0].frame);
  let ahead: Promise<Frame | null> | null = null;
  let sent = track(asked, slots[0]);
  try {
    for (let number = 0; ; number++) {
      const slot = slots[number % 2];
      const other = slots[(number + 1) % 2];
      ahead = source.live ? null : askAfter(asked, source, other.frame);
      // Awaited below; until then a failure is not unhandled.
      ahead?.catch(ignore);
      if (!(await sent) || signal.aborted) return;
      asked = ahead ?? source.next(other.frame);
      sent = track(asked, other);
      sent.catch(ignore);
      // Lets frame n + 1 leave for the tracker before frame n is drawn, and the page have its turn.
      await breath.take();
      await gate();
      if (signal.aborted) return;
      slot.tracked.frame = number;
      slot.tracked.timeMs = slot.frame.timeMs;
      slot.tracked.width = slot.frame.width;
      slot.tracked.height = slot.frame.height;
      show(slot);
      closeImage(slot.frame);
    }
  } finally {
    breath.close();
    // Ends a `next` that would wait for a picture yet.
    source.close();
    await Promise.allSettled([asked, ahead, sent]);
    for (const slot of slots) closeImage(slot.frame);
  }
}

async function askAfter(asked: Promise<Frame | null>, source: FrameSource, target: Frame): Promise<Frame | null> {
  return (await asked) ? source.next(target) : null;
}

function closeImage(frame: Frame): void {
  frame.image?.close();
  frame.image = null;
}

function ignore(): void {}

/** A turn of the event loop without the 4 ms that `setTimeout` comes to cost. */
class Breath {
  readonly #channel = new MessageChannel();
  #resolve: (() => void) | null = null;

  constructor() {
    this.#channel.port1.onmessage = () => this.#resolve?.();
  }

  take(): Promise<void> {
    return new Promise((resolve) => {
      this.#resolve = resolve;
      this.#channel.port2.postMessage(null);
    });
  }

  close(): void {
    this.#channel.port1.close();
  }
}

import { createFrame, type Frame, type FrameSource } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import { EventLoopTurns } from '../math/yield-to-event-loop.ts';
import { createTrackedFrame } from '../tracking/create-tracked-frame.ts';
import type { TrackedFrame, Tracker, TrackOutcome } from '../tracking/tracker.ts';
import { abortable } from './abortable.ts';
import { SourceReader } from './source-reader.ts';

/**
 * A frame on its way, with what was found in it, and when it went to the tracker and came back (`performance.now()`).
 */
export interface FrameSlot {
  readonly frame: Frame;
  readonly tracked: TrackedFrame;
  sentAt: number;
  trackedAt: number;
}

export interface FrameLoop {
  source: FrameSource;
  /** Answers in bounded time (see `watchTracker`). */
  tracker: Tracker;
  signal: AbortSignal;
  /** Awaited before a frame is shown: the pause. */
  gate: () => Promise<void> | undefined;
  /** Solves, fits and draws: at the end the picture is on the canvas, and its image is closed. */
  show: (slot: FrameSlot) => void;
  /** The tracker still holds a frame when the loop is over: it cannot be used again. */
  onTrackerStuck: () => void;
}

/** How long the end waits for what is still under way. */
const END_PATIENCE_MS = 1000;

function createSlot(): FrameSlot {
  return { frame: createFrame(), tracked: createTrackedFrame(), sentAt: 0, trackedAt: 0 };
}

/**
 * Pulls, tracks and shows frames until the source ends or `signal` aborts. While frame n is solved and drawn here, n +
 * 1 is with the tracker; what is drawn is always the very frame that was tracked. A live source is asked when the
 * tracker is free, so that it gives the newest; another is asked ahead, since nothing of it gets old. A frame that was
 * lost with a failed engine is passed over.
 *
 * Resolves to the number of frames shown; rejects with what source, tracker or `show` threw. By the end the source and
 * every image are closed; what does not answer within a second is closed when it does.
 */
export async function runFrames({ source, tracker, signal, gate, show, onTrackerStuck }: FrameLoop): Promise<number> {
  if (signal.aborted) return 0;
  const slots = [createSlot(), createSlot()];
  const turns = new EventLoopTurns();
  let isTracking = false;
  let shown = 0;
  const track = async (asked: Promise<Frame | null>, slot: FrameSlot): Promise<TrackOutcome | 'ended'> => {
    if (!(await asked) || signal.aborted) return 'ended';
    let outcome: Awaited<ReturnType<Tracker['track']>>;
    slot.sentAt = performance.now();
    isTracking = true;
    try {
      outcome = await tracker.track(slot.frame, slot.tracked);
    } finally {
      isTracking = false;
    }
    slot.trackedAt = performance.now();
    if (outcome === 'lost') return outcome;
    if (slot.frame.image) return 'tracked';
    throw new FittingError(
      'engine-failed',
      "The tracker kept the frame's image: track() must put it back into frame.image, or resolve to 'lost'.",
    );
  };
  const reader = new SourceReader(source);
  let asked = reader.next(slots[0].frame);
  let ahead: Promise<Frame | null> | null = null;
  let sent = track(asked, slots[0]);
  try {
    for (let turn = 0; ; turn++) {
      const slot = slots[turn % 2];
      const other = slots[(turn + 1) % 2];
      ahead = source.live ? null : askAfter(asked, reader, other.frame);
      // Awaited below; until then a failure is not unhandled.
      ahead?.catch(ignore);
      const outcome = await abortable(sent, signal);
      if (outcome === 'ended' || signal.aborted) return shown;
      asked = ahead ?? reader.next(other.frame);
      sent = track(asked, other);
      sent.catch(ignore);
      // Lets frame n + 1 leave for the tracker before frame n is drawn, and the page have its turn.
      await turns.next();
      await gate();
      if (signal.aborted) return shown;
      if (outcome === 'lost') continue;
      slot.tracked.frame = shown++;
      slot.tracked.timeMs = slot.frame.timeMs;
      slot.tracked.width = slot.frame.width;
      slot.tracked.height = slot.frame.height;
      show(slot);
      closeImage(slot.frame);
    }
  } catch (cause) {
    if (signal.aborted) return shown;
    throw cause;
  } finally {
    turns.close();
    // Ends a `next` that would wait for a picture yet.
    reader.close();
    const settled = Promise.allSettled([asked, ahead, sent]).then(() => {
      for (const slot of slots) closeImage(slot.frame);
    });
    await Promise.race([settled, wait(END_PATIENCE_MS)]);
    if (isTracking) onTrackerStuck();
  }
}

async function askAfter(asked: Promise<Frame | null>, reader: SourceReader, target: Frame): Promise<Frame | null> {
  return (await asked) ? reader.next(target) : null;
}

function closeImage(frame: Frame): void {
  frame.image?.close();
  frame.image = null;
}

function ignore(): void {}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

// The frame loop: reads, tracks and shows the frames of a source. Frame n + 1 is tracked while frame n is solved and
// drawn. Two slots take turns, so every picture is drawn with the result of its own tracking. For each frame n:
//
// 1. if the source is not live, ask for frame n + 1 already; its frames do not get old;
// 2. wait until frame n is tracked;
// 3. if the source is live, ask for frame n + 1 only now, so that it is the newest; send it to the tracker;
// 4. yield to the event loop, and wait while the session is paused;
// 5. show frame n and close its image; skip it when it was lost with a failed engine.
import { createFrame, type Frame, type FrameSource } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import { EventLoopTurns } from '../math/yield-to-event-loop.ts';
import { createTrackedFrame } from '../tracking/create-tracked-frame.ts';
import type { TrackedFrame, Tracker, TrackOutcome } from '../tracking/tracker.ts';
import { abortable } from './abortable.ts';
import { SourceReader } from './source-reader.ts';
import { wait } from './wait.ts';

/** A frame, what was found in it, and when it was sent to the tracker and came back (`performance.now()`, ms). */
export interface FrameSlot {
  readonly frame: Frame;
  readonly tracked: TrackedFrame;
  sentAtMs: number;
  trackedAtMs: number;
}

/** Inputs of `runFrames`. */
export interface FrameLoop {
  /** Gives the frames. Closed by the loop when it ends. */
  source: FrameSource;
  /** Finds the person in each frame. Must answer every frame in bounded time (see `watchTracker`). */
  tracker: Tracker;
  /** Ends the loop when it aborts. */
  signal: AbortSignal;
  /** Awaited before each frame is shown; pending while the session is paused. */
  gate: () => Promise<void> | undefined;
  /** Solves, fits and draws the frame. When it returns, or its promise resolves, the picture is on the canvas and the loop closes the image. */
  show: (slot: FrameSlot) => Promise<void> | undefined;
  /** Called when the tracker still holds a frame after the end of the loop: it cannot be used again. */
  onTrackerStuck: () => void;
}

/** How long the end of the loop waits for pending answers of source and tracker. */
const END_PATIENCE_MS = 1000;

function createSlot(): FrameSlot {
  return { frame: createFrame(), tracked: createTrackedFrame(), sentAtMs: 0, trackedAtMs: 0 };
}

/**
 * Plays `source` until it ends or `signal` aborts. Resolves to the number of frames shown; rejects with the error of
 * source, tracker or `show`. At the end it closes the source and all images. An image that arrives later than
 * `END_PATIENCE_MS` is closed when it arrives.
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
    slot.sentAtMs = performance.now();
    isTracking = true;
    try {
      outcome = await tracker.track(slot.frame, slot.tracked);
    } finally {
      isTracking = false;
    }
    slot.trackedAtMs = performance.now();
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
    for (let n = 0; ; n++) {
      const slot = slots[n % 2];
      const nextSlot = slots[(n + 1) % 2];
      ahead = source.live ? null : askAfter(asked, reader, nextSlot.frame);
      // Awaited below; this handler keeps a rejection until then from being reported as unhandled.
      ahead?.catch(ignore);
      const outcome = await abortable(sent, signal);
      if (outcome === 'ended' || signal.aborted) return shown;
      asked = ahead ?? reader.next(nextSlot.frame);
      sent = track(asked, nextSlot);
      sent.catch(ignore);
      // Frame n + 1 is posted to the worker before frame n is drawn, and the page handles its events.
      await turns.next();
      await gate();
      if (signal.aborted) return shown;
      if (outcome === 'lost') continue;
      slot.tracked.frame = shown++;
      slot.tracked.timeMs = slot.frame.timeMs;
      slot.tracked.width = slot.frame.width;
      slot.tracked.height = slot.frame.height;
      const pending = show(slot);
      if (pending) await pending;
      closeImage(slot.frame);
    }
  } catch (cause) {
    if (signal.aborted) return shown;
    throw cause;
  } finally {
    turns.close();
    // A `next` that still waits for a picture ends when the source is closed.
    reader.close();
    const settled = Promise.allSettled([asked, ahead, sent]).then(() => {
      for (const slot of slots) closeImage(slot.frame);
    });
    await Promise.race([settled, wait(END_PATIENCE_MS)]);
    if (isTracking) onTrackerStuck();
  }
}

/** Asks for the next frame once the one before has arrived; null when the source has ended. */
async function askAfter(asked: Promise<Frame | null>, reader: SourceReader, target: Frame): Promise<Frame | null> {
  return (await asked) ? reader.next(target) : null;
}

function closeImage(frame: Frame): void {
  frame.image?.close();
  frame.image = null;
}

function ignore(): void {}

import { afterEach, beforeEach, expect, vi } from 'vitest';
import type { Frame } from '../capture/frame-source.ts';
import { createTrackedFrame } from './create-tracked-frame.ts';
import { createFailoverTracker } from './failover-tracker.ts';
import { type Behaviour, StubTracker } from './stub-tracker.test-helper.ts';
import type { ConcreteEngine, Tracker } from './tracker.ts';

/** A failover tracker on stubs, and what a test does with it and reads of it. */
interface OpenFailover {
  tracker: Tracker;
  /** Trackers made so far, in order, and for each whether it uses LiteRT's whole file. */
  made: StubTracker[];
  wholes: boolean[];
  /** Tracks a frame of the time `timeMs`, and checks that the outcome tells whether its image is back. */
  track: (timeMs: number) => Promise<Frame>;
  load: () => Promise<void>;
  /** Engines of `made`, separated by spaces. */
  names: () => string;
}

/**
 * Creates a failover tracker on stubs. `engines`: in order of preference. `loading`: behaviour of each stub on load, in
 * the order in which they are made; further stubs work.
 */
export function openFailover(engines: readonly ConcreteEngine[], loading: Behaviour[] = []): OpenFailover {
  const made: StubTracker[] = [];
  const wholes: boolean[] = [];
  const tracker = createFailoverTracker({
    engines,
    model: 'full',
    create: async (engine, model, isWhole) => {
      const stub = new StubTracker(engine, model);
      stub.loading = loading[made.length] ?? 'work';
      made.push(stub);
      wholes.push(isWhole);
      return stub;
    },
  });
  const target = createTrackedFrame();
  const track = async (timeMs: number): Promise<Frame> => {
    const frame: Frame = { image: { close: () => {} } as ImageBitmap, width: 4, height: 3, timeMs };
    const outcome = await tracker.track(frame, target);
    expect(outcome).toBe(frame.image ? 'tracked' : 'lost');
    return frame;
  };
  return {
    tracker,
    made,
    wholes,
    track,
    load: () => tracker.load({ assets: '/assets/' }),
    names: () => made.map(({ engine }) => engine).join(' '),
  };
}

/** Checks that every tracker except the last is closed. */
export function expectOneOpen(made: StubTracker[]): void {
  expect(made.filter(({ closed }) => !closed)).toEqual(made.slice(-1));
}

/**
 * Silences and records `console.warn` in each test of the current `describe`; returns a reader of the warnings so far.
 */
export function recordWarnings(): () => string[] {
  let warn: ReturnType<typeof vi.spyOn>;
  beforeEach(() => {
    warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  });
  afterEach(() => {
    warn.mockRestore();
    vi.useRealTimers();
  });
  return () => warn.mock.calls.map(([text]: unknown[]) => String(text));
}

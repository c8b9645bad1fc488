// Sessions of stubs, for tests in Node: stand-ins for source, tracker, stage and garments, which record what is done
// with them. `open` creates a session of them; `createStubs` creates the parts, which a test may change before.
import { expect, vi } from 'vitest';
import { createPosedBody } from '../body/create-posed-body.ts';
import type { Frame, FrameSource } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import type { Tracker } from '../tracking/tracker.ts';
import { watchPageTracker } from '../tracking/watch-page-tracker.ts';
import { createRun } from './fitting-run.ts';
import { FittingSession } from './fitting-session.ts';
import type { Stages } from './load-stages.ts';
import type { SessionHooks } from './session-hooks.ts';
import type { FittingSettings } from './settings.ts';
import type { FrameSolverOptions } from './solve-frame.ts';
import type { FittingStatus } from './state.ts';
import { createWardrobe } from './wardrobe.ts';

/** A stand-in for an `ImageBitmap` of 4 × 3 pixels; records whether it was closed. */
export class Picture {
  readonly width = 4;
  readonly height = 3;
  closed = false;
  close(): void {
    this.closed = true;
  }
}

/**
 * A source of `count` images of 4 × 3 pixels, one in 33 ms of its own time. It is not live. It records the images that
 * it gave, and whether it was closed.
 */
export class StubSource implements FrameSource {
  readonly width = 4;
  readonly height = 3;
  readonly live = false;
  closed = false;
  given = 0;
  readonly pictures: Picture[] = [];
  readonly #count: number;
  constructor(count = Infinity) {
    this.#count = count;
  }
  async next(target: Frame): Promise<Frame | null> {
    if (this.closed || this.given >= this.#count) return null;
    const picture = new Picture();
    this.pictures.push(picture);
    target.image = picture as unknown as ImageBitmap;
    target.width = 4;
    target.height = 3;
    target.timeMs = this.given++ * 33;
    return target;
  }
  close(): void {
    this.closed = true;
  }
}

/**
 * Creates a tracker that finds a person (score 1) in the frames for which `found` is true, else none (score 0). Records
 * the number of its loads, the times of the frames sent, and whether it was closed.
 */
export function createStubTracker(
  found: (timeMs: number) => boolean = () => true,
): Tracker & { closed: boolean; loads: number; sent: number[] } {
  return {
    engine: 'wasm',
    model: 'full',
    closed: false,
    loads: 0,
    sent: [],
    async load({ onProgress }) {
      this.loads++;
      onProgress?.(50, 100);
      onProgress?.(100, 100);
    },
    async track(frame, target) {
      this.sent.push(frame.timeMs);
      const { image } = frame;
      frame.image = null;
      await Promise.resolve();
      frame.image = image;
      target.score = found(frame.timeMs) ? 1 : 0;
    },
    reset() {},
    close() {
      this.closed = true;
    },
  };
}

/**
 * Creates a loaded garment from `url` in sizes S, M (its base) and L and the colours ecru and olive, without geometry;
 * the higher its `layer`, the further out it is worn.
 */
export function garment(url: string, layer = 1): object {
  return {
    url,
    manifest: {
      kind: 'top',
      layer,
      sizes: { S: {}, M: {}, L: {} },
      baseSize: 'M',
      fabric: { stretch: 5, weight: 200 },
    },
    parts: [],
    colors: ['ecru', 'olive'],
    warnings: [],
    dispose: vi.fn(),
  };
}

/**
 * Creates stand-ins for all parts that a session uses, and `drawn`, the record of drawn frames: their times, their
 * numbers, and whether each was drawn with its own open image. Garment files whose URL contains `broken` fail to load.
 * A test may replace members before the start.
 */
export function createStubs() {
  const drawn: { timeMs: number; frame: number; open: boolean }[] = [];
  const stage = {
    canvas: {} as HTMLCanvasElement,
    worn: [] as readonly { id: string; size: string; color: string | null }[],
    redraws: 0,
    scale: NaN,
    hidesOwnClothes: null as boolean | null,
    setOwnClothes(isHidden: boolean) {
      this.hidesOwnClothes = isHidden;
    },
    setScale(scale: number) {
      this.scale = scale;
    },
    wear(worn: readonly { id: string; size: string; color: string | null }[]) {
      this.worn = worn;
    },
    draw(frame: Frame, tracked: { frame: number; timeMs: number }) {
      drawn.push({
        timeMs: tracked.timeMs,
        frame: tracked.frame,
        open: frame.timeMs === tracked.timeMs && frame.image !== null && !(frame.image as unknown as Picture).closed,
      });
    },
    redraw() {
      this.redraws++;
    },
    snapshot: async () => new Blob(),
    prepare: async () => {},
    forgets: 0,
    forget() {
      this.forgets++;
    },
    onContextChange: null as ((lost: boolean) => void) | null,
    disposed: false,
    dispose() {
      this.disposed = true;
    },
  };
  const outfit = {
    hangs: true,
    swings: true,
    prepare: async () => {},
    wear() {},
    fit() {},
    *settle() {},
    startAnew() {},
  };
  const tracker = createStubTracker();
  const stages = {
    createFrameSolver: ({ garments }: Pick<FrameSolverOptions, 'garments'>) => ({
      body: {
        solve: (tracked: { score: number }, target: { found: boolean }) => {
          target.found = tracked.score > 0;
        },
        setStature: vi.fn(),
        reset: vi.fn(),
      },
      garments,
      isLive: false,
      previousTimeMs: NaN,
    }),
    checkWebAssembly() {},
    createPosedBody,
    createTracker: async (_choice?: { model: string }): Promise<Tracker> => tracker,
    watchPageTracker,
    createRun,
    createWardrobe,
    createStage: () => stage,
    loadMannequin: async () => ({}),
    createOutfit: () => outfit,
    loadGarment: async (url: string) => {
      if (url.includes('broken')) throw new FittingError('garment-invalid', `${url}: broken`);
      return garment(url, url.includes('coat') ? 3 : 1);
    },
    createGarmentFit: () => ({ positions: [], normals: [], version: 0 }),
    openAnySource: async ({ source }: { source: unknown }): Promise<FrameSource> => source as FrameSource,
  };
  const askForCamera = async (): Promise<MediaStream> => ({ getTracks: () => [] }) as unknown as MediaStream;
  return { stages, stage, outfit, tracker, drawn, askForCamera };
}

/** Creates a request for the garment with this id; `more` replaces colour, size or URL. */
export function request(id: string, more: object = {}) {
  return { id, src: `https://shop.test/${id}.glb`, color: null, size: null, ...more };
}

/** Creates settings with one garment (`tee`) and a stub source; `change` replaces any of them. */
export function settings(change: Partial<FittingSettings> = {}): FittingSettings {
  const garments = change.garments ?? [request('tee')];
  return {
    source: new StubSource(),
    facing: 'user',
    engine: 'auto',
    model: 'auto',
    segmentation: 'pose',
    tracker: null,
    assets: 'https://shop.test/assets/',
    stature: null,
    ownClothes: 'hide',
    garments,
    garmentUrls: new Set(garments.map(({ src }) => src)),
    ...change,
  };
}

/** Creates a session of stubs, not started, and the records of what it reports: statuses, error codes, loaded bytes. */
export function open(change: Partial<FittingSettings> = {}, stubs = createStubs()) {
  const statuses: FittingStatus[] = [];
  const errors: string[] = [];
  const bytes: number[] = [];
  const hooks: SessionHooks = {
    onChange: () => {
      if (statuses.at(-1) !== session.state.status) statuses.push(session.state.status);
    },
    onTrack: vi.fn(),
    onError: ({ code }) => errors.push(code),
    onProgress: (loaded) => bytes.push(loaded),
  };
  const session: FittingSession = new FittingSession(settings(change), hooks, {
    load: async () => stubs.stages as unknown as Stages,
    askForCamera: () => stubs.askForCamera(),
  });
  return { session, statuses, errors, bytes, hooks, ...stubs };
}

/** Resolves when `condition` holds; rejects after 2 s. */
export function until(condition: () => boolean): Promise<void> {
  return vi.waitFor(() => expect(condition()).toBe(true), { timeout: 2000, interval: 2 });
}

/**
 * Shows a source of frames in a room (a `<fitting-room>`) and measures what the room draws:
 *
 * 1. `watch` wraps the source: limits the number and the width of its frames, and counts them;
 * 2. the room draws each frame and reports it by a `track` event;
 * 3. at each event, record the frame's time and score, and take snapshots for the coverage and the contact sheet;
 * 4. end when all frames that the source gave are drawn, or 10 s after the source's end.
 */
import type { FittingRoom, Frame, FrameMetrics, FrameSource, SnapshotOptions } from '../../src/index.ts';
import type { ContactSheetOptions } from './contact-sheet.ts';
import { ContactSheet } from './contact-sheet.ts';
import type { GarmentCoverage } from './garment-coverage.ts';
import { garmentCoverage } from './garment-coverage.ts';

/** How much of the source is shown, and what is measured. */
export interface RunOptions {
  /** Maximum number of frames; absent: until the source ends. */
  frames?: number;
  /** Wider frames are scaled down to this width, pixels, because drawing in software takes time for every pixel. */
  width?: number;
  /** Measures the garment in every `measureEvery`th frame, from the first on; default 1. It costs two more drawings. */
  measureEvery?: number;
  /**
   * Draws every `every`th frame onto a contact sheet laid out by `options`, up to `total` frames; `layers` as in
   * `snapshot()`, else `scene`.
   */
  sheet?: { options: ContactSheetOptions; every: number; total: number; layers?: SnapshotOptions['layers'] };
}

/** Measurements of a run of a source through a room. */
export interface RunResult {
  /**
   * One record for each `track` event, in order: number of the frame from 0, its time (milliseconds of the source), and
   * probability 0..1 of a person in it.
   */
  frames: { frame: number; timeMs: number; score: number }[];
  /** Where the garment is drawn in each measured frame, with the frame's number. */
  coverages: (GarmentCoverage & { frame: number })[];
  /** Number of frames that the source gave. */
  given: number;
  /** The room's metrics after the last frame. */
  metrics: FrameMetrics | null;
  /** PNG, or null when no sheet was asked for. */
  sheet: Blob | null;
}

/**
 * Maximum wait for the last drawings after the source has ended, milliseconds. The room reads the next frame before it
 * has drawn the previous ones, so it meets the end early. Frames that are not drawn in time are missing in `frames`.
 */
const LAST_DRAW_MS = 10_000;

/** Scales the image of `frame` down to `width` pixels, and closes the old image. A narrower image stays as it is. */
async function shrink(frame: Frame, width: number): Promise<void> {
  const { image } = frame;
  if (image === null || frame.width <= width) return;
  const smaller = await createImageBitmap(image, {
    resizeWidth: width,
    resizeHeight: Math.round((frame.height * width) / frame.width),
    resizeQuality: 'high',
  });
  image.close();
  frame.image = smaller;
  frame.width = smaller.width;
  frame.height = smaller.height;
}

/**
 * Wraps `source`: its frames are at most `width` pixels wide, it ends after `limit` frames at the latest, and it calls
 * `onEnd` then. Widths are pixels. `given` counts the frames so far. The wrapper's `width` and `height` are those of
 * `source`, not scaled down.
 */
function watch(source: FrameSource, limit: number, width: number, onEnd: () => void): FrameSource & { given: number } {
  return {
    given: 0,
    get width() {
      return source.width;
    },
    get height() {
      return source.height;
    },
    live: source.live,
    async next(target: Frame) {
      const frame = this.given < limit ? await source.next(target) : null;
      if (frame === null) onEnd();
      else {
        await shrink(frame, width);
        this.given++;
      }
      return frame;
    },
    close: () => source.close(),
  };
}

/**
 * Starts `room` with `source` and measures the garment in the frames that it draws. The room must be in the document;
 * it closes the source. Resolves when the last frame is measured, or, if frames are missing, `LAST_DRAW_MS` after the
 * source's end; rejects with the room's first error.
 */
export async function runSource(
  room: FittingRoom,
  source: FrameSource,
  { frames = Infinity, width = Infinity, measureEvery = 1, sheet }: RunOptions = {},
): Promise<RunResult> {
  const result: RunResult = { frames: [], coverages: [], given: 0, metrics: null, sheet: null };
  const paper = sheet ? new ContactSheet(sheet.total, sheet.options) : null;
  let placed = 0;
  const listening = new AbortController();
  const { signal } = listening;
  let pending = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    let drawn = 0;
    const watched = watch(source, frames, width, () => {
      result.given = watched.given;
      if (drawn === watched.given) resolve();
      else setTimeout(resolve, LAST_DRAW_MS);
    });
    const onTrack = (): void => {
      const { tracked } = room;
      if (tracked === null) {
        reject(new Error('a track event without a tracked frame'));
        return;
      }
      const { timeMs, score } = tracked;
      // The room's own numbers go on from one source to the next.
      const frame = drawn;
      result.frames.push({ frame, timeMs, score });
      const landmarks = tracked.landmarks.map((landmark) => ({ ...landmark }));
      const garment = frame % measureEvery === 0 ? room.snapshot({ layers: 'garment' }) : null;
      const onSheet = sheet && frame % sheet.every === 0 && placed < sheet.total;
      const picture = onSheet ? room.snapshot({ layers: sheet.layers ?? 'scene' }) : null;
      if (onSheet) placed++;
      pending = pending.then(async () => {
        if (garment !== null) result.coverages.push({ frame, ...(await garmentCoverage(await garment, landmarks)) });
        if (picture !== null) await paper?.add(await picture, `frame ${frame}`);
      });
      pending.catch(reject);
      drawn++;
      if (drawn === result.given) resolve();
    };
    const onError = (event: Event): void => {
      const { code, message } = (event as CustomEvent<{ code: string; message: string }>).detail;
      reject(new Error(`${code}: ${message}`));
    };
    room.addEventListener('track', onTrack, { signal });
    room.addEventListener('fitting-error', onError, { signal });
    room.source = watched;
    void room.start();
  }).finally(() => listening.abort());
  await pending;
  result.metrics = room.metrics;
  if (paper !== null) result.sheet = await paper.toPng();
  return result;
}

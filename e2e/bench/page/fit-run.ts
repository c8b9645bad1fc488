import type { Body, FittingRoom, Frame, FrameSource, PersonMask, TrackedFrame, Tracker } from '../../../src/index.ts';
import { halfHeightAtUnitDistance } from '../../../src/math/half-height-at-unit-distance.ts';
import { jointNames } from '../judge-fit.ts';
import { compareMasks, type MaskAgreement } from './compare-masks.ts';
import { jointBones } from './fit-person.ts';
import type { FitSheet } from './fit-sheet.ts';
import { copyTracked } from './fit-tracker.ts';
import { readAlpha } from './read-alpha.ts';

/** What a room showed in one frame. */
export interface SeenFit {
  frame: number;
  timeMs: number;
  /** By `jointNames`, camera space, metres; null while nobody is found. */
  joints: [number, number, number][] | null;
  /** The garment's anchor, the middle of the neck and the shoulder joints, in pixels; null while nobody is found. */
  anchorPx: [number, number] | null;
  /** Between the shoulder joints, pixels. */
  shoulderPx: number;
  /** The body's measures as pages read them, centimetres. */
  measures: Record<string, number> | null;
  /** The drawn garment against the true one, where that is known. */
  agreement: MaskAgreement | null;
}

export interface FitRun {
  frames: SeenFit[];
  /** What the tracker found, frame by frame. */
  tracked: TrackedFrame[];
}

export interface FitRunOptions {
  source: FrameSource;
  tracker: Tracker;
  garment: string;
  size?: string;
  /** Centimetres. */
  stature: number;
  /** Until this frame the garment is off: the body is learned without it, and drawing it takes most of the time. */
  wearFrom?: number;
  /** The true pixels of the garment in a frame, or null where it is not to be compared. */
  expect?: (frame: number, timeMs: number) => PersonMask | null;
  sheet?: FitSheet | null;
  /** Called in the handler of each `track` event. */
  onTrack?: (room: FittingRoom) => void;
}

/** The last frame is drawn a while after the source has ended: frames overlap. */
const LAST_DRAW_MS = 10_000;

function project([x, y, z]: readonly number[], { fovYDegrees, width, height }: Body['camera']): [number, number] {
  const focal = height / 2 / halfHeightAtUnitDistance(fovYDegrees);
  return [width / 2 + (focal * x) / -z, height / 2 - (focal * y) / -z];
}

function readBody({ joints, camera, shape }: Body): Pick<SeenFit, 'joints' | 'anchorPx' | 'shoulderPx' | 'measures'> {
  const anchors = (['neck', 'leftUpperArm', 'rightUpperArm'] as const).map((bone) => project(joints[bone], camera));
  const [, left, right] = anchors;
  return {
    joints: jointNames.map((name) => [...joints[jointBones[name]]]),
    anchorPx: [0, 1].map((k) => anchors.reduce((sum, at) => sum + at[k] / 3, 0)) as [number, number],
    shoulderPx: Math.hypot(left[0] - right[0], left[1] - right[1]),
    measures: shape,
  };
}

const nobody = { joints: null, anchorPx: null, shoulderPx: 0, measures: null };

/** Puts the room's garment on, which it has loaded before, and waits until it is. */
async function wear(room: FittingRoom): Promise<void> {
  room.garment = 'worn';
  while (room.state.size === null) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Hands on `source`, after `before`, and tells when it has ended. */
function watch(
  source: FrameSource,
  before: (frame: number) => Promise<void> | null,
  onEnd: () => void,
): FrameSource & { given: number } {
  return {
    given: 0,
    width: source.width,
    height: source.height,
    live: false,
    async next(target: Frame) {
      await before(this.given);
      const frame = await source.next(target);
      if (frame === null) onEnd();
      else this.given++;
      return frame;
    },
    close: () => source.close(),
  };
}

/** Runs a room of its own through all frames of `source` and measures the garment and the body in each. Rejects with what the room reports. */
export async function runFit({
  source,
  tracker,
  garment,
  size,
  stature,
  expect,
  wearFrom = 0,
  sheet,
  onTrack,
}: FitRunOptions): Promise<FitRun> {
  const room = document.createElement('fitting-room');
  const worn = document.createElement('fitting-garment');
  for (const [name, value] of Object.entries({ id: 'worn', src: garment, label: 'Worn', ...(size && { size }) }))
    worn.setAttribute(name, value);
  room.append(worn);
  for (const [name, value] of Object.entries({ assets: '/assets/', model: 'full', 'no-controls': '' }))
    room.setAttribute(name, value);
  room.stature = stature;
  const run: FitRun = { frames: [], tracked: [] };
  let pending = Promise.resolve();
  try {
    await new Promise<void>((resolve, reject) => {
      let total = Infinity;
      const watched = watch(
        source,
        (frame) => (frame > 0 && frame === wearFrom ? wear(room) : null),
        () => {
          total = watched.given;
          if (run.frames.length === total) resolve();
          else setTimeout(resolve, LAST_DRAW_MS);
        },
      );
      room.tracker = tracker;
      room.addEventListener('track', () => {
        const { tracked, body } = room;
        if (tracked === null) return reject(new Error('a track event without a tracked frame'));
        const { frame, timeMs } = tracked;
        run.tracked.push(copyTracked(tracked));
        const seen: SeenFit = { frame, timeMs, ...(body ? readBody(body) : nobody), agreement: null };
        run.frames.push(seen);
        if (frame === 0 && wearFrom > 0) room.garment = 'nothing';
        onTrack?.(room);
        const expected = expect?.(frame, timeMs) ?? null;
        if (expected) {
          const drawn = room.snapshot({ layers: 'garment' });
          const scene = sheet?.wants(frame) ? room.snapshot() : null;
          pending = pending.then(async () => {
            const picture = await createImageBitmap(await drawn);
            const mask = readAlpha(picture, expected.width, expected.height);
            picture.close();
            seen.agreement = compareMasks(mask, expected);
            if (scene && sheet) await sheet.add(await scene, mask, expected, frame, seen.agreement.iou);
          });
          pending.catch(reject);
        }
        if (run.frames.length === total) resolve();
      });
      room.addEventListener('fitting-error', (event) => {
        const { code, message } = (event as CustomEvent<{ code: string; message: string }>).detail;
        reject(new Error(`${code}: ${message}`));
      });
      room.source = watched;
      document.body.append(room);
      void room.start();
    });
    await pending;
    const { trackingMs, bodyMs, renderMs, fps } = room.metrics;
    console.info(
      `bench: ${run.frames.length} frames at ${fps.toFixed(1)} fps; medians: tracking ${trackingMs.toFixed(0)} ms, body ${bodyMs.toFixed(2)} ms, drawing ${renderMs.toFixed(0)} ms; since load ${(performance.now() / 1000).toFixed(0)} s`,
    );
  } finally {
    room.remove();
  }
  return run;
}

// Films the mannequin (the project's synthetic person) for tests of the tracker: a source of frames with their true
// landmarks.
// 1. Without a rotation of the phone it is a `MannequinSource` that begins at a given time.
// 2. With one, the mannequin is drawn into a square, and each frame is a rotated rectangle of it (`turnFilm`).
import type { Frame } from '../../src/capture/frame-source.ts';
import type { MannequinSourceOptions, MannequinTruth } from '../../src/synthetic/mannequin-source.ts';
import { createMannequinTruth, MannequinSource } from '../../src/synthetic/mannequin-source.ts';
import type { KnowingSource } from './track-source.ts';

/**
 * The scene that is filmed: the mannequin's body, clothes, motion, light and camera, as options of `MannequinSource`.
 */
export type FilmScene = Omit<MannequinSourceOptions, 'assets' | 'fps' | 'frames'>;

/** The size of the frames of a phone, and its rotation. */
interface Hold {
  /** Size of the frames, pixels. */
  width: number;
  height: number;
  /**
   * Clockwise rotation of the phone about the viewing axis, degrees. The scene is rotated anticlockwise in its frames.
   */
  degrees: number;
}

/**
 * A rotation of the phone during the film. At `atMs` the frames change to the size of `hold`; from `atMs` to `atMs +
 * withinMs` the phone rotates at constant speed from 0 to `hold.degrees`. Milliseconds of the mannequin's clock.
 */
interface PhoneTurn {
  atMs: number;
  withinMs: number;
  hold: Hold;
}

/** The part of a film that the source gives. */
export interface FilmOptions {
  /** Time of the first frame, and the end of the last, milliseconds of the mannequin's clock. */
  fromMs: number;
  toMs: number;
  /** Frames per second of the mannequin's clock. */
  fps: number;
  /** Absent: the phone is upright and still. */
  turn?: PhoneTurn;
}

/** Angle of view over the longer side of the frames, degrees: that of the mannequin's default camera. */
const LENS_DEGREES = 42;
/** Degrees in a radian. */
const RADIAN = 180 / Math.PI;

/** A truth to write landmarks to, without a mask: a mask would be drawn and read back for each frame. */
function createLandmarkTruth(): MannequinTruth {
  return { ...createMannequinTruth(), personMask: null };
}

/**
 * Creates a source of frames of the mannequin, which also gives the true landmarks of each frame. The frames are small
 * (240 × 320 pixels unless `scene.camera` sets another size), because they are drawn in software. It is not live, so it
 * drops no frame. The caller closes it.
 */
export function filmMannequin(scene: FilmScene, { fromMs, toMs, fps, turn }: FilmOptions): KnowingSource {
  const { width = 240, height = 320 } = scene.camera ?? {};
  const options = { ...scene, assets: '/assets/', fps, frames: Math.round((toMs * fps) / 1000) };
  const truth = createLandmarkTruth();
  if (turn) return turnFilm(options, { width, height, degrees: 0 }, fromMs, turn);
  const source = new MannequinSource({ ...options, camera: { ...scene.camera, width, height } });
  source.seek(fromMs);
  return Object.assign(source, { landmarksAt: (timeMs: number) => source.truth(timeMs, truth).landmarks });
}

/**
 * Creates the source for a phone that rotates during the film, from `upright` to `turn.hold`; the first frame is at
 * `fromMs`. The mannequin is drawn into a square image, wide enough for every rotation. Each frame is a rotated
 * rectangle of that square, so size and rotation of the frames may change at any time. `LENS_DEGREES` spans the longer
 * side of the frames.
 */
function turnFilm(options: MannequinSourceOptions, upright: Hold, fromMs: number, turn: PhoneTurn): KnowingSource {
  const holdAt = (timeMs: number): Hold => {
    if (timeMs < turn.atMs) return upright;
    const share = turn.withinMs > 0 ? Math.min(1, (timeMs - turn.atMs) / turn.withinMs) : 1;
    return { ...turn.hold, degrees: share * turn.hold.degrees };
  };
  const longSide = Math.max(upright.width, upright.height);
  /** Frame pixels per pixel of the square. */
  const scaleOf = (hold: Hold): number => Math.max(hold.width, hold.height) / longSide;
  // The diagonal of the frame: at any rotation its corners stay within the square.
  const side = Math.ceil(
    Math.max(...[upright, turn.hold].map((hold) => Math.hypot(hold.width, hold.height) / scaleOf(hold))),
  );
  const fovYDegrees = 2 * RADIAN * Math.atan((Math.tan(LENS_DEGREES / 2 / RADIAN) * side) / longSide);
  const square = new MannequinSource({
    ...options,
    camera: { ...options.camera, width: side, height: side, fovYDegrees },
  });
  square.seek(fromMs);
  const truth = createLandmarkTruth();
  let { width, height } = holdAt(fromMs);
  const canvas = new OffscreenCanvas(width, height);
  return {
    get width() {
      return width;
    },
    get height() {
      return height;
    },
    live: false,
    async next(target: Frame) {
      const frame = await square.next(target);
      if (!frame?.image) return null;
      const hold = holdAt(frame.timeMs);
      ({ width, height } = hold);
      Object.assign(canvas, { width, height });
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no 2D canvas to turn frames on');
      context.translate(width / 2, height / 2);
      context.rotate(-hold.degrees / RADIAN);
      context.scale(scaleOf(hold), scaleOf(hold));
      context.drawImage(frame.image, -side / 2, -side / 2);
      frame.image.close();
      return Object.assign(frame, { image: canvas.transferToImageBitmap(), width, height });
    },
    landmarksAt(timeMs: number) {
      const { landmarks } = square.truth(timeMs, truth);
      const hold = holdAt(timeMs);
      const cos = scaleOf(hold) * Math.cos(-hold.degrees / RADIAN);
      const sin = scaleOf(hold) * Math.sin(-hold.degrees / RADIAN);
      for (let i = 0; i < landmarks.length; i += 3) {
        const x = (landmarks[i] - 0.5) * side;
        const y = (landmarks[i + 1] - 0.5) * side;
        landmarks[i] = 0.5 + (cos * x - sin * y) / hold.width;
        landmarks[i + 1] = 0.5 + (sin * x + cos * y) / hold.height;
        landmarks[i + 2] =
          landmarks[i] >= 0 && landmarks[i] <= 1 && landmarks[i + 1] >= 0 && landmarks[i + 1] <= 1 ? 1 : 0;
      }
      return landmarks;
    },
    close: () => square.close(),
  };
}

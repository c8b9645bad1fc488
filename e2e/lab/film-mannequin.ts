import type { Frame } from '../../src/capture/frame-source.ts';
import type { MannequinSourceOptions, MannequinTruth } from '../../src/synthetic/mannequin-source.ts';
import { createMannequinTruth, MannequinSource } from '../../src/synthetic/mannequin-source.ts';
import type { KnowingSource } from './track-source.ts';

/** The mannequin's scene: clothes, shape, motion, light, camera. */
export type FilmScene = Omit<MannequinSourceOptions, 'assets' | 'fps' | 'frames'>;

/** Size and direction of a phone's frames. */
interface Hold {
  /** Pixels of the frames. */
  width: number;
  height: number;
  /** Clockwise turn of the phone, degrees: the world turns the other way in its frames. */
  degrees: number;
}

/** A change to another hold: the frames' size changes at `atMs`, and the phone turns evenly within `withinMs`. */
interface PhoneTurn {
  atMs: number;
  withinMs: number;
  hold: Hold;
}

/** Section, frame rate and hold of a film. */
export interface FilmOptions {
  /** On the mannequin's own clock. */
  fromMs: number;
  toMs: number;
  fps: number;
  /** Without it the phone is held upright and still. */
  turn?: PhoneTurn;
}

/** Angle of view of the mannequin's camera across the longer side of its frames. */
const LENS_DEGREES = 42;
const RADIAN = 180 / Math.PI;

/** A target for the truth without its mask, which would be drawn and read back for each frame. */
function createLandmarkTruth(): MannequinTruth {
  return { ...createMannequinTruth(), personMask: null };
}

/** Films the mannequin in few pixels. Returns a source that also gives the true landmarks. */
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
 * Films with a phone that is turned: cuts each frame from one square, wide picture, so that size and direction of the frames
 * may change at any time. The lens's angle of view spans the frames' longer side.
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
  // As long as a frame's diagonal, so that a turned frame lies within the square.
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

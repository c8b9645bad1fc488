// Tracks films of the mannequin (the project's synthetic person) for the tests that lose and find a person, and judges
// where the tracker found the person in each frame.
import type { JSHandle } from 'playwright/test';
import type { Tracker } from '../src/index.ts';
import { expect, keepPicture, bareTest as test } from './fixtures.ts';
import type { TrackError } from './lab/compare-track.ts';
import type { FilmOptions, FilmScene } from './lab/film-mannequin.ts';

/**
 * Largest distance of found from true hips and shoulders of an undisturbed person, as a share of the torso's length.
 * The lite model errs most in profile, where it places hips up to 0.16 too low.
 */
export const NEAR = 0.17;
/** Hips farther from the true ones than this belong to another person, or to none. Share of the torso's length. */
const ASTRAY = 0.5;
/** What is filmed: the mannequin's scene, and times (ms), frames a second, and rotation of the phone. */
export interface Film extends FilmOptions {
  /** Body, clothes, motion, light and camera. */
  scene: FilmScene;
}

/**
 * Films the mannequin in the page of `engine` (a loaded tracker of that page), tracks every frame with it, and leaves a
 * contact sheet `losing-<name>.png`. Resolves to the errors of each frame: distances as shares of the torso's length.
 */
export async function trackFilm(engine: JSHandle<Tracker>, name: string, film: Film): Promise<TrackError[]> {
  const { errors, sheet } = await engine.evaluate(async (engine, { scene, ...options }) => {
    const { compareTrack, filmMannequin, trackOntoSheet, toBase64 } = window.lab;
    const frames = ((options.toMs - options.fromMs) * options.fps) / 1000;
    const { seen, sheet } = await trackOntoSheet(filmMannequin(scene, options), engine, {
      frames,
      every: Math.ceil(frames / 8),
    });
    return { errors: compareTrack(seen), sheet: await toBase64(sheet) };
  }, film);
  await keepPicture(`losing-${name}.png`, sheet);
  // A film that ended early would pass the checks of its later frames.
  expect(errors.length).toBe(Math.round((film.toMs * film.fps) / 1000) - Math.ceil((film.fromMs * film.fps) / 1000));
  const figures = errors
    .filter(isAway)
    .map(
      ({ timeMs, found, hips, shoulders }) =>
        `${timeMs / 1000} s ${found ? `${hips.toFixed(2)} ${shoulders.toFixed(2)}` : 'lost'}`,
    );
  test.info().annotations.push({
    type: 'figures',
    description: `${errors.length} frames; away: ${figures.join(', ') || 'none'}`,
  });
  return errors;
}

/** Whether the person is lost, or found farther than `NEAR` from the truth. */
export function isAway({ found, hips, shoulders }: TrackError): boolean {
  return !found || Math.max(hips, shoulders) > NEAR;
}
/** Whether another person, or none, was taken for the first. */
export function isAstray({ found, hips }: TrackError): boolean {
  return found && hips > ASTRAY;
}
/** Returns the times of the frames, seconds. */
export function moments(errors: readonly TrackError[]): number[] {
  return errors.map(({ timeMs }) => timeMs / 1000);
}
/** Returns the errors of the frames from `fromMs` to before `toMs`, milliseconds of the mannequin's clock. */
export function between(errors: readonly TrackError[], fromMs: number, toMs = Infinity): TrackError[] {
  return errors.filter(({ timeMs }) => timeMs >= fromMs && timeMs < toMs);
}

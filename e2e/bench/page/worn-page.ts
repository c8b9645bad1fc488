// Page of `npm run bench -- worn`: draws garments on tracked people and compares them with the films in the garments.
// A pair is one person filmed twice in the same motion, in their own clothes and in a garment. `film-pairs` plays and
// tracks the films; Node loads it into this page when it needs it.

import { loadMannequin } from '../../../src/mannequin/load-mannequin.ts';
import type { Mannequin } from '../../../src/mannequin/mannequin.ts';
import type { ClipValue } from '../clip.ts';
import { loadPiece } from '../load-piece.ts';
import type { PairFilm } from '../pair-film.ts';
import { type JudgeOptions, judgeClip, judgePhotos, type PairJudgement } from './judge-pair.ts';
import { fetchEntry } from './send-entry.ts';
import { toBase64 } from './to-base64.ts';
import { WornSheets } from './worn-sheets.ts';
import { WornStage } from './worn-stage.ts';

/** What is judged, and how. */
export interface JudgePairOptions {
  /** URL of the garment. */
  garment: string;
  /** Whether the film is judged; without it only the photos are. */
  hasFilm: boolean;
  /** Whether contact sheets are wanted, for people to look at. */
  hasSheets: boolean;
  /** Names of steps of the body solve to leave out, the same in each call. */
  without: readonly string[];
}

/** A judgement that JSON can write: sheets are PNG files in base64. */
export type SentJudgement = PairJudgement & { sheets: Record<'film' | 'naive' | 'photos', string | null> | null };

let opened: Promise<{ mannequin: Mannequin; stage: WornStage }> | null = null;

/** Loads the mannequin, the body of which all solved bodies are shapes, and makes the stage that draws. */
async function open(without: readonly string[]): Promise<{ mannequin: Mannequin; stage: WornStage }> {
  const mannequin = await loadMannequin('/assets/mannequin.glb');
  return { mannequin, stage: new WornStage(mannequin, without) };
}

/** Judges the pair `filmId` and its photos `photosId`: ids of cache entries that Node offers (`fetchEntry`). */
async function judge(
  filmId: string,
  photosId: string,
  { garment, hasFilm, hasSheets, without }: JudgePairOptions,
): Promise<SentJudgement> {
  const film: PairFilm = await fetchEntry<PairFilm['value']>(filmId);
  const { mannequin, stage } = await (opened ??= open(without));
  const piece = await loadPiece(new URL(garment, document.baseURI).href, mannequin);
  const sheets = hasSheets ? new WornSheets(film.value.frames, film.value) : null;
  const options: JudgeOptions = { mannequin, stage, piece, sheets };
  const frames = hasFilm ? await judgeClip(film, options) : [];
  const photos = await judgePhotos(film, await fetchEntry<ClipValue>(photosId), options);
  piece.garment.dispose();
  const files = await sheets?.toFiles();
  return {
    frames,
    photos,
    sheets: files
      ? {
          film: files.film && (await toBase64(files.film)),
          naive: files.naive && (await toBase64(files.naive)),
          photos: files.photos && (await toBase64(files.photos)),
        }
      : null,
  };
}

const bench = { judge };
/** The page's function, for `callPage`. */
export type WornBench = typeof bench;
Object.assign(window, { bench });

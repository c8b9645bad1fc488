// Judges a pair (one person filmed twice in the same motion: in their own clothes, and in a garment): what a room of
// the product draws on the film in the own clothes, against the film in the garment.
// 1. `WornStage` plays the clip with the garment; the frames with masks are judged.
// 2. The naive overlay (the garment, scaled and rotated in the picture's plane onto shoulders, hips and arms) is drawn
//    from the same landmarks.
// 3. The photos are played, each with a new solver.
//
// A `PairFilm` is a cache entry: the clip in the own clothes; and for each frame with masks (`value.frames`, numbered
// from 0) the pictures in both clothes, also of the frame before, as PNG files, and masks of garment, own clothes and
// both persons: coverage 0..255, of the film's size, rows from the top.

import type { OutfitPiece } from '../../../src/cloth/create-outfit.ts';
import type { Mannequin } from '../../../src/mannequin/mannequin.ts';
import type { PersonMask } from '../../../src/tracking/tracker.ts';
import { type Clip, clipArrays } from '../clip.ts';
import { edgeDistance } from '../edge-distance.ts';
import { drawNaive } from '../naive-garment.ts';
import { type PairFilm, pairMaskOf, trunkOf } from '../pair-film.ts';
import { flicker, type LabPictures, meanDeltaE, ownLeft } from '../picture-differences.ts';
import { toLab } from '../to-lab.ts';
import { compareWidths } from '../trunk-width.ts';
import type { Overlap, PhotoFrame, WornFrame } from '../worn-figures.ts';
import { compareMasks } from './compare-masks.ts';
import { decodePicture } from './open-picture.ts';
import { readPixels } from './read-pixels.ts';
import type { WornSheets } from './worn-sheets.ts';
import type { WornStage } from './worn-stage.ts';

/** Pictures of a frame of both films, RGBA, and these with the shown picture in CIELAB. */
interface FilmPictures {
  own: ImageData;
  worn: ImageData;
  lab: LabPictures;
}

/** The figures of a pair: of each frame with masks in the film, and of each of these frames given alone as a photo. */
export interface PairJudgement {
  frames: WornFrame[];
  photos: PhotoFrame[];
}

/** With what a pair is judged. */
export interface JudgeOptions {
  /** The parametric body of which all solved bodies are shapes. */
  mannequin: Mannequin;
  /** Solves the bodies and draws them in the garment. */
  stage: WornStage;
  /** The garment, loaded, in one size. */
  piece: OutfitPiece;
  /** Receives the pictures for people to look at; null: none are wanted. */
  sheets: WornSheets | null;
}

/** Returns null for a value that JSON cannot write. */
function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Compares the drawn garment with the true one in a frame. `drawn`: coverage 0..255, in the size of the film. */
function overlapOf(drawn: PersonMask, film: PairFilm, frame: number): Overlap {
  const expected = pairMaskOf(film, 'garment', frame);
  return {
    iou: compareMasks(drawn, expected).iou,
    width: compareWidths(drawn, expected, trunkOf(film, frame)),
    edge: edgeDistance(drawn, expected),
  };
}

/** Reads a picture of the film: RGBA. `name`: its array in the entry, for instance `worn-12`. */
async function readPicture({ value, arrays }: PairFilm, name: string): Promise<ImageData> {
  const picture = await decodePicture(arrays[name]);
  const pixels = readPixels(picture, value.width, value.height);
  picture.close();
  return pixels;
}

/** Reads both films of a frame. `shown`: what the room shows of it. */
async function readFilms(film: PairFilm, frame: number, shown: ImageData): Promise<FilmPictures> {
  const [own, worn] = [await readPicture(film, `picture-${frame}`), await readPicture(film, `worn-${frame}`)];
  return { own, worn, lab: { shown: toLab(shown.data), own: toLab(own.data), worn: toLab(worn.data) } };
}

/** Plays the clip of a pair and judges the frames with masks: overlaps, differences of colour, flicker. */
export async function judgeClip(film: PairFilm, options: JudgeOptions): Promise<WornFrame[]> {
  const { mannequin, stage, piece, sheets } = options;
  const { frames } = film.value;
  const judged: WornFrame[] = [];
  const part = { from: 0, to: clipArrays(film).timesMs.length, chosen: frames, hasPictures: true };
  for await (const { frame, tracked, garment, shown, shownBefore, drawing } of stage.play(film, piece, part)) {
    if (!shown) continue;
    const { own, worn, lab } = await readFilms(film, frame, shown);
    const before = shownBefore && (await readFilms(film, frame - 1, shownBefore)).lab;
    const truth = pairMaskOf(film, 'garment', frame);
    const either = [pairMaskOf(film, 'person', frame), pairMaskOf(film, 'ownPerson', frame), garment];
    const naive = tracked.score > 0 ? drawNaive(piece.garment, mannequin, tracked) : emptyMask(garment);
    const figures: WornFrame = {
      frame,
      ...overlapOf(garment, film, frame),
      naive: overlapOf(naive, film, frame),
      deltaE: meanDeltaE(lab.shown, lab.worn, either),
      cameraDeltaE: meanDeltaE(lab.own, lab.worn, either),
      ownLeft: finiteOrNull(ownLeft(lab, pairMaskOf(film, 'ownClothes', frame), truth)),
      flicker: before && finiteOrNull(flicker(lab, before, [garment, truth])),
      drawing,
    };
    judged.push(figures);
    await sheets?.addFrame({ figures, garment, naive, truth, shown, worn, own });
  }
  return judged;
}

/**
 * Plays each photo of a pair alone and judges its last frame.
 *
 * @param film The pair.
 * @param photos The clip that `filmPhotos` made: for each frame of `film` with masks, in their order, the same number
 *   of frames that show it alone.
 */
export async function judgePhotos(film: PairFilm, photos: Clip, options: JudgeOptions): Promise<PhotoFrame[]> {
  const { stage, piece, sheets } = options;
  const { frames } = film.value;
  const count = clipArrays(photos).timesMs.length / frames.length;
  const judged: PhotoFrame[] = [];
  for (const [photo, frame] of frames.entries()) {
    const to = (photo + 1) * count;
    for await (const drawn of stage.play(photos, piece, {
      from: photo * count,
      to,
      chosen: [to - 1],
      hasPictures: false,
    })) {
      const figures = { frame, ...overlapOf(drawn.garment, film, frame) };
      judged.push(figures);
      const own = await readPicture(film, `picture-${frame}`);
      await sheets?.addPhoto({ figures, garment: drawn.garment, truth: pairMaskOf(film, 'garment', frame), own });
    }
  }
  return judged;
}

/** Returns a mask of 0 in the size of the given mask. */
function emptyMask({ width, height }: PersonMask): PersonMask {
  return { width, height, data: new Uint8ClampedArray(width * height) };
}

// Page of `npm run bench -- parse`: compares what the tracker takes each pixel of a person for with the truth.
// 1. The film of a pair (`PairFilm`), played and tracked by `film-pairs`, holds the tracker's classes of each frame.
// 2. The true classes of the frames with masks come from masks and colours (`trueClasses`).
// 3. `PersonParser` is timed alone on the pictures that the film holds.
// 4. The synthetic person is filmed and tracked in some clothes and lights; the source knows the true classes.

import { PersonParser } from '../../../src/parsing/person-parser.ts';
import { type ClassCounts, countClasses, createClassCounts, likeliestClasses } from '../class-overlap.ts';
import { trackedOf } from '../clip.ts';
import { type PairFilm, pairMaskOf, trunkOf } from '../pair-film.ts';
import { toLab } from '../to-lab.ts';
import { trueClasses } from '../true-classes.ts';
import { judgePerson } from './judge-person.ts';
import { openPicture } from './open-picture.ts';
import { readPixels } from './read-pixels.ts';
import { fetchEntry } from './send-entry.ts';
import { toBase64 } from './to-base64.ts';

/** What came out of a film. */
export interface ParseJudgement {
  /** Pixels of the class maps of all frames with masks. */
  counts: ClassCounts;
  /** Frames with masks in which the tracker found no classes: all their pixels count as background. */
  missing: number;
  /** Times of the classifier by picture, ms, without the first one, from which it learns in several rounds. */
  ms: number[];
  /** A PNG file in base64: for each frame picture, truth and found classes beside each other; null if not wanted. */
  sheet: string | null;
}

/** Colours of `classNames` on the sheet: RGB. */
const SHEET_COLOURS = [
  [150, 60, 200],
  [255, 190, 120],
  [40, 160, 255],
  [60, 200, 60],
  [20, 20, 20],
];
/** Frames in a row of the sheet. */
const SHEET_FRAMES = 5;

/** Reads a picture of the film: RGBA of `width` × `height` pixels. */
async function readFrame(film: PairFilm, frame: number, width: number, height: number): Promise<ImageData> {
  const { image } = await openPicture(film, frame);
  if (!image) throw new Error(`the film has no picture ${frame}`);
  const pixels = readPixels(image, width, height);
  image.close();
  return pixels;
}

/** Returns a picture of classes in their colours. */
function paint(classes: Uint8Array, width: number, height: number): ImageData {
  const picture = new ImageData(width, height);
  for (let i = 0; i < classes.length; i++) picture.data.set([...SHEET_COLOURS[classes[i]], 255], 4 * i);
  return picture;
}

/** Times the classifier on the film's pictures, ms. */
async function time(film: PairFilm): Promise<number[]> {
  const { maskWidth: width, maskHeight: height, pictures } = film.value;
  const parser = new PersonParser();
  const target = new Uint8ClampedArray(4 * width * height);
  const ms: number[] = [];
  for (const frame of pictures.toSorted((a, b) => a - b)) {
    const { mask, landmarks } = trackedOf(film, frame);
    if (!mask) continue;
    const values = (await readFrame(film, frame, width, height)).data;
    const picture = { values, first: 0, pixelStep: 4, rowStep: 4 * width };
    const beganMs = performance.now();
    parser.parse({ width, height, picture, mask: mask.data, landmarks }, target);
    ms.push(performance.now() - beganMs);
  }
  return ms.slice(1);
}

/** Judges the film in the cache entry `filmId`, which Node offers (`fetchEntry`). */
async function judge(filmId: string, hasSheet: boolean): Promise<ParseJudgement> {
  const film: PairFilm = await fetchEntry<PairFilm['value']>(filmId);
  const { width, height, maskWidth, maskHeight, frames } = film.value;
  const counts = createClassCounts();
  const rows = Math.ceil(frames.length / SHEET_FRAMES);
  const sheet = hasSheet ? new OffscreenCanvas(3 * SHEET_FRAMES * maskWidth, rows * maskHeight) : null;
  const context = sheet?.getContext('2d');
  let missing = 0;
  for (const [n, frame] of frames.entries()) {
    const lab = toLab((await readFrame(film, frame, width, height)).data);
    const [person, clothes] = [pairMaskOf(film, 'ownPerson', frame).data, pairMaskOf(film, 'ownClothes', frame).data];
    const picture = { width, height, lab, person, clothes, trunk: trunkOf(film, frame) };
    const truth = trueClasses(picture, maskWidth, maskHeight);
    const { classes } = trackedOf(film, frame);
    if (!classes) missing++;
    const found = likeliestClasses(classes?.data ?? new Uint8Array(4 * truth.length));
    countClasses(counts, found, truth);
    if (!context) continue;
    const [x, y] = [3 * (n % SHEET_FRAMES) * maskWidth, Math.floor(n / SHEET_FRAMES) * maskHeight];
    context.putImageData(await readFrame(film, frame, maskWidth, maskHeight), x, y);
    context.putImageData(paint(truth, maskWidth, maskHeight), x + maskWidth, y);
    context.putImageData(paint(found, maskWidth, maskHeight), x + 2 * maskWidth, y);
  }
  return { counts, missing, ms: await time(film), sheet: sheet && (await toBase64(await sheet.convertToBlob())) };
}

const bench = { judge, judgePerson };
/** The page's functions, for `callPage`. */
export type ParseBench = typeof bench;
Object.assign(window, { bench });

import { classNames } from './class-names.ts';
import type { TrunkTruth } from './pair-film.ts';
import { shrinkByMajority } from './shrink-by-majority.ts';
import { splitByColour } from './split-by-colour.ts';

const [HAIR, SKIN, UPPER, LOWER, BACKGROUND] = classNames.keys();
/** Coverage 0..255 from which a pixel belongs to a mask. */
const HALF = 128;
/** The head's region is a circle: metres from the middle of the shoulder joints up to its middle, and its radius. */
const HEAD_METRES = 0.24;
const HEAD_RADIUS_METRES = 0.22;

/** A picture of a person with its true masks. Arrays go by pixel, rows from the top. */
export interface TruePicture {
  /** Size, pixels. */
  width: number;
  height: number;
  /** L, a and b of each pixel (CIELAB). */
  lab: ArrayLike<number>;
  /** Coverage 0..255 by the person with hair and clothes, and by the clothes: an upper and a lower piece. */
  person: ArrayLike<number>;
  clothes: ArrayLike<number>;
  /** The true joints, pixels, and pixels for each metre. */
  trunk: Pick<TrunkTruth, 'shoulders' | 'hips' | 'pxPerMetre'>;
}

/**
 * Finds the true class of each pixel of a map that spans a picture. The masks tell person and clothes; the rest comes
 * from colours:
 *
 * 1. The clothes are split into two colours; what lies higher is the upper piece.
 * 2. What else of the person lies in the head's region is split into two colours; what lies higher is hair.
 * 3. All else of the person is skin. So shoes would be, and hair that falls below the shoulders: the films show neither.
 * 4. A pixel of the map has the class that most of its part of the picture has.
 *
 * @returns `columns` × `rows` numbers of `classNames`, rows from the top.
 */
export function trueClasses(picture: TruePicture, columns: number, rows: number): Uint8Array {
  return shrinkByMajority(classify(picture), picture, columns, rows);
}

/** Returns the class of each pixel of the picture. */
function classify({ width, height, lab, person, clothes, trunk }: TruePicture): Uint8Array {
  const { shoulders, hips, pxPerMetre } = trunk;
  const length = Math.hypot(shoulders[0] - hips[0], shoulders[1] - hips[1]);
  const [headX, headY] = [0, 1].map(
    (k) => shoulders[k] + ((shoulders[k] - hips[k]) / length) * HEAD_METRES * pxPerMetre,
  );
  const classes = new Uint8Array(width * height).fill(BACKGROUND);
  const worn: number[] = [];
  const head: number[] = [];
  for (let i = 0; i < classes.length; i++) {
    if (person[i] < HALF) continue;
    const isNearHead =
      Math.hypot((i % width) + 0.5 - headX, Math.floor(i / width) + 0.5 - headY) < HEAD_RADIUS_METRES * pxPerMetre;
    if (clothes[i] >= HALF) worn.push(i);
    else if (isNearHead) head.push(i);
    else classes[i] = SKIN;
  }
  const write = (pixels: readonly number[], higher: number, lower: number): void => {
    for (const [n, isLower] of splitByColour(lab, pixels).entries()) classes[pixels[n]] = isLower ? lower : higher;
  };
  write(worn, UPPER, LOWER);
  write(head, HAIR, SKIN);
  return classes;
}

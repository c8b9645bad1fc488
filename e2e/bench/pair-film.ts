// The format of a pair's film as a cache entry (the stored result of a slow step: a JSON value and named arrays), and
// what is read from it.
import type { PersonMask } from '../../src/tracking/tracker.ts';
import type { CacheEntry } from './cache-entry.ts';
import { type ClipValue, partOf } from './clip.ts';
import { type JointName, jointNames } from './judge-fit.ts';

/**
 * The masks of a pair (a person filmed twice in the same motion): `garment` and `person` of the film in the garment,
 * `ownClothes` and `ownPerson` of the film in the own clothes. `person` is the silhouette with clothes and hair.
 */
export const pairMasks = ['garment', 'person', 'ownClothes', 'ownPerson'] as const;
/** One of `pairMasks`. */
export type PairMask = (typeof pairMasks)[number];

/**
 * A person filmed twice in the same motion: the clip in their own clothes, tracked, with the truth of the film in the
 * garment. Beside the arrays of a clip it holds
 *
 * - `worn-<frame>`: the picture in the garment, a PNG file, for each frame that has a picture;
 * - `<mask>-<frame>`: a mask of `pairMasks`, coverage 0..255, for each frame of `frames`;
 * - `jointsPx`: by frame x and y of the true joints in the order of `jointNames`, pixels from the top left;
 * - `pxPerMetre`: by frame the scale of the picture at the person's trunk, pixels for each metre.
 */
export type PairFilm = CacheEntry<ClipValue & { frames: number[] }>;

/** Returns a mask of the frame with the number `frame`: coverage 0..255, in the film's size, rows from the top. */
export function pairMaskOf({ value: { width, height }, arrays }: PairFilm, mask: PairMask, frame: number): PersonMask {
  return { width, height, data: arrays[`${mask}-${frame}`] as Uint8ClampedArray };
}

/** The true trunk and arms of a frame in the picture, pixels from the top left. */
export interface TrunkTruth {
  /** Middle of the shoulder joints, and of the hip joints. */
  shoulders: readonly [number, number];
  hips: readonly [number, number];
  /** Shoulder, elbow and wrist of each arm. */
  arms: readonly (readonly (readonly [number, number])[])[];
  /** Scale of the picture at the trunk: pixels for each metre. */
  pxPerMetre: number;
}

/** Returns the true trunk and arms of a frame. */
export function trunkOf({ arrays: { jointsPx, pxPerMetre } }: PairFilm, frame: number): TrunkTruth {
  const joints = partOf(jointsPx, frame, pxPerMetre.length);
  const pointOf = (name: JointName): [number, number] => {
    const joint = jointNames.indexOf(name);
    return [joints[2 * joint], joints[2 * joint + 1]];
  };
  const middleOf = (a: JointName, b: JointName): [number, number] => {
    const [[ax, ay], [bx, by]] = [pointOf(a), pointOf(b)];
    return [(ax + bx) / 2, (ay + by) / 2];
  };
  return {
    shoulders: middleOf('leftShoulder', 'rightShoulder'),
    hips: middleOf('leftHip', 'rightHip'),
    arms: [
      [pointOf('leftShoulder'), pointOf('leftElbow'), pointOf('leftWrist')],
      [pointOf('rightShoulder'), pointOf('rightElbow'), pointOf('rightWrist')],
    ],
    pxPerMetre: pxPerMetre[frame],
  };
}

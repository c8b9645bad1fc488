import type { FittingRoom } from '../../src/index.ts';
import type { MannequinTruth } from '../../src/synthetic/mannequin-source.ts';

/** BlazePose's indices of left and right shoulder, left and right hip. */
const TORSO = [11, 12, 23, 24];

/** Coverage (0..255) above which a pixel of a mask belongs to the person. */
const PERSON = 127;

/** Errors of a tracked frame. */
export interface PersonErrors {
  /**
   * Distances in the picture of both shoulders and both hips from the true ones, as shares of the tracked distance from
   * the left shoulder to the left hip.
   */
  torso: number[];
  /** Overlap of the tracked with the true mask: pixels in both per pixels in either, 0..1. */
  maskIoU: number;
}

/**
 * Compares the last tracked frame of `room` (a `<fitting-room>`), in which a person must have been found, with the
 * truth of the same frame: 33 landmarks in one array, (x, y, visibility) each, x and y as shares of the picture's width
 * and height from its top left, and the mask.
 */
export function comparePerson(
  { tracked }: FittingRoom,
  { landmarks, personMask }: Pick<MannequinTruth, 'landmarks' | 'personMask'>,
): PersonErrors {
  if (!tracked?.mask || !personMask) throw new Error('comparing needs a tracked person, and masks');
  const { mask } = tracked;
  const distance = (ax: number, ay: number, bx: number, by: number): number =>
    Math.hypot((ax - bx) * tracked.width, (ay - by) * tracked.height);
  const [shoulder, , hip] = TORSO.map((i) => tracked.landmarks[i]);
  const length = distance(shoulder.x, shoulder.y, hip.x, hip.y);
  const torso = TORSO.map((i) => {
    const { x, y } = tracked.landmarks[i];
    return distance(x, y, landmarks[3 * i], landmarks[3 * i + 1]) / length;
  });
  let both = 0;
  let either = 0;
  for (let y = 0; y < mask.height; y++) {
    for (let x = 0; x < mask.width; x++) {
      const column = Math.floor(((x + 0.5) / mask.width) * personMask.width);
      const row = Math.floor(((y + 0.5) / mask.height) * personMask.height);
      const isTrue = personMask.data[row * personMask.width + column] > PERSON;
      const isFound = mask.data[y * mask.width + x] > PERSON;
      if (isTrue && isFound) both++;
      if (isTrue || isFound) either++;
    }
  }
  return { torso, maskIoU: both / either };
}

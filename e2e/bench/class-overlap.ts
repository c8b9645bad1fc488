import { type ClassName, classNames } from './class-names.ts';

/** Counts of pixels by class: those that found and true map give it, and those that at least one of the two gives it. */
export type ClassCounts = Record<ClassName, { both: number; either: number }>;

/** Creates counts of zero. */
export function createClassCounts(): ClassCounts {
  return Object.fromEntries(classNames.map((name) => [name, { both: 0, either: 0 }])) as ClassCounts;
}

/**
 * Finds the likeliest class of each pixel. `data`: four probabilities 0..255 a pixel, the rest to 255 is the
 * background's (`PixelClasses`). Returns numbers of `classNames`.
 */
export function likeliestClasses(data: ArrayLike<number>): Uint8Array {
  return Uint8Array.from({ length: data.length / 4 }, (_, i) => {
    const probabilities = [0, 1, 2, 3].map((c) => data[4 * i + c]);
    probabilities.push(255 - probabilities.reduce((sum, value) => sum + value, 0));
    return probabilities.indexOf(Math.max(...probabilities));
  });
}

/** Adds the pixels of a frame to `counts`. `found` and `truth`: numbers of `classNames`, of one size. */
export function countClasses(counts: ClassCounts, found: Uint8Array, truth: Uint8Array): void {
  for (let i = 0; i < truth.length; i++) {
    counts[classNames[truth[i]]].either++;
    if (found[i] === truth[i]) counts[classNames[truth[i]]].both++;
    else counts[classNames[found[i]]].either++;
  }
}

/** Returns the intersection over union of each class; NaN for a class of which there is no pixel. */
export function overlapsOf(counts: ClassCounts): Record<ClassName, number> {
  return Object.fromEntries(classNames.map((name) => [name, counts[name].both / counts[name].either])) as Record<
    ClassName,
    number
  >;
}

import type { PersonMask, PixelClasses, TrackedFrame } from '../tracking/tracker.ts';

/**
 * Tells where the person is in the picture, for the passes that compute on the CPU. Input: a frame's classes of pixels,
 * or the person's mask if it has none. Output: `coverageAt` and `shareAt` at a place in the picture, shares of its
 * sides from the top left, interpolated between the pixels. Beyond the picture there is no outline: its edge goes on.
 */
export class PersonCoverage {
  #mask: PersonMask | null = null;
  #classes: PixelClasses | null = null;

  /** Takes a frame. It reads the frame's arrays until the next. Returns whether the frame shows where the person is. */
  take({ mask, classes }: Pick<TrackedFrame, 'mask' | 'classes'>): boolean {
    this.#mask = mask;
    this.#classes = classes;
    return mask !== null || classes !== null;
  }

  /** Returns the coverage by the person, 0..1. */
  coverageAt(u: number, v: number): number {
    if (this.#classes) return Math.min(1, this.#sample(this.#classes, 4, 0, 4, u, v) / 255);
    return this.#mask ? this.#sample(this.#mask, 1, 0, 1, u, v) / 255 : 0;
  }

  /**
   * Returns the share of a class (channel of `PixelClasses`) in what shows the person, 0..1. If the frame has no
   * classes, all of the person is own upper clothes.
   */
  shareAt(channel: number, u: number, v: number): number {
    if (!this.#classes) return channel === 2 ? 1 : 0;
    const person = this.#sample(this.#classes, 4, 0, 4, u, v);
    return person > 0 ? this.#sample(this.#classes, 4, channel, channel + 1, u, v) / person : 0;
  }

  /** Returns the sum of some channels, interpolated. */
  #sample({ width, height, data }: PersonMask, stride: number, from: number, to: number, u: number, v: number): number {
    const x = Math.min(width - 1, Math.max(0, u * width - 0.5));
    const y = Math.min(height - 1, Math.max(0, v * height - 0.5));
    const left = Math.min(width - 2, Math.floor(x));
    const top = Math.min(height - 2, Math.floor(y));
    const fx = x - left;
    const fy = y - top;
    const first = stride * (top * width + left);
    const below = first + stride * width;
    let sum = 0;
    for (let c = from; c < to; c++)
      sum +=
        (data[first + c] * (1 - fx) + data[first + stride + c] * fx) * (1 - fy) +
        (data[below + c] * (1 - fx) + data[below + stride + c] * fx) * fy;
    return sum;
  }
}

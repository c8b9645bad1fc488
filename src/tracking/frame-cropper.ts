import type { Region } from './region.ts';

/** RGB in the value range of a network. */
export interface CropTarget {
  /** size² × 3. */
  values: Float32Array;
  /** `value = byte * scale + offset`. */
  scale: number;
  offset: number;
}

/**
 * Cuts turned squares out of frames: drawn through a canvas, read back, scaled to the network's range. The canvas lives in
 * main memory (`willReadFrequently`), so that reading it back never waits for a GPU; its default smoothing is the plain
 * bilinear sampling that the networks know.
 *
 * What lies outside the frame is black (`border` 'black') or the frame's own edge drawn out ('edge'). The detector wants
 * the former, the landmark model the latter: with black, the depth of its landmarks differs from MediaPipe's by 21 % of
 * the torso's length in place of 7 %, where a standing person's region is wider than the picture.
 */
export class FrameCropper {
  readonly #size: number;
  readonly #border: 'black' | 'edge';
  readonly #context: OffscreenCanvasRenderingContext2D;

  /** `size`: side of the crop, pixels. Throws where there is no 2D canvas. */
  constructor(size: number, border: 'black' | 'edge') {
    this.#size = size;
    this.#border = border;
    const context = new OffscreenCanvas(size, size).getContext('2d', { willReadFrequently: true, alpha: false });
    if (!context) throw new Error('no 2D canvas for cropping frames');
    this.#context = context;
  }

  /** Writes `region` of `image`, which is `width` × `height` pixels, into `target`. */
  crop(image: ImageBitmap | VideoFrame, width: number, height: number, region: Region, target: CropTarget): void {
    const size = this.#size;
    const context = this.#context;
    const zoom = size / region.size;
    const cos = Math.cos(region.rotation) * zoom;
    const sin = Math.sin(region.rotation) * zoom;
    const shiftX = size / 2 - cos * region.x - sin * region.y;
    const shiftY = size / 2 + sin * region.x - cos * region.y;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillRect(0, 0, size, size);
    context.setTransform(cos, -sin, sin, cos, shiftX, shiftY);
    if (this.#border === 'edge') this.#drawEdges(image, width, height, region);
    context.drawImage(image, 0, 0, width, height);
    const { data } = context.getImageData(0, 0, size, size);
    const { values, scale, offset } = target;
    for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
      values[to] = data[from] * scale + offset;
      values[to + 1] = data[from + 1] * scale + offset;
      values[to + 2] = data[from + 2] * scale + offset;
    }
  }

  /** Draws the outermost row or column of pixels outwards on every side that the region reaches beyond. */
  #drawEdges(image: ImageBitmap | VideoFrame, width: number, height: number, region: Region): void {
    const context = this.#context;
    // No corner of a turned square is farther from its centre than this.
    const radius = region.size * Math.SQRT1_2;
    const left = Math.max(0, radius - region.x);
    const top = Math.max(0, radius - region.y);
    const right = Math.max(0, region.x + radius - width);
    const bottom = Math.max(0, region.y + radius - height);
    const lastX = width - 1;
    const lastY = height - 1;
    if (left > 0) context.drawImage(image, 0, 0, 1, height, -left, 0, left + 1, height);
    if (right > 0) context.drawImage(image, lastX, 0, 1, height, lastX, 0, right + 1, height);
    if (top > 0) context.drawImage(image, 0, 0, width, 1, 0, -top, width, top + 1);
    if (bottom > 0) context.drawImage(image, 0, lastY, width, 1, 0, lastY, width, bottom + 1);
    if (left > 0 && top > 0) context.drawImage(image, 0, 0, 1, 1, -left, -top, left + 1, top + 1);
    if (right > 0 && top > 0) context.drawImage(image, lastX, 0, 1, 1, lastX, -top, right + 1, top + 1);
    if (left > 0 && bottom > 0) context.drawImage(image, 0, lastY, 1, 1, -left, lastY, left + 1, bottom + 1);
    if (right > 0 && bottom > 0) context.drawImage(image, lastX, lastY, 1, 1, lastX, lastY, right + 1, bottom + 1);
  }
}

/** A small RGB picture of a whole frame, one pixel for each pixel of the frame's mask, as part of a larger array. */
export interface Thumbnail {
  /** Colour values 0..255, rows from the top: red, green, blue of a pixel follow each other. */
  readonly values: Float32Array | Uint8ClampedArray;
  /** Index of the red of the first pixel, and numbers of values from a pixel to the next and from a row to the next. */
  readonly first: number;
  readonly pixelStep: number;
  readonly rowStep: number;
}

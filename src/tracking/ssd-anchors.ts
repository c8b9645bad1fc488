/** Side of the person detector's square input, px. */
export const DETECTOR_SIZE = 224;
/**
 * Distance between the cells of each layer of the detector, input px; layers of equal distance share one feature map.
 */
const STRIDES = [8, 16, 32, 32, 32];
/** Number of anchors per layer and cell: one of the layer's scale, one of the scale between this and the next layer. */
const ANCHORS_PER_LAYER = 2;
/** Position of an anchor in its cell, 0..1 from the left or top side. */
const CELL_CENTRE = 0.5;

/**
 * Creates the centres of the 2254 anchors of BlazePose's person detector: 2254 × (x, y), 0..1 from the top left of its
 * square input, in the order of the detector's outputs. An anchor is a fixed place in the input, relative to which one
 * box of the output is given. Several anchors share a cell and so have the same centre. All anchors have the size 1, so
 * decoding needs only the centres. Source: MediaPipe, SsdAnchorsCalculator with the options of the pose detection
 * module.
 */
export function createSsdAnchors(): Float32Array {
  const centres: number[] = [];
  for (let layer = 0; layer < STRIDES.length; ) {
    const stride = STRIDES[layer];
    let perCell = 0;
    for (; layer < STRIDES.length && STRIDES[layer] === stride; layer++) perCell += ANCHORS_PER_LAYER;
    const cells = Math.ceil(DETECTOR_SIZE / stride);
    for (let row = 0; row < cells; row++) {
      for (let column = 0; column < cells; column++) {
        for (let i = 0; i < perCell; i++) centres.push((column + CELL_CENTRE) / cells, (row + CELL_CENTRE) / cells);
      }
    }
  }
  return Float32Array.from(centres);
}

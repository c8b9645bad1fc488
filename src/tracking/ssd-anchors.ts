/** Side of the detector's square input, pixels. */
export const DETECTOR_SIZE = 224;
/** Strides of the detector's feature maps; equal neighbours share one map. */
const strides = [8, 16, 32, 32, 32];
/** Aspect ratio 1 and the scale interpolated to the next layer: two anchors per layer and cell. */
const ANCHORS_PER_LAYER = 2;
const CELL_CENTRE = 0.5;

/**
 * Centres of the BlazePose detector's 2254 anchors, x and y alternating, normalised to its square input, in the order of
 * its outputs. All anchors have the fixed size 1, so that centres are all that decoding needs.
 * Source: MediaPipe, SsdAnchorsCalculator with the options of the pose detection module.
 */
export function createSsdAnchors(): Float32Array {
  const centres: number[] = [];
  for (let layer = 0; layer < strides.length; ) {
    const stride = strides[layer];
    let perCell = 0;
    for (; layer < strides.length && strides[layer] === stride; layer++) perCell += ANCHORS_PER_LAYER;
    const cells = Math.ceil(DETECTOR_SIZE / stride);
    for (let row = 0; row < cells; row++) {
      for (let column = 0; column < cells; column++) {
        for (let i = 0; i < perCell; i++) centres.push((column + CELL_CENTRE) / cells, (row + CELL_CENTRE) / cells);
      }
    }
  }
  return Float32Array.from(centres);
}

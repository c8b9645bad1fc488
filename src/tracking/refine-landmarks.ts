/** Values that the landmark model gives for each point: x, y, z, visibility, presence. */
export const RAW_LANDMARK_VALUES = 5;
/** Side of the square of cells around a landmark that moves it. */
export const KERNEL_SIZE = 7;
/** Below this the heatmap has nothing to say. */
export const MIN_CONFIDENCE = 0.5;

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/**
 * Moves landmarks to the centre of mass of their heatmap around them, where the heatmap is sure enough; in place.
 * `landmarks`: `RAW_LANDMARK_VALUES` each, x and y in pixels of the square crop of side `cropSize`;
 * `heatmaps`: `side` × `side` × number of landmarks, logits.
 * Source: MediaPipe, RefineLandmarksFromHeatmapCalculator.
 */
export function refineLandmarks(landmarks: Float32Array, cropSize: number, heatmaps: Float32Array, side: number): void {
  const count = heatmaps.length / (side * side);
  const toCell = side / cropSize;
  const reach = (KERNEL_SIZE - 1) / 2;
  for (let i = 0; i < count; i++) {
    const at = i * RAW_LANDMARK_VALUES;
    const column = Math.trunc(landmarks[at] * toCell);
    const row = Math.trunc(landmarks[at + 1] * toCell);
    if (column < 0 || column >= side || row < 0 || row >= side) continue;
    let sum = 0;
    let sumX = 0;
    let sumY = 0;
    let highest = 0;
    const lastRow = Math.min(side - 1, row + reach);
    const lastColumn = Math.min(side - 1, column + reach);
    for (let y = Math.max(0, row - reach); y <= lastRow; y++) {
      for (let x = Math.max(0, column - reach); x <= lastColumn; x++) {
        const confidence = sigmoid(heatmaps[(y * side + x) * count + i]);
        sum += confidence;
        sumX += x * confidence;
        sumY += y * confidence;
        if (confidence > highest) highest = confidence;
      }
    }
    if (highest < MIN_CONFIDENCE || sum <= 0) continue;
    landmarks[at] = sumX / sum / toCell;
    landmarks[at + 1] = sumY / sum / toCell;
  }
}

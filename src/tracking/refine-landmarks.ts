import { sigmoid } from '../math/sigmoid.ts';

/** Number of values that the landmark model gives for each point: x, y, z, visibility, presence. */
export const RAW_LANDMARK_VALUES = 5;
/** Side of the square around a landmark whose heatmap cells are averaged, cells. */
export const KERNEL_SIZE = 7;
/** A landmark is moved only if a cell around it has at least this probability. */
export const MIN_CONFIDENCE = 0.5;

/**
 * Refines landmarks in place: moves x and y of each to the centre of mass of its heatmap's probabilities, within a
 * square of `KERNEL_SIZE` cells around the landmark. A landmark outside the crop, or without a confident cell, stays.
 *
 * @param landmarks `RAW_LANDMARK_VALUES` each; x and y in pixels of the crop.
 * @param cropSize side of the square crop, px.
 * @param heatmaps logits, `side` × `side` × landmarks: row by row from the top, the values of a cell by landmark.
 * @param side side of a heatmap, cells; it spans the whole crop.
 * Source: MediaPipe, RefineLandmarksFromHeatmapCalculator.
 */
export function refineLandmarks(landmarks: Float32Array, cropSize: number, heatmaps: Float32Array, side: number): void {
  const count = heatmaps.length / (side * side);
  const toCell = side / cropSize;
  const reach = (KERNEL_SIZE - 1) / 2;
  for (let i = 0; i < count; i++) {
    const offset = i * RAW_LANDMARK_VALUES;
    const column = Math.trunc(landmarks[offset] * toCell);
    const row = Math.trunc(landmarks[offset + 1] * toCell);
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
    landmarks[offset] = sumX / sum / toCell;
    landmarks[offset + 1] = sumY / sum / toCell;
  }
}

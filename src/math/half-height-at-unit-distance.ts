/**
 * Computes half the height that a camera sees at a distance of 1 metre, in metres.
 *
 * A point (x, y, −depth) in camera space lies above the picture's middle by `y / depth / result` half heights of the
 * picture.
 *
 * @param fovYDegrees the camera's full vertical angle, degrees.
 */
export function halfHeightAtUnitDistance(fovYDegrees: number): number {
  return Math.tan((fovYDegrees * Math.PI) / 360);
}

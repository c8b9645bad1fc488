/**
 * Computes half the height of the area that a camera sees at a distance of 1 metre, in metres.
 *
 * A point (x, y, −depth) of camera space (metres, +y up, depth > 0) is drawn above the middle of the picture. Its
 * height there is `y / depth / result` times half the picture's height.
 *
 * @param fovYDegrees the camera's full vertical field of view, degrees, between 0 and 180.
 */
export function halfHeightAtUnitDistance(fovYDegrees: number): number {
  return Math.tan((fovYDegrees * Math.PI) / 360);
}

/**
 * Half the height that a camera sees at a distance of 1 metre, in metres: the tangent of half its full vertical angle,
 * `fovYDegrees`. A point (x, y, −z) in camera space lies at y / z / result of the picture's half height, counted from its
 * middle upwards.
 */
export function halfHeightAtUnitDistance(fovYDegrees: number): number {
  return Math.tan((fovYDegrees * Math.PI) / 360);
}

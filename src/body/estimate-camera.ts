import type { BodyCamera } from './body.ts';

/**
 * Assumed field of view across the longer side of the picture, degrees. Browsers do not report it; front cameras of
 * phones and webcams have 55° to 75°. A wrong value moves the body in depth but not in the picture.
 */
const LONG_SIDE_DEGREES = 60;

const RADIANS_PER_DEGREE = Math.PI / 180;

/** Writes the assumed camera of a `width` × `height` picture into `target`. */
export function estimateCamera(width: number, height: number, target: BodyCamera): BodyCamera {
  const halfLong = Math.tan((LONG_SIDE_DEGREES / 2) * RADIANS_PER_DEGREE);
  const halfHeight = halfLong * Math.min(1, height / width);
  target.fovYDegrees = (2 * Math.atan(halfHeight)) / RADIANS_PER_DEGREE;
  target.width = width;
  target.height = height;
  return target;
}

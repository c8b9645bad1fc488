import type { BodyCamera } from './body.ts';

/**
 * Assumed field of view along the longer side of the picture, degrees. Browsers do not report it; front cameras of
 * phones and webcams have 55° to 75°. A wrong value moves the body in depth but not in the picture.
 */
const LONG_SIDE_DEGREES = 60;

const RADIANS_PER_DEGREE = Math.PI / 180;

/**
 * Writes the camera that is assumed for a picture into `target`, and returns it: the picture's size, and the vertical
 * field of view that gives 60° along the picture's longer side.
 *
 * @param width Pixels of the picture, above 0, as `height`.
 */
export function estimateCamera(width: number, height: number, target: BodyCamera): BodyCamera {
  const halfLong = Math.tan((LONG_SIDE_DEGREES / 2) * RADIANS_PER_DEGREE);
  const halfHeight = halfLong * Math.min(1, height / width);
  target.fovYDegrees = (2 * Math.atan(halfHeight)) / RADIANS_PER_DEGREE;
  target.width = width;
  target.height = height;
  return target;
}

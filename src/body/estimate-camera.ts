import type { BodyCamera } from './body.ts';

/**
 * Angle across the longer side of the picture, degrees. Browsers do not tell it; phones' front cameras and webcams lie
 * between 55° and 75°. A wrong guess moves the body in depth but not in the picture.
 */
const LONG_SIDE_DEGREES = 60;

const toRadians = Math.PI / 180;

/** Writes the assumed camera of a `width` × `height` picture into `target`. */
export function estimateCamera(width: number, height: number, target: BodyCamera): BodyCamera {
  const halfLong = Math.tan((LONG_SIDE_DEGREES / 2) * toRadians);
  const halfHeight = halfLong * Math.min(1, height / width);
  target.fovYDegrees = (2 * Math.atan(halfHeight)) / toRadians;
  target.width = width;
  target.height = height;
  return target;
}

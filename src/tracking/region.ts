/** A square part of the frame, rotated about its centre; it may extend beyond the frame. */
export interface Region {
  /** Centre, frame pixels, y down. */
  x: number;
  y: number;
  /** Length of a side, frame pixels. */
  size: number;
  /** Radians; positive rotates the square clockwise on screen, as y points down. */
  rotation: number;
}

/** Creates a region of size 0, as a target. */
export function createRegion(): Region {
  return { x: 0, y: 0, size: 0, rotation: 0 };
}

/**
 * Writes the upright square around a whole frame of `width` × `height` pixels into `target`, and returns `target`. The
 * detector reads this square, whose parts outside the frame are black.
 */
export function frameRegion(width: number, height: number, target: Region): Region {
  target.x = width / 2;
  target.y = height / 2;
  target.size = Math.max(width, height);
  target.rotation = 0;
  return target;
}

/** The landmark model's region is larger than the person by this factor. */
export const REGION_MARGIN = 1.25;

/** Size, frame pixels, below which a person is a numerical accident and is ignored. */
export const MIN_REGION_SIZE = 1e-6;

/** Returns the same angle in −π..π. */
function normalizeRadians(angle: number): number {
  return angle - 2 * Math.PI * Math.floor((angle + Math.PI) / (2 * Math.PI));
}

/**
 * Writes the region of a person into `target`, and returns `target`. Its centre is the middle of the hips, and it is
 * rotated so that the person is upright in it.
 *
 * @param centreX middle of the hips, frame pixels, as `centreY`.
 * @param topX point above the head on the circle around the whole body, frame pixels, as `topY`. It is in the middle of
 * the region's top side if `margin` is 1.
 * @param margin side of the region as a multiple of the circle's diameter.
 *
 * Source: MediaPipe, AlignmentPointsRectsCalculator (target angle 90°) and RectTransformationCalculator.
 */
export function regionFromPoints(
  centreX: number,
  centreY: number,
  topX: number,
  topY: number,
  margin: number,
  target: Region,
): Region {
  target.x = centreX;
  target.y = centreY;
  target.size = 2 * Math.hypot(topX - centreX, topY - centreY) * margin;
  target.rotation = normalizeRadians(Math.PI / 2 - Math.atan2(centreY - topY, topX - centreX));
  return target;
}

/**
 * Writes the frame position (px) of a point of the region into `target`: x at index `offset`, y after it.
 *
 * @param u position across the region, 0 at its left side to 1 at its right side; `v` from top to bottom.
 */
export function regionToFrame(region: Region, u: number, v: number, target: Float32Array | number[], offset = 0): void {
  const cos = Math.cos(region.rotation) * region.size;
  const sin = Math.sin(region.rotation) * region.size;
  target[offset] = region.x + cos * (u - 0.5) - sin * (v - 0.5);
  target[offset + 1] = region.y + sin * (u - 0.5) + cos * (v - 0.5);
}

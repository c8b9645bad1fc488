/** A square part of the frame, in frame pixels, rotated about its centre. */
export interface Region {
  /** Centre. */
  x: number;
  y: number;
  /** Side. */
  size: number;
  /** Radians; positive rotates the square clockwise on screen, as y points down. */
  rotation: number;
}

export function createRegion(): Region {
  return { x: 0, y: 0, size: 0, rotation: 0 };
}

/** Writes the upright square around the whole frame into `target`: the detector's letterboxed input. */
export function frameRegion(width: number, height: number, target: Region): Region {
  target.x = width / 2;
  target.y = height / 2;
  target.size = Math.max(width, height);
  target.rotation = 0;
  return target;
}

/** The landmark model's region is larger than the person by this factor. */
export const REGION_MARGIN = 1.25;

function normalizeRadians(angle: number): number {
  return angle - 2 * Math.PI * Math.floor((angle + Math.PI) / (2 * Math.PI));
}

/**
 * Writes the region of a person into `target`.
 *
 * @param centreX middle of the hips, frame pixels, as `centreY`.
 * @param topX point above the head on the circle around the whole body, as `topY`; it lies at the top of the region.
 * @param margin side of the region in diameters of that circle.
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

/** Writes the frame pixel at `u`, `v` (0..1 across the region) into `target`, x at index `offset` and y after it. */
export function regionToFrame(region: Region, u: number, v: number, target: Float32Array | number[], offset = 0): void {
  const cos = Math.cos(region.rotation) * region.size;
  const sin = Math.sin(region.rotation) * region.size;
  target[offset] = region.x + cos * (u - 0.5) - sin * (v - 0.5);
  target[offset + 1] = region.y + sin * (u - 0.5) + cos * (v - 0.5);
}

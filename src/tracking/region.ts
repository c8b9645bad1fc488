/** A square part of the frame, in frame pixels, turned about its centre. */
export interface Region {
  x: number;
  y: number;
  /** Side. */
  size: number;
  /** Radians; positive turns the square clockwise on screen (y points down). */
  rotation: number;
}

export function createRegion(): Region {
  return { x: 0, y: 0, size: 0, rotation: 0 };
}

/** The upright square around the whole frame: how the detector sees it (letterboxed). */
export function frameRegion(width: number, height: number, target: Region): Region {
  target.x = width / 2;
  target.y = height / 2;
  target.size = Math.max(width, height);
  target.rotation = 0;
  return target;
}

/** BlazePose regions reach a quarter beyond the circle that the two alignment points span. */
export const REGION_MARGIN = 1.25;

function normalizeRadians(angle: number): number {
  return angle - 2 * Math.PI * Math.floor((angle + Math.PI) / (2 * Math.PI));
}

/**
 * The region around a person, from the alignment points in frame pixels: centre (mid hip), and a point of the circle
 * around the whole body, which the region turns to the top. `margin` 1 gives the person's own size.
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

/** Frame pixels from `u`, `v` normalised to the region (0..1 across it); writes x and y into `target` at `at`. */
export function regionToFrame(region: Region, u: number, v: number, target: Float32Array | number[], at = 0): void {
  const cos = Math.cos(region.rotation) * region.size;
  const sin = Math.sin(region.rotation) * region.size;
  target[at] = region.x + cos * (u - 0.5) - sin * (v - 0.5);
  target[at + 1] = region.y + sin * (u - 0.5) + cos * (v - 0.5);
}

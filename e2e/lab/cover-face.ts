/** A point in a picture: x and y as shares of its width and height, from its top left. */
export interface PicturePoint {
  x: number;
  y: number;
}

/** Number of BlazePose's landmarks on the face: nose, eyes, ears, mouth. */
const FACE_LANDMARKS = 11;
/** BlazePose's indices of shoulders and hips. */
const SHOULDERS = [11, 12];
const HIPS = [23, 24];
/**
 * The radius of the face is the largest distance of its landmarks from their middle, but at least this share of the
 * trunk's length: in profile they lie close together.
 */
const MIN_RADIUS = 0.16;
/** Half the width and half the height of the rectangle, as multiples of the face's radius: see `MIN_RADIUS`. */
const COVER = { halfWidth: 1.3, halfHeight: 1.7 };

/**
 * Draws a dark rectangle over a face, from hair to chin and from ear to ear, upright in the picture on the canvas of
 * `context`: `width` × `height` pixels. `landmarks`: BlazePose's 33, in its order.
 */
export function coverFace(
  context: OffscreenCanvasRenderingContext2D,
  landmarks: readonly PicturePoint[],
  width: number,
  height: number,
): void {
  const middle = (indices: readonly number[]): [number, number] => [
    (indices.reduce((sum, i) => sum + landmarks[i].x, 0) / indices.length) * width,
    (indices.reduce((sum, i) => sum + landmarks[i].y, 0) / indices.length) * height,
  ];
  const face = Array.from({ length: FACE_LANDMARKS }, (_, i) => i);
  const [x, y] = middle(face);
  const [shoulderX, shoulderY] = middle(SHOULDERS);
  const [hipX, hipY] = middle(HIPS);
  const radius = Math.max(
    MIN_RADIUS * Math.hypot(shoulderX - hipX, shoulderY - hipY),
    ...face.map((i) => Math.hypot(landmarks[i].x * width - x, landmarks[i].y * height - y)),
  );
  const { halfWidth, halfHeight } = COVER;
  context.fillStyle = '#181818';
  context.fillRect(x - halfWidth * radius, y - halfHeight * radius, 2 * halfWidth * radius, 2 * halfHeight * radius);
}

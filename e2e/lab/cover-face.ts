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
 * Smallest distance of a landmark of the face from their middle, as a share of the trunk's length: in profile they lie
 * close together.
 */
const MIN_RADIUS = 0.16;
/** Half the width and the height of the rectangle, as multiples of the largest distance from the face's middle. */
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

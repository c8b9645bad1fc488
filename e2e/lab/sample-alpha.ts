/**
 * Reads the alpha of an image file at `points`, each 0..1 from the top left of the image. Returns one value a point, in
 * the same order: 0 (transparent) to 255 (opaque); 0 for a point outside the image.
 */
export async function sampleAlpha(picture: Blob, points: readonly { x: number; y: number }[]): Promise<number[]> {
  const bitmap = await createImageBitmap(picture);
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no 2D canvas to read the picture with');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  return points.map(({ x, y }) => {
    if (x < 0 || x >= 1 || y < 0 || y >= 1) return 0;
    return data[4 * (Math.floor(y * height) * width + Math.floor(x * width)) + 3];
  });
}

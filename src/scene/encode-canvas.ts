/**
 * Encodes the present pixels of a canvas as a picture file, in the canvas's size. It copies the pixels before it
 * returns, because a WebGL canvas keeps them only until the browser has shown it: call it in the task that has drawn.
 * Rejects if the browser cannot encode the pixels (too many, out of memory).
 *
 * @param source canvas of any context type.
 * @param type MIME type of the file, such as `image/png`; browsers write PNG for a type that they cannot encode.
 * @param quality quality of a lossy type, 0..1; the browser's default if absent.
 * @returns the file; its `type` says what the browser wrote.
 */
export function encodeCanvas(source: HTMLCanvasElement, type: string, quality?: number): Promise<Blob> {
  const copy = document.createElement('canvas');
  copy.width = source.width;
  copy.height = source.height;
  const context = copy.getContext('2d');
  if (!context) return Promise.reject(new Error('the browser gave no 2D canvas to encode the picture with'));
  context.drawImage(source, 0, 0);
  return new Promise((resolve, reject) => {
    copy.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error(`the browser could not encode the picture as ${type}`))),
      type,
      quality,
    );
  });
}

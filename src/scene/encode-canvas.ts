/**
 * Encodes what a canvas holds at this moment. The pixels are copied at once, since a WebGL canvas keeps them only until
 * the browser shows it; the promise resolves later. Rejects when the browser cannot encode them (too large, out of
 * memory).
 *
 * @param type a MIME type that the browser's canvas encodes.
 * @param quality 0..1, for lossy types.
 */
export function encodeCanvas(source: HTMLCanvasElement, type: string, quality?: number): Promise<Blob> {
  const copy = document.createElement('canvas');
  copy.width = source.width;
  copy.height = source.height;
  const context = copy.getContext('2d');
  if (!context) return Promise.reject(new Error('no 2D canvas to encode with'));
  context.drawImage(source, 0, 0);
  return new Promise((resolve, reject) => {
    copy.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error(`the picture could not be encoded as ${type}`))),
      type,
      quality,
    );
  });
}

/**
 * The canvas as it is at this moment, encoded. Copied at once, since a WebGL canvas keeps its picture only until the
 * browser shows it; encoded later. Rejects when the browser cannot encode it (too large, out of memory).
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

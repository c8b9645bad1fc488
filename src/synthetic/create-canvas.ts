/**
 * Creates a canvas of `width` × `height` pixels that is not in the page: an `OffscreenCanvas` where the browser has
 * them, otherwise a canvas element.
 */
export function createCanvas(width: number, height: number): OffscreenCanvas | HTMLCanvasElement {
  return typeof OffscreenCanvas === 'undefined'
    ? Object.assign(document.createElement('canvas'), { width, height })
    : new OffscreenCanvas(width, height);
}

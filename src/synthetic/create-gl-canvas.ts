/**
 * Creates a canvas of `width` × `height` pixels that is not in the page, with a WebGL 2 context of the default
 * attributes (antialiased): an `OffscreenCanvas` where it gives such a context, otherwise a canvas element. WebKit has
 * offscreen canvases without WebGL. A canvas element without WebGL 2 is returned as it is.
 */
export function createGlCanvas(width: number, height: number): OffscreenCanvas | HTMLCanvasElement {
  if (typeof OffscreenCanvas !== 'undefined') {
    const canvas = new OffscreenCanvas(width, height);
    if (canvas.getContext('webgl2')) return canvas;
  }
  return Object.assign(document.createElement('canvas'), { width, height });
}

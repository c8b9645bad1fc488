/** Creates a canvas that is not in the page: an `OffscreenCanvas` where the browser has it. Sizes in pixels. */
export function createCanvas(width: number, height: number): OffscreenCanvas | HTMLCanvasElement {
  return typeof OffscreenCanvas === 'undefined'
    ? Object.assign(document.createElement('canvas'), { width, height })
    : new OffscreenCanvas(width, height);
}

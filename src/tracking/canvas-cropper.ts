import type { FrameImage } from '../capture/frame-source.ts';
import { AFFINE_VALUES, frameToCropAffine } from './crop-affines.ts';
import type { Cropper, CropTarget } from './cropper.ts';
import type { Region } from './region.ts';

/** Creates a canvas of `size` × `size` px in main memory. */
function createContext(size: number): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(size, size).getContext('2d', { willReadFrequently: true, alpha: false });
  if (!context) throw new Error('no canvas for cropping frames');
  return context;
}

/**
 * Draws the edge pixels of the frame repeated outwards, on every side where the circle around the region extends beyond
 * the frame.
 *
 * @param context canvas whose coordinates are frame pixels.
 * @param frame copy of the frame.
 * @param region rotated square to cut out, frame pixels.
 * @param radius radius of the circle around the region's centre, frame pixels.
 */
function drawEdges(
  context: OffscreenCanvasRenderingContext2D,
  frame: OffscreenCanvas,
  region: Region,
  radius: number,
): void {
  const { width, height } = frame;
  const left = Math.max(0, radius - region.x);
  const top = Math.max(0, radius - region.y);
  const right = Math.max(0, region.x + radius - width);
  const bottom = Math.max(0, region.y + radius - height);
  const lastX = width - 1;
  const lastY = height - 1;
  if (left > 0) context.drawImage(frame, 0, 0, 1, height, -left, 0, left + 1, height);
  if (right > 0) context.drawImage(frame, lastX, 0, 1, height, lastX, 0, right + 1, height);
  if (top > 0) context.drawImage(frame, 0, 0, width, 1, 0, -top, width, top + 1);
  if (bottom > 0) context.drawImage(frame, 0, lastY, width, 1, 0, lastY, width, bottom + 1);
  if (left > 0 && top > 0) context.drawImage(frame, 0, 0, 1, 1, -left, -top, left + 1, top + 1);
  if (right > 0 && top > 0) context.drawImage(frame, lastX, 0, 1, 1, lastX, -top, right + 1, top + 1);
  if (left > 0 && bottom > 0) context.drawImage(frame, 0, lastY, 1, 1, -left, lastY, left + 1, bottom + 1);
  if (right > 0 && bottom > 0) context.drawImage(frame, lastX, lastY, 1, 1, lastX, lastY, right + 1, bottom + 1);
}

/**
 * Creates a cropper on a 2D canvas in main memory: it cuts a rotated square out of a frame, and writes it as a
 * network's input (`CropTarget`: `size`² RGB pixels as numbers). It reads every image, so its `crop` always resolves to
 * true. The canvas's default smoothing is bilinear sampling, as the networks expect.
 *
 * @param maxSize largest side of the crops, px.
 * @throws Error where there is no 2D canvas.
 */
export function createCanvasCropper(maxSize: number): Cropper {
  const context = createContext(maxSize);
  /** A copy of the frame, for crops with repeated edges: the browser decodes a camera's frame each time it is drawn. */
  const whole = createContext(1);
  const affine = new Array<number>(AFFINE_VALUES).fill(0);
  return {
    async crop(image: FrameImage, width: number, height: number, region: Region, target: CropTarget): Promise<boolean> {
      const { size, values, scale, offset, border } = target;
      frameToCropAffine(region, size, affine);
      const [a, b, c, d, e, f] = affine;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.fillRect(0, 0, size, size);
      context.setTransform(a, d, b, e, c, f);
      // Distance of the square's corners from its centre.
      const radius = region.size * Math.SQRT1_2;
      const { x, y } = region;
      const extendsBeyond = x < radius || y < radius || x + radius > width || y + radius > height;
      if (border === 'edge' && extendsBeyond) {
        const frame = whole.canvas;
        if (frame.width !== width) frame.width = width;
        if (frame.height !== height) frame.height = height;
        whole.drawImage(image, 0, 0, width, height);
        drawEdges(context, frame, region, radius);
        context.drawImage(frame, 0, 0);
      } else {
        context.drawImage(image, 0, 0, width, height);
      }
      const { data } = context.getImageData(0, 0, size, size);
      for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
        values[to] = data[from] * scale + offset;
        values[to + 1] = data[from + 1] * scale + offset;
        values[to + 2] = data[from + 2] * scale + offset;
      }
      return true;
    },
  };
}

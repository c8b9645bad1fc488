import { createCanvasCropper } from './canvas-cropper.ts';
import type { Cropper } from './cropper.ts';
import { createGlCropper } from './gl-cropper.ts';
import { createPlanesCropper } from './planes-cropper.ts';

/**
 * Creates a cropper: it cuts a rotated square out of a frame, and writes it as a network's input (`CropTarget`: `size`²
 * RGB pixels as numbers). For each frame it uses the fastest way: on the GPU if there is one, because frames are in its
 * memory; otherwise from the frame's own bytes. For an image that these cannot read it uses a canvas in main memory, so
 * its `crop` always resolves to true.
 *
 * @param maxSize largest side of the crops, px.
 */
export function createCropper(maxSize: number): Cropper {
  const gl = createGlCropper(maxSize);
  const croppers = [...(gl ? [gl] : [createPlanesCropper(maxSize)]), createCanvasCropper(maxSize)];
  return {
    async crop(image, width, height, region, target) {
      for (const cropper of croppers) if (await cropper.crop(image, width, height, region, target)) return true;
      return false;
    },
  };
}

import { createCanvasCropper } from './canvas-cropper.ts';
import type { Cropper } from './cropper.ts';
import { createGlCropper } from './gl-cropper.ts';
import { createPlanesCropper } from './planes-cropper.ts';

/**
 * The fastest cropper for each frame: on the GPU if there is one, because frames live there; otherwise from the frame's
 * own bytes. A canvas in main memory reads whatever these cannot. `maxSize`: largest side of the crops, pixels.
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

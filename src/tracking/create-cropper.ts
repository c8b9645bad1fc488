import { createCanvasCropper } from './canvas-cropper.ts';
import type { Cropper } from './cropper.ts';
import { createGlCropper } from './gl-cropper.ts';
import { createPlanesCropper } from './planes-cropper.ts';

/**
 * The quickest way to a crop, for each frame the first that can: on the GPU, where frames live there; else from the frame's
 * own bytes; else through a canvas in main memory, which reads everything.
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

import type { FrameImage } from '../capture/frame-source.ts';
import type { Cropper, CropTarget } from './cropper.ts';
import { type PixelFormat, type Planes, PlanesKernel, pixelFormats } from './planes-kernel.ts';
import type { Region } from './region.ts';
import { type YuvColors, yuvColors } from './yuv-colors.ts';

/** Pixels copied beyond the region's edge, for the bilinear reach of its outermost samples. */
const MARGIN = 2;

/** By what a frame says of itself; those who say nothing mean BT.601 when small and BT.709 from HD on, as players assume. */
function colorsOf({ colorSpace, codedWidth, codedHeight }: VideoFrame): YuvColors {
  const { matrix, fullRange } = colorSpace;
  const standard = matrix?.startsWith('bt2020')
    ? 2020
    : matrix === 'bt709'
      ? 709
      : matrix
        ? 601
        : Math.min(codedWidth, codedHeight) >= 720
          ? 709
          : 601;
  return yuvColors(standard, fullRange ?? false);
}

function isReadable(format: string | null): format is PixelFormat {
  return (pixelFormats as readonly (string | null)[]).includes(format);
}

function evenBelow(value: number, most: number): number {
  return Math.max(0, Math.min(most, value)) & ~1;
}

/**
 * Cuts crops out of a `VideoFrame`'s own bytes, as camera and decoder deliver them: neither a conversion of the whole frame
 * nor a GPU lies in between. Refuses (false) whatever has no bytes at hand. `maxSize`: of the crops, pixels.
 */
export function createPlanesCropper(maxSize: number): Cropper {
  const kernel = new PlanesKernel(maxSize);
  const planes: Planes = {
    format: 'NV12',
    offsets: [],
    strides: [],
    left: 0,
    top: 0,
    width: 0,
    height: 0,
    colors: yuvColors(601, false),
  };
  const rect = { x: 0, y: 0, width: 0, height: 0 };
  const options = { rect };

  /** Null where the bytes cannot be had after all. */
  const copy = async (image: VideoFrame): Promise<PlaneLayout[] | null> => {
    try {
      return await image.copyTo(kernel.room(image.allocationSize(options)), options);
    } catch {
      return null;
    }
  };

  return {
    async crop(image: FrameImage, width: number, height: number, region: Region, target: CropTarget): Promise<boolean> {
      if (!('copyTo' in image) || !isReadable(image.format)) return false;
      const visible = image.visibleRect;
      // Sizes that differ mean a frame that is shown stretched.
      if (!visible || visible.width !== width || visible.height !== height) return false;
      // Colour at half size begins on even pixels only; `copyTo` throws elsewhere.
      if (visible.x % 2 !== 0 || visible.y % 2 !== 0) return false;
      const radius =
        (region.size / 2) * (Math.abs(Math.cos(region.rotation)) + Math.abs(Math.sin(region.rotation))) + MARGIN;
      const left = evenBelow(region.x - radius, width - 2);
      const top = evenBelow(region.y - radius, height - 2);
      rect.width = evenBelow(region.x + radius + 2, width) - left;
      rect.height = evenBelow(region.y + radius + 2, height) - top;
      if (rect.width <= 0 || rect.height <= 0) return false;
      rect.x = visible.x + left;
      rect.y = visible.y + top;
      const layout = await copy(image);
      if (!layout) return false;
      planes.format = image.format;
      for (let i = 0; i < layout.length; i++) {
        planes.offsets[i] = layout[i].offset;
        planes.strides[i] = layout[i].stride;
      }
      planes.left = left;
      planes.top = top;
      planes.width = rect.width;
      planes.height = rect.height;
      planes.colors = colorsOf(image);
      kernel.sample(planes, width, height, region, target);
      return true;
    },
  };
}
